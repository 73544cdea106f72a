package loci.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loci.memory.Ledger;
import loci.memory.LedgerConcurrency;
import loci.memory.StoreFixture;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Several ledgers on one file: what keeps them apart is the database's locks alone, as between processes. */
class DatabaseLedgerConcurrencyTest extends LedgerConcurrency {

    private static final int LEDGERS = 4;

    @TempDir
    private Path directory = Path.of("");

    private @Nullable OpenFiles files;

    @Override
    protected List<Ledger> start() {
        OpenFiles opened = OpenFiles.open(new DatabaseSettings(directory, false, null, Duration.ofMinutes(1)));
        files = opened;
        Jdbi jdbi = Jdbi.create(new FairConnections(opened.pool()));
        Transactions transactions =
                new Transactions(jdbi, opened.keyring(), StoreFixture.counting(), StoreFixture.ticking());
        return Stream.<Ledger>generate(() -> new DatabaseLedger(jdbi, transactions, () -> {}))
                .limit(LEDGERS)
                .toList();
    }

    @AfterEach
    void close() {
        Optional.ofNullable(files).ifPresent(OpenFiles::close);
    }
}
