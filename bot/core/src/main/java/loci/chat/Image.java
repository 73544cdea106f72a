package loci.chat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * An image of a message, as a model can be shown it.
 *
 * @param source a {@code data:} URI that holds it whole
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Image(URI source, int width, int height) {

    /** The most images of one message that a model is shown. */
    public static final int MOST = 4;

    /** The largest image that a model is shown, in bytes. */
    public static final int MOST_BYTES = 5 * 1024 * 1024;

    private static final Set<String> SEEN = Set.of("image/png", "image/jpeg", "image/webp", "image/gif");

    /**
     * Returns whether a file is an image that models can be shown.
     *
     * @param mediaType in lower case and without parameters; may be empty
     * @param width in pixels, 0 or less where it is not known
     */
    public static boolean isOne(String mediaType, int width, int height) {
        return SEEN.contains(mediaType) && width > 0 && height > 0;
    }

    /**
     * Reads an image; empty where it is larger than {@link #MOST_BYTES}.
     *
     * @param mediaType one of those that {@link #isOne} takes
     * @throws IOException where it cannot be read
     */
    public static Optional<Image> read(String mediaType, int width, int height, InputStream file) throws IOException {
        byte[] bytes = file.readNBytes(MOST_BYTES + 1);
        String source = "data:" + mediaType + ";base64,";
        return bytes.length > MOST_BYTES
                ? Optional.empty()
                : Optional.of(new Image(URI.create(source + Base64.getEncoder().encodeToString(bytes)), width, height));
    }
}
