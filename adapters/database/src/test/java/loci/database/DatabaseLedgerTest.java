package loci.database;

import static loci.memory.LedgerFixture.MARCH;
import static loci.memory.LedgerFixture.after;
import static loci.memory.LedgerFixture.budgets;
import static loci.memory.LedgerFixture.call;
import static loci.memory.LedgerFixture.dollars;
import static loci.memory.LedgerFixture.granted;
import static loci.memory.LedgerFixture.payer;
import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import loci.memory.Ledger;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Whose;
import loci.memory.LedgerContract;
import loci.memory.Said;
import loci.memory.Spending;
import loci.memory.StoreFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a file of its own for each test, and what only a ledger that outlives its process can be asked. */
class DatabaseLedgerTest extends LedgerContract {

    private static final Payer PAYER = payer(LAB, ADA);

    @TempDir
    private Path home = Path.of("");

    private @Nullable DatabaseStore last;

    @Override
    protected Ledger start() {
        return open(NOON).ledger();
    }

    private DatabaseStore open(Instant now) {
        DatabaseStore store = DatabaseStore.open(
                new DatabaseSettings(home, false, null, Duration.ofMinutes(1)), StoreFixture.counting(), () -> now);
        last = store;
        return store;
    }

    @AfterEach
    void close() {
        Optional.ofNullable(last).ifPresent(DatabaseStore::close);
    }

    private void restart(Instant now) {
        close();
        ledger = open(now).ledger();
    }

    private long reserve() {
        return granted(ledger.reserve(PAYER, MARCH, dollars("1"), budgets("9", "9", "9")));
    }

    @Test
    void everythingIsThereAfterAnotherStart() {
        long open = reserve();
        ledger.settle(OptionalLong.of(reserve()), after(call(PAYER, MARCH, "0.25"), new Said(0, 2, 20)));
        List<Spending> told = ledger.ofChannel(LAB, MARCH);
        restart(NOON);
        assertThat(ledger.ofChannel(LAB, MARCH)).isEqualTo(told).hasSize(1);
        assertThat(ledger.said(LAB)).isEqualTo(new Said(0, 2, 20));
        assertThat(ledger.used(PAYER, MARCH)).containsEntry(Whose.ALL, dollars("1.25"));
        ledger.settle(OptionalLong.of(open), call(PAYER, MARCH, "0.5"));
        assertThat(ledger.used(PAYER, MARCH)).containsEntry(Whose.ALL, dollars("0.75"));
        assertThat(reserve()).isGreaterThan(open);
    }

    @Test
    void whatADeadProcessSetAsideStaysCountedAndItsRowGoesAfterTwoMonths() throws SQLException {
        reserve();
        restart(Instant.parse("2026-04-30T23:59:59Z"));
        assertThat(ledger.used(PAYER, MARCH)).containsEntry(Whose.PERSON, dollars("1"));
        assertThat(count("reservation")).isEqualTo(1);
        restart(Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(ledger.used(PAYER, MARCH)).containsEntry(Whose.PERSON, dollars("1"));
        assertThat(count("reservation")).isZero();
    }

    @Test
    void manyCallsAreFewRows() throws SQLException {
        for (int i = 1; i <= 50; i++) {
            ledger.settle(OptionalLong.of(reserve()), after(call(PAYER, MARCH, "0.01"), new Said(0, i, i)));
            ledger.settle(OptionalLong.of(reserve()), call(payer(LAB, BEN), MARCH, "0.01"));
        }
        assertThat(count("reservation")).isZero();
        assertThat(count("spending")).isEqualTo(2);
        assertThat(count("spent_total")).isEqualTo(4);
        assertThat(count("said")).isEqualTo(1);
    }

    @Test
    void aConversationThatPaysIsNotTherebySpokenIn() {
        DatabaseStore store = Optional.ofNullable(last).orElseThrow();
        ledger.settle(OptionalLong.empty(), call(PAYER, MARCH, "0.25"));
        assertThat(store.conversations()).isEmpty();
        store.record(posted(LAB, "m1", ADA, "hi", false));
        assertThat(store.conversations()).hasSize(1);
        assertThat(ledger.ofChannel(LAB, MARCH)).hasSize(1);
    }

    @Test
    void aClosedStoresLedgerIsClosed() {
        close();
        assertThatThrownBy(this::reserve).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.settle(OptionalLong.empty(), call(PAYER, MARCH, "1")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.release(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.used(PAYER, MARCH)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.ofChannel(LAB, MARCH)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.ofPerson("console", "", MARCH)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.said(LAB)).isInstanceOf(IllegalStateException.class);
    }

    /** Of a table, with the database closed before. */
    private long count(String table) throws SQLException {
        close();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + home.resolve("loci"), "loci", "loci");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
