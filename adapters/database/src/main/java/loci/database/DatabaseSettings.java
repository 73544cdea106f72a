package loci.database;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the embedded database is, and how it is kept.
 *
 * @param directory the data directory; made, for its owner only, if there is none
 * @param encrypted whether the database file is enciphered; the texts in it are sealed either way
 * @param secret the file's password, without white space; null to use {@code database.key} in the directory, which is then made on the
 *     first start
 * @param checkpointEvery how often everything committed is forced to disk; what power loss, but no crash of the program, can undo
 */
public record DatabaseSettings(
        Path directory, boolean encrypted, @Nullable String secret, Duration checkpointEvery) {

    public DatabaseSettings {
        directory = directory.toAbsolutePath().normalize();
        if (checkpointEvery.isNegative() || checkpointEvery.isZero()) {
            throw new IllegalArgumentException("checkpoints need time between them, not " + checkpointEvery);
        }
    }

    /** Without the secret: settings are logged. */
    @Override
    public String toString() {
        return "DatabaseSettings[directory=" + directory + ", encrypted=" + encrypted + ", secret="
                + (secret == null ? "none" : "given") + ", checkpointEvery=" + checkpointEvery + "]";
    }
}
