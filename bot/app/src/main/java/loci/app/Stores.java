package loci.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import loci.app.cli.StoreRunner;
import loci.app.config.LociConfig;
import loci.app.config.Secret;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.database.DatabaseUnavailable;

/** Opens the database as the configuration describes it. */
final class Stores {

    /** What the database adapter calls its file; a test compares. */
    private static final String FILE = "loci.mv.db";

    private static final String KEYS = "keys";

    private Stores() {}

    /** @throws DatabaseUnavailable where it cannot be opened; the message is for the person who started Loci */
    static DatabaseStore open(LociConfig config, Supplier<String> secrets) {
        Secret password = config.database().password();
        return DatabaseStore.open(
                new DatabaseSettings(
                        config.data(),
                        config.database().encryption(),
                        password == null ? null : password.reveal(),
                        config.database().checkpointEvery()),
                secrets,
                InstantSource.system());
    }

    /** Opens it for a command that works on it alone. */
    static StoreRunner.Opened open(LociConfig config, boolean make) {
        if (!make && !isThere(config)) {
            return new StoreRunner.Absent();
        }
        try {
            return new StoreRunner.Open(open(config, new SecretWords()), Wiring.redactor(config));
        } catch (DatabaseUnavailable unavailable) {
            return new StoreRunner.Refused(String.valueOf(unavailable.getMessage()));
        }
    }

    /** The keys count too: a directory that has them has lost its database, and opening it says so. */
    static boolean isThere(LociConfig config) {
        return Files.exists(file(config)) || Files.exists(config.data().resolve(KEYS));
    }

    static Path file(LociConfig config) {
        return config.data().resolve(FILE);
    }
}
