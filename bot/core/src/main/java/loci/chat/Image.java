package loci.chat;

import java.net.URI;

/**
 * An image of a message, as a model can be shown it.
 *
 * @param source a {@code data:} URI that holds it whole
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Image(URI source, int width, int height) {}
