package loci.model;

import java.net.URI;

/**
 * An image in a message of a prompt.
 *
 * @param source where the model finds it: a {@code data:} URI, or an address that its provider can fetch
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param detail how closely the model looks, which is what it costs
 */
public record PromptImage(URI source, int width, int height, Detail detail) {

    public PromptImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image of " + width + " by " + height + " pixels");
        }
    }

    /** How closely a model looks at an image. */
    public enum Detail {
        LOW,
        HIGH
    }
}
