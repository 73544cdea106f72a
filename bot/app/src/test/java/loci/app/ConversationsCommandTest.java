package loci.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.memory.AuditRow;
import loci.memory.ConversationStore;
import loci.memory.StoreFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the conversations of a real database are told. */
class ConversationsCommandTest {

    private static final ConversationId GARDEN = ConversationId.ofChannel("console", "home", "garden");
    private static final ConversationId LAB = new ConversationId("slack", "T1", "C1", "1.5");
    private static final Instant THEN = Instant.parse("2026-05-02T14:30:00Z");

    @TempDir
    private Path home;

    private Commanded loci;

    @BeforeEach
    void aHome() {
        loci = new Commanded(home);
    }

    @Test
    void where_nothing_was_said_it_says_so_and_makes_nothing() {
        assertThat(loci.run("conversations")).isZero();
        assertThat(loci.out()).isEmpty();
        assertThat(loci.err()).isEqualTo("loci: nothing was said yet: there is no database in " + loci.data() + "\n");
        assertThat(loci.data()).doesNotExist();
    }

    @Test
    void all_are_listed_and_the_stuck_ones_alone_on_request() {
        try (ConversationStore store = loci.store()) {
            store.record(said(GARDEN, "1", "The cat is called Marmalade.", THEN, false));
            store.record(said(LAB, "1", "Are you there?", THEN.plusSeconds(60), true));
            store.record(
                    said(ConversationId.ofChannel("console", "home", "new"), "1", "Just now?", Instant.now(), true));
        }
        assertThat(loci.run("conversations")).isZero();
        assertThat(loci.out().lines().skip(2))
                .containsExactly(
                        "slack/T1/C1/1.5      1      0        0       1/0   2026-05-02 14:31",
                        "console/home/garden  1      0        0       0/0   2026-05-02 14:30");
        assertThat(loci.out())
                .startsWith("place                turns  digests  pinned  owed  last spoken\n"
                        + "console/home/new     1      0        0       1/0   ");

        assertThat(loci.run("conversations", "--stuck")).isZero();
        assertThat(loci.out()).isEqualTo("""
            place            turns  digests  pinned  owed  last spoken       owed since
            slack/T1/C1/1.5  1      0        0       1/0   2026-05-02 14:31  2026-05-02 14:31
            """);
    }

    @Test
    void one_is_shown_with_its_note_and_what_was_done_there_and_without_escape_sequences() {
        try (ConversationStore store = loci.store()) {
            store.record(said(GARDEN, "1", "\u001b[31mThe cat\u009b2J is called Marmalade.", THEN, false));
            store.record(said(GARDEN, "2", "It sleeps.", THEN, false));
            assertThat(store.pin(GARDEN, 1, true)).isTrue();
            assertThat(store.commit(GARDEN, StoreFixture.digest(0, 1, 2, "A cat.\n\u001b]0;owned\u0007It sleeps."), 0))
                    .isTrue();
            store.set(GARDEN, "strategy", Optional.of("window"));
            store.audit(GARDEN, new AuditRow(Instant.now(), "ada\u001b[2J", "settings strategy", "done"));
        }
        assertThat(loci.run("conversations", "console/home/garden")).isZero();
        assertThat(loci.out())
                .startsWith("console/home/garden\nturns        2\n")
                .contains(
                        "owed         0/0\nlast spoken  2026-05-02 14:30\n",
                        "Settings:\n  strategy: window\n",
                        "Note:\n  level 0, 2 turns of the exchanges 1 to 2, made ",
                        "    A cat.\n",
                        "It sleeps.\n",
                        "Pinned:\n  1  2026-05-02 14:30  Ada: [31mThe cat2J is called Marmalade.\n",
                        "Commands, the newest first:\n  ",
                        "  ada?[2J  settings strategy: done\n");
        assertThat(loci.out().replace("\n", "")).doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void what_is_no_place_or_not_there_is_one_sentence() {
        loci.store().close();

        assertThat(loci.run("conversations", "garden")).isEqualTo(2);
        assertThat(loci.err())
                .isEqualTo("loci: a place is platform/space/channel, and /thread where it has one"
                        + " (loci conversations --help says what there is)\n");
        assertThat(loci.run("conversations", "console/home/garden")).isEqualTo(1);
        assertThat(loci.err())
                .isEqualTo("loci: nothing was ever said in console/home/garden; loci conversations lists the places"
                        + " there are\n");
        assertThat(loci.run("conversations", "console/home/garden", "--stuck")).isEqualTo(2);
        assertThat(loci.err()).startsWith("loci: --stuck lists conversations; it does not go with a place");
        assertThat(loci.run("conversations", "--config", "nowhere.yaml")).isEqualTo(2);
    }

    @Test
    void a_running_bot_keeps_every_command_out_in_one_sentence() {
        try (ConversationStore running = loci.store()) {
            running.record(said(GARDEN, "1", "hello", THEN, false));
            for (String[] command : new String[][] {{"conversations"}, {"export", "console/home/garden"}}) {
                assertThat(loci.run(command)).isEqualTo(1);
                assertThat(loci.out()).isEmpty();
                assertThat(loci.err()).hasLineCount(1).contains("in use by another Loci", "Stop that one first");
            }
        }
    }

    private static MessagePosted said(ConversationId where, String id, String text, Instant at, boolean addressed) {
        return new MessagePosted(
                new EventId(id), where, new MessageRef(id), new Author("ada", "Ada"), text, at, addressed);
    }
}
