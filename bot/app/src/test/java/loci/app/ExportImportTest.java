package loci.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import loci.chat.ConversationId;
import loci.console.ConsoleEvents;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation goes out of a real database and into one, and is the same. */
class ExportImportTest {

    private static final ConversationId GARDEN = ConversationId.ofChannel("console", "home", "garden party");
    private static final String PARTY = """
        {
          "loci-transcript": 1,
          "name": "garden party",
          "entries": [
            {"id":"1","role":"person","authorId":"mira","authorName":"Mira","at":"2026-05-30T17:02:00Z","text":"The party is on the 13th.","pinned":true},
            {"id":"2","role":"person","authorId":"ines","authorName":"Ines","at":"2026-05-30T17:03:00Z","text":"@loci will it rain?"},
            {"id":"3","role":"bot","authorId":"loci","authorName":"Loci","at":"2026-05-30T17:03:02Z","text":"","toolCalls":[{"id":"call_1","name":"weather","arguments":"{\\"day\\": 13}"}]},
            {"id":"4","role":"tool","authorId":"loci","authorName":"Loci","at":"2026-05-30T17:03:03Z","text":"{\\"rain\\": \\"from 18:30\\"}","answersCall":"call_1"},
            {"id":"5","role":"bot","authorId":"loci","authorName":"Loci","at":"2026-05-30T17:03:06Z","text":"Not before 18:30."},
            {"id":"6","role":"person","authorId":"ines","authorName":"Ines","at":"2026-05-30T17:04:00Z","text":"\\u001B[2J\\u009B2J ok"},
            {"id":"7","role":"person","authorId":"ines","authorName":"Ines","at":"2026-05-30T17:04:00Z","text":"\\u001B[2J\\u009B2J ok"}
          ]
        }
        """;

    @TempDir
    private Path home;

    private Commanded loci;

    @BeforeEach
    void aTranscript() throws IOException {
        loci = new Commanded(home);
        Files.writeString(home.resolve("party.json"), PARTY);
    }

