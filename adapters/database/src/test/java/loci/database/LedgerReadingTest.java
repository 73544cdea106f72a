package loci.database;

import static loci.memory.LedgerFixture.MARCH;
import static loci.memory.LedgerFixture.call;
import static loci.memory.LedgerFixture.payer;
import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.KITCHEN;
import static loci.memory.StoreFixture.LAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import loci.memory.StoreFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a channel or a person spent in a month is told by its own rows, however many channels and people there are. */
class LedgerReadingTest {

    private static final int OTHERS = 2_000;
    private static final int EARLIER_MONTHS = 60;

    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    @TempDir
    private Path home = Path.of("");

    @Test
    void neitherOtherPeopleNorOtherChannelsAreWalked() throws SQLException {
        try (DatabaseStore store = DatabaseStore.open(
                new DatabaseSettings(home, false, null, Duration.ofMinutes(1)),
                StoreFixture.counting(),
                StoreFixture.ticking())) {
            store.ledger().settle(OptionalLong.empty(), call(payer(LAB, ADA), MARCH, "0.25"));
            store.ledger().settle(OptionalLong.empty(), call(payer(KITCHEN, ADA), MARCH, "0.25"));
        }
        addOthers();
        assertFewScanned(SpendingRows.OF_CHANNEL);
        assertFewScanned(SpendingRows.OF_PERSON);
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + home.resolve("loci"), "loci", "loci");
    }

    /** Adds other people in the kitchen, other channels, and earlier months of the same person. */
    private void addOthers() throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                INSERT INTO conversation (platform, space, channel, thread, next_seq, next_digest, newest_exchange, living,
                    epoch, mark, created_at)
                SELECT 'console', 'home', 'other ' || x, '', 1, 1, 0, 0, 0, 'mark', CURRENT_TIMESTAMP
                FROM SYSTEM_RANGE(1, %d)
                """.formatted(OTHERS));
            String row = ", 'model-x', 'REPLY', 1, 1, 1, 1, 1, 0, 0, 1, 1 FROM ";
            statement.execute(
                    "INSERT INTO spending SELECT '2026-03', 2, 'u-' || x" + row + "SYSTEM_RANGE(1, " + OTHERS + ")");
            statement.execute("INSERT INTO spending SELECT '2026-03', number, 'u-ben'" + row
                    + "conversation WHERE channel LIKE 'other %'");
            statement.execute("INSERT INTO spending SELECT CAST(x AS VARCHAR), number, 'u-ada'" + row
                    + "conversation, SYSTEM_RANGE(1, " + EARLIER_MONTHS + ") WHERE number <= 2");
            statement.execute("ANALYZE");
        }
    }

    private void assertFewScanned(String sql) throws SQLException {
        String asked = sql.replace(":month", "'2026-03'")
                .replace(":platform", "'console'")
                .replace(":space", "'home'")
                .replace(":channel", "'lab'")
                .replace(":author", "'u-ada'");
        try (Connection connection = raw();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN ANALYZE " + asked)) {
            rows.next();
            String plan = rows.getString(1);
            assertThat(SCANNED.matcher(plan).results().map(scan -> Integer.valueOf(scan.group(1))))
                    .as(plan)
                    .isNotEmpty()
                    .allMatch(entries -> entries < 2 * EARLIER_MONTHS);
        }
    }
}
