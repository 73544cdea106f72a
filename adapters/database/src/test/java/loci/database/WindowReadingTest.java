package loci.database;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import loci.memory.Reach;
import loci.memory.StoreFixture;
import loci.memory.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window opens what it shows, and at most one exchange more. */
class WindowReadingTest {

    private static final long LIVE = 5;

    @TempDir
    private Path home = Path.of("");

    private DatabaseStore open() {
        return DatabaseStore.open(
                new DatabaseSettings(home, false, null, Duration.ofMinutes(1)),
                StoreFixture.counting(),
                StoreFixture.ticking());
    }

    @Test
    void whatLiesBeyondItsReachIsNotOpened() throws SQLException {
        try (DatabaseStore store = open()) {
            for (int i = 1; i <= LIVE; i++) {
                store.record(posted(LAB, "m" + i, ADA, "said " + i, true));
            }
        }
        spoil(2);
        try (DatabaseStore store = open()) {
            assertThat(texts(window(store, Reach.newest(2)))).containsExactly("said 3", "said 4");
            assertThat(texts(window(store, Reach.EVERYTHING.within("said 4".length()))))
                    .containsExactly("said 4");
            assertThatThrownBy(() -> window(store, Reach.EVERYTHING)).isInstanceOf(TamperedTextException.class);
        }
    }

    private static List<Turn> window(DatabaseStore store, Reach reach) {
        return store.view(LAB, LIVE, reach).orElseThrow().window();
    }

    /** Makes a turn one that cannot be opened. */
    private void spoil(long seq) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + home.resolve("loci"), "loci", "loci");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE turn SET sealed = REPEAT(X'00', 64) WHERE seq = " + seq);
        }
    }
}
