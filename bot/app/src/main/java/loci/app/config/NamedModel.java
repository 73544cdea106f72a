package loci.app.config;

import java.net.URI;
import java.util.Optional;

/**
 * A model as a list names it.
 *
 * @param name the provider's name for it
 * @param address of its server, where that is not the answering model's
 * @param keyVariable of the environment, holding the key for that server; only with an address, so that every key is bound to one
 */
record NamedModel(String name, Optional<URI> address, Optional<String> keyVariable) {

    NamedModel {
        if (keyVariable.isPresent() && address.isEmpty()) {
            throw new IllegalArgumentException("a key without the address that it is for");
        }
    }
}
