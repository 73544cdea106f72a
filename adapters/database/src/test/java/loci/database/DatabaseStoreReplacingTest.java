package loci.database;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import loci.memory.ConversationStore;
import loci.memory.ConversationStoreReplacing;
import loci.memory.StoreFixture;
import org.junit.jupiter.api.io.TempDir;

/** The contract of replies that are replaced and messages that are quoted, on a file of its own for each test. */
class DatabaseStoreReplacingTest extends ConversationStoreReplacing {

    private final Supplier<String> marks = StoreFixture.counting();
    private final InstantSource clock = StoreFixture.ticking();

    @TempDir
    private Path directory = Path.of("");

    @Override
    protected ConversationStore start() {
        return DatabaseStore.open(new DatabaseSettings(directory, true, null, Duration.ofMinutes(1)), marks, clock);
    }
}
