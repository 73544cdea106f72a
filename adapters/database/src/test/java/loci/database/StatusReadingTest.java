package loci.database;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;
import loci.chat.ConversationId;
import loci.memory.StoreFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a conversation stands is told by a few index entries, however long it is and however many others there are, and without opening a text. */
class StatusReadingTest {

    private static final int LENGTH = 2_000;
    private static final int OTHERS = 20;
    private static final int QUESTIONS = 5;

    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    @TempDir
    private Path home = Path.of("");

    @Test
    void neitherALongConversationNorTheOthersAreWalked() throws SQLException {
        try (DatabaseStore store = open()) {
            store.record(posted(LAB, "m1", ADA, "hi", true));
            for (int other = 1; other <= OTHERS; other++) {
                ConversationId place = ConversationId.ofChannel("console", "home", "other " + other);
                for (int question = 1; question <= QUESTIONS; question++) {
                    store.record(posted(place, "q" + question, ADA, "asked", true));
                }
            }
        }
        lengthen();
        try (DatabaseStore store = open()) {
            assertThat(store.conversations())
                    .hasSize(OTHERS + 1)
                    .filteredOn(status -> status.conversation().equals(LAB))
                    .singleElement()
                    .satisfies(lab -> {
                        assertThat(lab.open()).isEqualTo(1);
                        assertThat(lab.digests()).isEqualTo(1);
                        assertThat(lab.lastSaid()).contains(StoreFixture.NOON);
                    });
        }
        String plan = plan();
        assertThat(SCANNED.matcher(plan).results().map(scan -> Integer.valueOf(scan.group(1))))
                .as(plan)
                .isNotEmpty()
                .allMatch(entries -> entries < OTHERS * QUESTIONS / 2);
    }

    private DatabaseStore open() {
        return DatabaseStore.open(
                new DatabaseSettings(home, false, null, Duration.ofMinutes(1)),
                StoreFixture.counting(),
                StoreFixture.ticking());
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + home.resolve("loci"), "loci", "loci");
    }

    /** Adds turns that cannot be opened, each with a delivered reply and a digest that was folded, and after them as many tombstones. */
    private void lengthen() throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                INSERT INTO turn (conversation, seq, exchange, role, said_at, sealed)
                SELECT 1, x, x, 'PERSON', TIMESTAMP WITH TIME ZONE '2026-03-01 12:00:00Z', X'00' FROM SYSTEM_RANGE(2, %d)
                """.formatted(LENGTH));
            statement.execute("""
                INSERT INTO turn (conversation, seq, role, said_at, erased_at)
                SELECT 1, x, 'PERSON', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(%d, %d)
                """.formatted(LENGTH + 1, 2 * LENGTH));
            statement.execute("""
                INSERT INTO reply (conversation, exchange, reply_key, state, kind, opened_at, finished_at)
                SELECT 1, x, 'key-' || x, 'SETTLED', 'FAILURE', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(2, %d)
                """.formatted(LENGTH));
            statement.execute("""
                INSERT INTO digest (conversation, number, level, from_exchange, to_exchange, parent, turns, covered, sealed, made_at)
                SELECT 1, x, 0, x, x, CASE WHEN x < %1$d THEN %1$d END, 1, 1, X'00', CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, %1$d)
                """.formatted(LENGTH));
            statement.execute("ANALYZE");
        }
    }

    private String plan() throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN ANALYZE " + StatusRows.ALL)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
