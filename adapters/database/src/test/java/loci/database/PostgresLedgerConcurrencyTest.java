package loci.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import loci.memory.Ledger;
import loci.memory.LedgerConcurrency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Several ledgers on one PostgreSQL, as processes have them that share it. */
@EnabledIfSystemProperty(named = PostgresBooks.URL, matches = "jdbc:.+", disabledReason = "names no PostgreSQL")
class PostgresLedgerConcurrencyTest extends LedgerConcurrency {

    @TempDir
    private Path directory = Path.of("");

    private @Nullable PostgresBooks books;

    @Override
    protected List<Ledger> start() {
        try {
            PostgresBooks opened = PostgresBooks.open(directory, 4);
            books = opened;
            return opened.ledgers();
        } catch (SQLException | IOException e) {
            throw new AssertionError("no books on PostgreSQL", e);
        }
    }

    @AfterEach
    void close() {
        Optional.ofNullable(books).ifPresent(PostgresBooks::close);
    }
}
