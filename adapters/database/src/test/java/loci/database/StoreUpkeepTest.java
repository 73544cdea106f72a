package loci.database;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import loci.chat.ConversationId;
import loci.memory.Erasure;
import loci.memory.Exchanges;
import loci.memory.StoreFixture;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file stays small, and rewriting it is seen by nobody but as a wait. */
class StoreUpkeepTest {

    @TempDir
    private Path home = Path.of("");

    private DatabaseSettings settings() {
        return new DatabaseSettings(home, true, null, Duration.ofMinutes(1));
    }

    private DatabaseStore open() {
        return DatabaseStore.open(settings(), StoreFixture.counting(), StoreFixture.ticking());
    }

    @Test
    void closingRewritesAFileThatIsNearlyAllDead() throws Exception {
        long grown;
        try (DatabaseStore store = open()) {
            for (int i = 0; i < 1500; i++) {
                store.record(posted(LAB, "m" + i, ADA, "said " + i, false));
            }
            grown = Files.size(home.resolve("loci.mv.db"));
            assertThat(store.erase(
                            LAB,
                            new TreeSet<>(
                                    LongStream.rangeClosed(100, 1400).boxed().toList())))
                    .isEqualTo(new Erasure(1301, 0));
        }
        assertThat(grown).isGreaterThan(16 << 20);
        assertThat(Files.size(home.resolve("loci.mv.db"))).isLessThan(grown / 4);
        try (DatabaseStore store = open()) {
            assertThat(store.turns(LAB, new Exchanges(1, 9999), 9999)).hasSize(199);
        }
    }

    @Test
    void writersWaitWhileTheFileIsRewrittenAndThenGoOn() throws Exception {
        open().close();
        JdbcDataSource source = new H2File(settings()).open();
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(3);
        try (HikariDataSource pool = new HikariDataSource(config);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            FairConnections connections = new FairConnections(pool);
            Jdbi jdbi = Jdbi.create(connections);
            AtomicBoolean enough = new AtomicBoolean();
            Future<Integer> writer = threads.submit(() -> {
                int written = 0;
                while (!enough.get()) {
                    insert(jdbi, "channel " + written++);
                }
                return written;
            });
            for (int i = 0; i < 5; i++) {
                Upkeep.rewrite(source, connections);
            }
            enough.set(true);
            int written = writer.get();
            assertThat(count(jdbi)).isEqualTo(written);
        } finally {
            Upkeep.shutDown(source);
        }
    }

    private static void insert(Jdbi jdbi, String channel) {
        ConversationId id = ConversationId.ofChannel("console", "home", channel);
        jdbi.useTransaction(handle -> ConversationRows.insert(handle, id, "mark", StoreFixture.NOON));
    }

    private static int count(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM conversation")
                .mapTo(Integer.class)
                .one());
    }
}
