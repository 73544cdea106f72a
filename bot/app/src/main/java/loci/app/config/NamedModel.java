package loci.app.config;

import java.net.URI;
import java.util.Optional;

/**
 * A model as a list names it.
 *
 * @param name the provider's name for it
 * @param address of its server, where that is not the answering model's
 */
record NamedModel(String name, Optional<URI> address) {}