    @Test
    void what_goes_out_comes_in_as_the_same() throws IOException {
        assertThat(loci.run("import", "party.json")).isZero();
        assertThat(loci.err()).isEqualTo("""
            loci: console/local/garden party: 4 exchanges added, 0 there already
            loci: its note is made when the bot next runs there
            """.replace("local", space()));
        assertThat(loci.run("export", place(), "--out", "out.json")).isZero();
        assertThat(loci.err()).isEqualTo("loci: 7 messages are in out.json\n");
        String out = Files.readString(home.resolve("out.json"));
        assertThat(out).isEqualTo(PARTY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("out.json"))))
                .isEqualTo("rw-------");

        assertThat(loci.run("import", "out.json", "--place", "slack/T1/garden party/1.5"))
                .isZero();
        assertThat(loci.run("export", "slack/T1/garden party/1.5")).isZero();
        assertThat(loci.out()).isEqualTo(out);
        assertThat(loci.err()).isEmpty();
    }

    @Test
    void a_second_import_adds_nothing_and_neither_does_ones_own_export() {
        assertThat(loci.run("import", "party.json")).isZero();
        assertThat(loci.run("import", "party.json")).isZero();
        assertThat(loci.err())
                .endsWith(": 0 exchanges added, 4 there already\n")
                .hasLineCount(1);

        assertThat(loci.run("export", place(), "--out", "renamed.json")).isZero();
        assertThat(loci.run("import", "renamed.json", "--place", place())).isZero();
        assertThat(loci.err()).endsWith(": 0 exchanges added, 4 there already\n");
    }

    @Test
    void two_files_that_number_their_messages_alike_are_both_taken() throws IOException {
        Files.writeString(home.resolve("a.txt"), "Ada: My cat is called Marmalade.\n");
        Files.writeString(home.resolve("b.txt"), "Ada: My dog is called Rex.\n");

        assertThat(loci.run("import", "a.txt", "--place", place())).isZero();
        assertThat(loci.run("import", "b.txt", "--place", place())).isZero();
        assertThat(loci.err()).contains("1 exchange added, 0 there already");
    }

    @Test
    void what_was_forgotten_stays_forgotten_and_who_opted_out_is_left_out() {
        assertThat(loci.run("import", "party.json", "--place", "console/home/garden party"))
                .isZero();
        try (ConversationStore store = loci.store()) {
            List<Turn> turns = store.turns(GARDEN, new Exchanges(1, 1), 10);
            store.erase(GARDEN, new TreeSet<>(List.of(turns.getFirst().seq())));
            store.optOut("console", "other", "ines", true);
        }
        assertThat(loci.run("import", "party.json", "--place", "console/home/garden party"))
                .isZero();
        assertThat(loci.err()).contains("0 exchanges added, 3 there already, 1 forgotten there since and left out\n");

        assertThat(loci.run("import", "party.json", "--place", "console/other/garden"))
                .isZero();
        assertThat(loci.err())
                .contains(
                        ": 1 exchange added, 0 there already\n",
                        "3 exchanges left out: who said that wants nothing stored there\n");
    }

    @Test
    void what_is_imported_is_redacted_and_owed_no_answer() throws IOException {
        Files.writeString(
                home.resolve("a.txt"), "Ada: My key is sk-proj-0123456789abcdefghijABCDEFGHIJ0123456789abcd.\n");

        assertThat(loci.run("import", "a.txt", "--place", "console/home/garden party"))
                .isZero();
        try (ConversationStore store = loci.store()) {
            assertThat(store.turns(GARDEN, new Exchanges(1, 1), 10).getFirst().text())
                    .contains("[redacted");
            assertThat(store.unsettled()).isEmpty();
        }
    }

    @Test
    void a_long_one_shows_on_a_terminal_how_far_it_is() throws IOException {
        Files.writeString(home.resolve("long.txt"), "Ada: hello\n".repeat(600));

        assertThat(loci.onTerminal().run("import", "long.txt")).isZero();
        assertThat(loci.err()).contains("loci: exchange 500 of 600\n", "600 exchanges added");
    }

    @Test
    void a_file_that_is_refused_changes_nothing() throws IOException {
        Files.writeString(home.resolve("bad.json"), PARTY.replace("\"role\":\"tool\"", "\"role\":\"tol\""));

        assertThat(loci.run("import", "bad.json")).isEqualTo(2);
        assertThat(loci.err()).contains("loci: bad.json: entries[3].role: one of ");
        assertThat(loci.run("import", "none.json")).isEqualTo(2);
        assertThat(loci.err()).isEqualTo("loci: none.json: there is no such file\n");
        assertThat(loci.run("import")).isEqualTo(2);
        assertThat(loci.data()).doesNotExist();
        assertThat(loci.run("import", "party.json", "--place", "garden")).isEqualTo(2);
        assertThat(loci.err()).startsWith("loci: a place is platform/space/channel");
    }

    @Test
    void what_cannot_be_exported_says_why() {
        assertThat(loci.run("export", place())).isEqualTo(1);
        assertThat(loci.err()).startsWith("loci: nothing was said yet: there is no database in ");
        assertThat(loci.run("import", "party.json")).isZero();
        assertThat(loci.run("export", "console/home/nowhere")).isEqualTo(1);
        assertThat(loci.err()).startsWith("loci: nothing was ever said in console/home/nowhere");
        assertThat(loci.run("export", "nowhere")).isEqualTo(2);
        assertThat(loci.run("export", place(), "--out", "no/such/place.json")).isEqualTo(1);
        assertThat(loci.err()).startsWith("loci: the conversation could not be written to no/such/place.json (");
        assertThat(loci.out()).isEmpty();
    }

    private static String space() {
        return ConsoleEvents.conversation("x").space();
    }

    private static String place() {
        return "console/" + space() + "/garden party";
    }
}
