package loci.database;

import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A key file or the keys folder cannot be used; the message names it and says what the operator can do. */
public final class KeyFileException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private KeyFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static KeyFileException missing(Path file, long conversation) {
        return new KeyFileException(
                "Key file %s of conversation %d is missing, so nothing said there can be read. Stop Loci and put the file back from the newest copy of the keys folder; without one, that conversation is lost; the others are not touched by it."
                        .formatted(file, conversation),
                null);
    }

    static KeyFileException corrupt(Path file, long conversation, Exception cause) {
        return new KeyFileException(
                "Key file %s of conversation %d is damaged: %s. Stop Loci and put the file back from the newest copy of the keys folder; without one, that conversation is lost; the others are not touched by it."
                        .formatted(file, conversation, cause.getMessage()),
                cause);
    }

    static KeyFileException unusable(Path path, Exception cause) {
        return new KeyFileException(
                "Cannot read or write %s (%s). Check that the disk is not full and that the folder belongs to the user who runs Loci."
                        .formatted(path, cause),
                cause);
    }

    static KeyFileException inUse(Path folder) {
        return new KeyFileException(
                "The keys folder %s is in use by another Loci. Stop that one first, or give this one a folder of its own."
                        .formatted(folder),
                null);
    }
}
