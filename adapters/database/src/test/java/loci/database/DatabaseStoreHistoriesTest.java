package loci.database;

import java.nio.file.Path;
import java.time.Duration;
import loci.memory.ConversationStore;
import loci.memory.RandomHistories;
import loci.memory.StoreFixture;
import org.junit.jupiter.api.io.TempDir;

/** Random histories, on a file that is closed and opened again on the way. */
class DatabaseStoreHistoriesTest extends RandomHistories {

    @TempDir
    private Path directory = Path.of("");

    @Override
    protected ConversationStore start() {
        return DatabaseStore.open(
                new DatabaseSettings(directory, false, null, Duration.ofMinutes(1)),
                StoreFixture.counting(),
                () -> StoreFixture.NOON);
    }
}
