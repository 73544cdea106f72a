package loci.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The data directory's files, opened: the keys, and the database with its tables as this program expects them.
 *
 * @param keyring the keys of the texts
 * @param source opens the database itself; for its upkeep
 * @param pool the connections that a store works with
 */
record OpenFiles(Keyring keyring, JdbcDataSource source, HikariDataSource pool) {

    /** H2 writes one commit at a time, so that more connections than these only wait in another place. */
    private static final int CONNECTIONS = 8;

    private static final int KEY_TREES_IN_MEMORY = 1_000;

    /** @throws DatabaseUnavailable where they cannot be opened; then nothing stays open */
    static OpenFiles open(DatabaseSettings settings) {
        H2File file = new H2File(settings);
        file.prepareDirectory();
        Keyring keyring = keyring(settings);
        try {
            JdbcDataSource source = file.open();
            return new OpenFiles(keyring, source, pool(source, settings));
        } catch (RuntimeException e) {
            keyring.close();
            throw e;
        }
    }

    /** First of all, because its lock keeps a second Loci, in this process or another, away from the database as well. */
    private static Keyring keyring(DatabaseSettings settings) {
        try {
            return Keyring.open(settings.directory().resolve("keys"), new SecureRandom(), KEY_TREES_IN_MEMORY);
        } catch (KeyFileException e) {
            throw new DatabaseUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static HikariDataSource pool(JdbcDataSource source, DatabaseSettings settings) {
        try {
            Schema.migrate(source, settings.directory().toString());
            HikariConfig config = new HikariConfig();
            config.setDataSource(source);
            config.setPoolName("database");
            config.setMaximumPoolSize(CONNECTIONS);
            config.setMinimumIdle(1);
            config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(60));
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            Upkeep.shutDown(source);
            throw e;
        }
    }

    /** Closes what a store could not be made of. */
    void close() {
        pool.close();
        Upkeep.shutDown(source);
        keyring.close();
    }
}
