package loci.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import loci.memory.Ledger;
import loci.memory.LedgerContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the ledger, on a PostgreSQL. */
@EnabledIfSystemProperty(named = PostgresBooks.URL, matches = "jdbc:.+", disabledReason = "names no PostgreSQL")
class PostgresLedgerTest extends LedgerContract {

    @TempDir
    private Path directory = Path.of("");

    private @Nullable PostgresBooks books;

    @Override
    protected Ledger start() {
        try {
            PostgresBooks opened = PostgresBooks.open(directory, 1);
            books = opened;
            return opened.ledgers().getFirst();
        } catch (SQLException | IOException e) {
            throw new AssertionError("no books on PostgreSQL", e);
        }
    }

    @AfterEach
    void close() {
        Optional.ofNullable(books).ifPresent(PostgresBooks::close);
    }
}
