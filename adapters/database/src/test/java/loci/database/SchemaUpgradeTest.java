package loci.database;

import static loci.memory.LedgerFixture.MARCH;
import static loci.memory.LedgerFixture.call;
import static loci.memory.LedgerFixture.dollars;
import static loci.memory.LedgerFixture.payer;
import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.counting;
import static loci.memory.StoreFixture.digest;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.seqs;
import static loci.memory.StoreFixture.texts;
import static loci.memory.StoreFixture.ticking;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import loci.memory.AuditRow;
import loci.memory.ConversationStatus;
import loci.memory.MemoryView;
import loci.memory.Reach;
import loci.memory.Spending;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that an older Loci wrote is brought up to date, and nothing in it is lost. */
class SchemaUpgradeTest {

    @TempDir
    private Path home = Path.of("");

    private DatabaseSettings settings() {
        return new DatabaseSettings(home, true, null, Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"001", "002", "003", "004", "005"})
    void whatWasSaidBeforeIsThereAndCanBePinnedAuditedAndPaidFor(String version) throws SQLException {
        olderVersion(version, "said before the upgrade", "asked before the upgrade");
        try (DatabaseStore store = DatabaseStore.open(settings(), counting(), ticking())) {
            assertThat(store.nextQuestion(LAB).orElseThrow().exchange()).isEqualTo(2);
            assertThat(store.pinned(LAB)).isEmpty();
            assertThat(store.settings(LAB)).isEmpty();
            assertThat(store.pin(LAB, 1, true)).isTrue();
            store.set(LAB, "model", Optional.of("model-x"));
            assertThat(store.audited(LAB, 9)).isEmpty();
            store.audit(LAB, new AuditRow(NOON, ADA.id(), "settings model", "done"));
            store.optOut("console", "home", ADA.id(), true);
            assertThat(store.ledger().ofChannel(LAB, MARCH)).isEmpty();
            store.ledger().settle(OptionalLong.empty(), call(payer(LAB, ADA), MARCH, "0.25"));
        }
        try (DatabaseStore store = DatabaseStore.open(settings(), counting(), ticking())) {
            MemoryView view = store.view(LAB, 2, Reach.newest(9).besideNote().withPinned())
                    .orElseThrow();
            assertThat(texts(view.pinned())).containsExactly("said before the upgrade");
            assertThat(texts(view.window())).containsExactly("said before the upgrade");
            assertThat(view.note()).hasSize(1);
            assertThat(view.live().text()).isEqualTo("asked before the upgrade");
            assertThat(store.settings(LAB)).isEqualTo(Map.of("model", "model-x"));
            assertThat(store.audited(LAB, 9)).hasSize(1);
            assertThat(store.optedOut("console", "home", ADA.id())).isTrue();
            assertThat(store.ledger().ofChannel(LAB, MARCH))
                    .extracting(Spending::cost)
                    .containsExactly(dollars("0.25"));
            assertThat(store.conversations())
                    .singleElement()
                    .extracting(ConversationStatus::turns, ConversationStatus::digests, ConversationStatus::open)
                    .containsExactly(2L, 1, 1);
            store.erase(LAB, seqs(1L));
            assertThat(store.pinned(LAB)).isEmpty();
        }
    }

    /** Leaves a database with the tables of an older version and, in them, a message, a digest of it and an open question. */
    private void olderVersion(String version, String said, String asked) throws SQLException {
        H2File file = new H2File(settings());
        file.prepareDirectory();
        Supplier<String> marks = counting();
        InstantSource clock = ticking();
        try (Keyring keyring = Keyring.open(home.resolve("keys"), new SecureRandom(), 10)) {
            JdbcDataSource source = file.open();
            Flyway.configure()
                    .dataSource(source)
                    .locations(Schema.LOCATION)
                    .table(Schema.HISTORY)
                    .target(version)
                    .load()
                    .migrate();
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
            Jdbi jdbi = Jdbi.create(source);
            Transactions transactions = new Transactions(jdbi, keyring, marks, clock);
            SealedTexts texts = new SealedTexts(keyring);
            Appending appending = new Appending(new TurnRows(texts), new ReplyRows(texts), marks, clock);
            transactions.appending(LAB, writing -> appending.record(writing, posted(LAB, "m1", ADA, said, false)));
            transactions.appending(LAB, writing -> appending.record(writing, posted(LAB, "m2", ADA, asked, true)));
            boolean condensed = transactions.appending(
                    LAB,
                    writing -> new DigestRows(texts)
                            .fold(writing.handle(), writing.row(), digest(0, 1, 1, "what was said"), 0, marks));
            assertThat(condensed).isTrue();
            List<String> tables = jdbi.withHandle(
                    handle -> handle.createQuery("""
                        SELECT table_name FROM information_schema.tables WHERE table_name IN ('TURN', 'PIN', 'AUDIT', 'SPENDING')
                        """).mapTo(String.class).list());
            assertThat(tables)
                    .containsExactlyInAnyOrderElementsOf(List.of("TURN", "PIN", "AUDIT", "SPENDING")
                            .subList(0, Math.min(4, Integer.parseInt(version))));
            Upkeep.shutDown(source);
        }
    }
}
