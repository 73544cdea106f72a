package loci.database;

import java.nio.file.Path;
import java.time.Duration;
import loci.memory.ConversationStore;
import loci.memory.ConversationStoreConcurrency;
import loci.memory.StoreFixture;
import org.junit.jupiter.api.io.TempDir;

/** The contract under many threads, on a file of its own for each test. */
class DatabaseStoreConcurrencyTest extends ConversationStoreConcurrency {

    @TempDir
    private Path directory = Path.of("");

    @Override
    protected ConversationStore start() {
        return DatabaseStore.open(
                new DatabaseSettings(directory, true, null, Duration.ofMinutes(1)),
                StoreFixture.counting(),
                StoreFixture.ticking());
    }
}
