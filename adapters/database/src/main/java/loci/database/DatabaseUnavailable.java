package loci.database;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The database cannot be opened. The message is one sentence or two for the person who started Loci: what is wrong and what to do. */
public final class DatabaseUnavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    DatabaseUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
