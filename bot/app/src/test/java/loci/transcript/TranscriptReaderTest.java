package loci.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loci.SharedData;
import loci.memory.Role;
import loci.model.ToolCall;
import loci.transcript.Reading.Read;
import loci.transcript.Reading.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of transcript, and files that are none. */
class TranscriptReaderTest {

    private static final String HEAD = "{\"loci-transcript\": 1, \"entries\": [";
    private static final String HELLO =
            "{\"id\": \"1\", \"role\": \"person\", \"authorId\": \"ada\", \"text\": \"Hello\", \"at\":"
                    + " \"2026-05-02T14:30:00Z\"}";

    @TempDir
    private Path folder;

    // ---- Loci's own form

    @Test
    void what_is_written_reads_back_as_the_same() {
        Transcript example = read(TranscriptWriter.text(everything())).transcript();

        assertThat(example).isEqualTo(everything());
        assertThat(read(TranscriptWriter.text(example)).transcript()).isEqualTo(example);
    }

    @Test
    void each_entry_is_written_on_a_line_of_its_own() {
        List<String> lines = TranscriptWriter.text(everything()).lines().toList();

        assertThat(lines)
                .filteredOn(line -> line.startsWith("    {") && line.contains("\"role\":"))
                .hasSameSizeAs(everything().entries());
    }

