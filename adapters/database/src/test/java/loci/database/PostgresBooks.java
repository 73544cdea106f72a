package loci.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import loci.memory.Ledger;
import loci.memory.StoreFixture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Ledgers on a PostgreSQL that is already running, in a schema of their own that goes with them. {@code -Dloci.postgres=jdbc:postgresql:…}
 * says which; its user must be allowed to make schemas. Each ledger has connections of its own, as in a process of its own.
 */
record PostgresBooks(Jdbi jdbi, String schema, Keyring keyring, List<Ledger> ledgers) implements AutoCloseable {

    static final String URL = "loci.postgres";

    private static final List<String> MIGRATIONS = List.of(
            "V001__conversation_log",
            "V002__pins_and_settings",
            "V003__opt_outs_and_audit",
            "V004__ledger",
            "V005__reply_below",
            "V006__quotes");

    static PostgresBooks open(Path directory, int ledgers) throws SQLException, IOException {
        String url = System.getProperty(URL, "");
        String schema = "loci_" + UUID.randomUUID().toString().replace("-", "");
        Jdbi.create(url).useHandle(handle -> handle.execute("CREATE SCHEMA " + schema));
        Jdbi jdbi = Jdbi.create(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema);
        try (Handle handle = jdbi.open();
                Statement statement = handle.getConnection().createStatement()) {
            for (String name : MIGRATIONS) {
                statement.execute(migration(name));
            }
        }
        Keyring keyring = Keyring.open(directory.resolve("keys"), new SecureRandom(), 10);
        Transactions transactions = new Transactions(jdbi, keyring, StoreFixture.counting(), StoreFixture.ticking());
        return new PostgresBooks(
                jdbi,
                schema,
                keyring,
                Stream.<Ledger>generate(() -> new DatabaseLedger(jdbi, transactions, () -> {}))
                        .limit(ledgers)
                        .toList());
    }

    private static String migration(String name) throws IOException {
        return Files.readString(Path.of(DatabaseStore.class
                .getResource("/loci/migrations/" + name + ".sql")
                .getPath()));
    }

    @Override
    public void close() {
        jdbi.useHandle(handle -> handle.execute("DROP SCHEMA " + schema + " CASCADE"));
        keyring.close();
    }
}