    @Test
    void the_packaged_example_is_thirty_messages_of_three_people_with_tools() throws IOException {
        Transcript example = read(Files.readString(example())).transcript();

        assertThat(example.entries()).hasSize(30);
        assertThat(example.entries().stream()
                        .filter(entry -> entry.role() == Role.PERSON)
                        .map(Entry::authorName)
                        .distinct())
                .containsExactly("Mira", "Tomasz", "Ines");
        assertThat(example.entries()).anyMatch(entry -> entry.role() == Role.TOOL);
        assertThat(example.questions()).hasSizeGreaterThan(5);
        assertThat(TranscriptWriter.text(example)).isEqualTo(Files.readString(example()));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_its_place_and_what_was_expected() {
        String text = """
            {"loci-transcript": 1, "nmae": "x", "entries": [
              {"id": "1", "role": "persn", "authorId": "ada", "text": "Hi", "at": "2026-05-02T14:30:00Z"},
              {"id": 2, "role": "person", "text": "Hi", "at": "yesterday", "pinned": "yes"}
            ], "questions": {}}
            """;
        assertThat(problems(text))
                .containsExactlyInAnyOrder(
                        "talk.json: nmae: there is no such field; known here are entries, loci-transcript, name,"
                                + " questions",
                        "talk.json: entries[0].role: one of person, bot, tool was expected, and \"persn\" was found",
                        "talk.json: entries[1].id: a text was expected, and 2 was found",
                        "talk.json: entries[1].authorId: a person's message needs authorId or authorName",
                        "talk.json: entries[1].at: a time such as 2026-05-02T14:30:00Z was expected, and \"yesterday\""
                                + " was found",
                        "talk.json: entries[1].pinned: true or false was expected, and \"yes\" was found",
                        "talk.json: questions: a list of at most 10000 was expected, and an object was found");
    }

    @Test
    void of_many_problems_the_first_are_told_and_all_are_counted() {
        String text = HEAD + "{},".repeat(99) + "{}]}";

        assertThat(problems(text))
                .hasSize(Problems.MOST_TOLD + 1)
                .last()
                .asString()
                .contains("and ", " more");
    }

    @Test
    void another_version_is_refused_for_that_alone() {
        assertThat(problems("{\"loci-transcript\": 2, \"turns\": []}"))
                .containsExactly("talk.json: loci-transcript: version 1 of the format was expected, and 2 was found;"
                        + " a newer Loci may read it");
    }

    @Test
    void what_does_not_hold_together_is_refused() {
        String tool = HELLO + ", {\"id\": \"2\", \"role\": \"tool\", \"text\": \"7\", \"at\": \"2026-05-02T14:30:01Z\","
                + " \"answersCall\": \"c1\"}";
        assertThat(problems(HEAD + tool + "]}")).singleElement().asString().contains("entries[1].answersCall");
        assertThat(problems(HEAD + HELLO + "," + HELLO + "]}"))
                .singleElement()
                .asString()
                .contains("each id once");
        assertThat(problems(HEAD + "]}")).singleElement().asString().contains("no message of a person");
        assertThat(problems(HEAD + HELLO.replace("ada", "a\\u0000da") + "]}"))
                .singleElement()
                .asString()
                .contains("entries[0].authorId");
        assertThat(problems(
                        HEAD + HELLO + "], \"questions\": [{\"id\": \"q\", \"text\": \"?\", \"evidence\": [\"9\"]}]}"))
                .singleElement()
                .asString()
                .contains("an entry's id was expected");
    }

    @Test
    void malformed_json_is_reported_with_its_line() {
        assertThat(problems("{\"loci-transcript\": 1,\n\"entries\": [}"))
                .singleElement()
                .asString()
                .contains("line 2, column");
        assertThat(problems(HEAD + HELLO + "]} trailing"))
                .singleElement()
                .asString()
                .contains("not well-formed");
        assertThat(problems("{\"loci-transcript\": 1, \"name\": \"a\", \"name\": \"b\", \"entries\": []}"))
                .singleElement()
                .asString()
                .contains("not well-formed");
        assertThat(problems("{\"loci-transcript\":".repeat(1_000)))
                .singleElement()
                .asString()
                .contains("not well-formed");
    }

    @Test
    void every_document_of_a_json_test_suite_is_read_or_refused_and_nothing_is_thrown() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.require("json-bodies/test_parsing"))) {
            for (Path file : files.toList()) {
                for (Format format : Format.values()) {
                    assertThat(TranscriptReader.read(file, file.toString(), Optional.of(format), "loci"))
                            .as(file.toString())
                            .isNotNull();
                }
            }
        }
    }

    // ---- LoCoMo

    @Test
    void locomo_dialogues_are_recognised() {
        Read dialogue = read("""
            {"id": "conv-1", "turns": [
              {"id": "D1:1", "speaker": "Ann", "text": "I moved to Oslo.", "at": "2023-05-08 13:56", "session": 1},
              {"id": "D1:2", "speaker": "Ben", "text": "Nice!", "at": "2023-05-08 13:56", "session": 1}],
             "questions": [{"q": "Where does Ann live?", "cat": "4", "ev": ["D1:1"], "qid": "q1"},
                           {"q": "And Ben?", "cat": "5", "ev": [], "qid": "q2"}]}
            """);

        assertThat(dialogue.format()).isEqualTo(Format.LOCOMO);
        assertThat(dialogue.transcript().name()).isEqualTo("conv-1");
        assertThat(dialogue.transcript().entries())
                .extracting(Entry::authorName)
                .containsExactly("Ann", "Ben");
        assertThat(dialogue.transcript().questions())
                .containsExactly(new Question("q1", "Where does Ann live?", "4", List.of("D1:1"), null));
        assertThat(dialogue.remarks()).containsExactly("1 questions name no turn of the dialogue and are left out.");
    }

    @Test
    void all_locomo_dialogues_are_read_with_all_their_questions() throws IOException {
        int questions = 0;
        try (Stream<Path> files = Files.list(SharedData.require("locomo"))) {
            for (Path file : files.toList()) {
                Transcript dialogue = readFile(file).transcript();
                assertThat(dialogue.entries()).hasSizeGreaterThan(400);
                questions += dialogue.questions().size();
            }
        }
        assertThat(questions).isEqualTo(786);
    }

    // ---- IRC

    @Test
    void irc_logs_are_recognised() {
        Read log = read("""
            === tvon [~tvon@example.org] has joined #chat
            [11:59] <ada> is anyone here?
            [12:01] <+ben> yes
            === ada waves
            * ben waves back
            === ada is now known as ada_away
            [01:02] <ada> back
            [01:01] <ben> <ada> wrote: back
            """);

        assertThat(log.format()).isEqualTo(Format.IRC);
        assertThat(log.transcript().entries())
                .extracting(
                        entry -> entry.at().toString().substring(11, 16) + " " + entry.authorId() + ": " + entry.text())
                .containsExactly(
                        "11:59 ada: is anyone here?",
                        "12:01 ben: yes",
                        "12:01 ada: /me waves",
                        "12:01 ben: /me waves back",
                        "13:02 ada: back",
                        "01:01 ben: <ada> wrote: back");
        assertThat(log.remarks())
                .containsExactly(
                        "IRC logs hold no dates: 2000-01-01 is taken for the first day.",
                        "2 lines about joining, leaving and modes are passed over.");
    }

    @Test
    void all_irc_logs_are_read_and_their_times_never_go_back() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.require("irc"))) {
            for (Path file : files.toList()) {
                Read log = readFile(file);
                assertThat(log.format()).isEqualTo(Format.IRC);
                assertThat(log.transcript().entries()).hasSizeGreaterThan(800);
                assertThat(log.transcript().entries()).extracting(Entry::at).isSorted();
            }
        }
    }

    // ---- Plain talk

    @Test
    void plain_talk_needs_names_and_takes_times_continued_messages_and_planted_facts() {
        Read talk = read("""
            Ada Lovelace: My cat is called Marmalade.
            She is three.
            loci: Noted.
            [2026-05-02 14:30] Ben: See https://example.org: it is good.
            http://example.org: this goes on
            ?? What is the cat called? = Marmalade
            """);

        assertThat(talk.format()).isEqualTo(Format.PLAIN);
        assertThat(talk.transcript().entries())
                .extracting(entry -> entry.role() + " " + entry.authorId() + ": " + entry.text())
                .containsExactly(
                        "PERSON ada lovelace: My cat is called Marmalade.\nShe is three.",
                        "BOT loci: Noted.",
                        "PERSON ben: See https://example.org: it is good.\nhttp://example.org: this goes on");
        assertThat(talk.transcript().entries().getLast().at()).hasToString("2026-05-02T14:30:00Z");
        assertThat(talk.transcript().questions())
                .containsExactly(new Question("line 6", "What is the cat called?", "", List.of(), "Marmalade"));
    }

    @Test
    void text_that_is_no_talk_is_refused_with_its_line() {
        assertThat(problems("\nOnce upon a time there was a fox.\nIt was red.\n"))
                .containsExactly("talk.json: line 2: a line such as Name: words was expected, and"
                        + " \"Once upon a time there was a fox.\" was found");
        assertThat(problems("Ada: hi\n?? What\n"))
                .singleElement()
                .asString()
                .contains("line 2", "?? What is the cat called?");
    }

    // ---- Files

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_text() {
        Transcript talk = read("\uFEFFAda: hi\r\nBen: ho\r\n").transcript();

        assertThat(talk.entries()).extracting(Entry::text).containsExactly("hi", "ho");
    }

    @Test
    void what_is_not_utf_8_is_replaced_in_logs_and_refused_in_json() {
        byte[] latin = "Ada: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Read talk = (Read) TranscriptReader.read(latin, "talk.txt", Optional.empty(), "loci");
        assertThat(talk.transcript().entries()).extracting(Entry::text).containsExactly("caf\uFFFD");
        assertThat(talk.remarks()).anyMatch(remark -> remark.contains("not UTF-8"));

        byte[] json = (HEAD + HELLO.replace("Hello", "caf\u00e9") + "]}").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problems(json)).containsExactly("talk.json: line 1: this is not UTF-8; save the file as UTF-8");
        assertThat(problems("Ada: hi".getBytes(StandardCharsets.UTF_16)))
                .containsExactly("talk.json: the file is UTF-16; save it as UTF-8");
    }

    @Test
    void files_that_cannot_be_read_are_told_in_a_sentence() throws IOException {
        assertThat(problems(folder)).containsExactly("talk.json: this is a directory; name a transcript file");
        assertThat(problems(folder.resolve("none"))).containsExactly("talk.json: there is no such file");
        assertThat(problems("")).containsExactly("talk.json: the file is empty");
        assertThat(problems(" \r\n\uFEFF ".strip())).isNotEmpty();
        assertThat(problems("PNG\0\0")).singleElement().asString().contains("not text");
        Path large = folder.resolve("large.txt");
        Files.writeString(large, ("Ada: " + "x".repeat(995) + "\n").repeat(40_000));
        assertThat(problems(large)).containsExactly("talk.json: the file is larger than 32 MB, the most that is read");
    }

    @Test
    void what_is_small_and_grows_in_memory_is_refused() {
        assertThat(problems(HEAD + "[],".repeat(3_000_000) + "[]]}"))
                .singleElement()
                .asString()
                .contains("not well-formed");
        assertThat(problems("Ada: x\n".repeat(Limits.ENTRIES + 1)))
                .singleElement()
                .asString()
                .contains("100,000 messages");
        assertThat(problems("Ada: x\n" + "yyyyyyyyy\n".repeat(Limits.TEXT / 5)))
                .singleElement()
                .asString()
                .contains("300,000 characters");
    }

    private static Transcript everything() {
        var at = java.time.Instant.parse("2026-05-02T14:30:00.123456Z");
        return new Transcript(
                "all \"of\" it",
                List.of(
                        new Entry(
                                "1",
                                Role.PERSON,
                                "ada",
                                "Ada 🦊",
                                "line\nline\t\\ \u202e",
                                at,
                                true,
                                true,
                                List.of(),
                                null),
                        new Entry("2", Role.PERSON, "ben", "ben", "aside", at, false, false, List.of(), null),
                        new Entry(
                                "3",
                                Role.BOT,
                                "loci",
                                "Loci",
                                "",
                                at,
                                false,
                                false,
                                List.of(new ToolCall("c1", "weather", "{\"day\": 1}")),
                                null),
                        new Entry("4", Role.TOOL, "loci", "Loci", "{}", at, false, false, List.of(), "c1")),
                List.of(
                        new Question("q1", "What?", "2", List.of("1", "2"), null),
                        new Question("q2", "Who?", "", List.of(), "Ada")));
    }

    static Path example() {
        return Path.of("../../config/examples/garden-party.json");
    }

    private static Read read(String text) {
        return switch (TranscriptReader.read(
                text.getBytes(StandardCharsets.UTF_8), "talk.json", Optional.empty(), "loci")) {
            case Read read -> read;
            case Unreadable unreadable -> fail(unreadable.problems().toString());
        };
    }

    private static Read readFile(Path file) {
        return switch (TranscriptReader.read(file, file.toString(), Optional.empty(), "loci")) {
            case Read read -> read;
            case Unreadable unreadable -> fail(unreadable.problems().toString());
        };
    }

    private static List<String> problems(String text) {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(byte[] bytes) {
        return problems(TranscriptReader.read(bytes, "talk.json", Optional.empty(), "loci"));
    }

    private static List<String> problems(Path file) {
        return problems(TranscriptReader.read(file, "talk.json", Optional.empty(), "loci"));
    }

    private static List<String> problems(Reading reading) {
        return switch (reading) {
            case Unreadable(List<String> problems) -> problems;
            case Read read -> fail("it was read: " + read.format());
        };
    }
}
