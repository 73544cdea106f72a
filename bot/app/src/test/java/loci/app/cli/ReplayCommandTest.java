package loci.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import loci.app.cli.ReplayRunner.Summaries;
import loci.app.config.LociConfig;
import loci.app.config.Surroundings;
import loci.command.Permissions;
import loci.engine.EngineSettings;
import loci.memory.InMemoryStore;
import loci.model.ModelProfile;
import loci.offline.OfflineModel;
import loci.openai.JtokkitCounters;
import loci.prompt.CompactionPolicy;
import loci.prompt.Strategies;
import loci.replay.ReplaySetup;
import loci.sanitize.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay command from its arguments to its exit code. */
class ReplayCommandTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Summaries summaries = Summaries.CONFIGURED;

    @Test
    void the_packaged_example_goes_through_all_strategies() {
        assertThat(run("replay", "--example")).isZero();

        assertThat(text(out).lines())
                .filteredOn(line -> line.contains(": prompts of at most 8,000 tokens"))
                .hasSize(5);
        assertThat(text(out)).contains("    1  Mira ", "   13  tool ", "strategy ", "of 8");
        assertThat(text(err)).isEmpty();
        assertThat(summaries).isEqualTo(Summaries.OFFLINE);
    }

    @Test
    void strategies_are_chosen_and_quiet_prints_the_comparison_alone() {
        assertThat(run("replay", "--example", "--quiet", "--strategies", "window, none,window"))
                .isZero();

        assertThat(text(out).lines().limit(3).map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("strategy", "window", "none");
    }

    @Test
    void the_figures_are_written_for_programs() throws IOException {
        assertThat(run("replay", "--example", "-q", "--strategies", "full", "--json", "figures.json"))
                .isZero();

        assertThat(Files.readString(home.resolve("figures.json")))
                .contains(
                        "\"loci-replay\" : 1",
                        "\"strategy\" : \"full\"",
                        "\"word_for_word\" : 8",
                        "\"dollarsCached\" : null");
        assertThat(run("replay", "--example", "-q", "--strategies", "none", "--json", "no/such/place.json"))
                .isEqualTo(1);
        assertThat(text(err)).contains("the figures could not be written to no/such/place.json");
    }

    @Test
    void prompts_are_drawn() throws IOException {
        assertThat(run("replay", "--example", "-q", "--plot", "example.svg")).isZero();

        String drawn = Files.readString(home.resolve("example.svg"));
        assertThat(drawn)
                .startsWith("<?xml")
                .contains(
                        "Tokens per prompt: garden party",
                        "↑ above the scale: budget: 8,000 tokens",
                        ">hybrid</text>",
                        ">none</text>");
        assertThat(text(err)).isEmpty();
        assertThat(run("replay", "--example", "-q", "--strategies", "none", "--plot", "example.svg"))
                .isZero();
        assertThat(Files.readString(home.resolve("example.svg"))).isNotEqualTo(drawn);
    }

    @Test
    void several_transcripts_are_replayed_one_after_the_other_and_drawn_below_each_other() throws IOException {
        Files.writeString(home.resolve("one.txt"), "Ada: My cat is called Marmalade.\nBo: Nice.\n");
        Files.writeString(home.resolve("two.txt"), "Ada: <Hello> & goodbye.\n");

        assertThat(run("replay", "one.txt", "two.txt", "-q", "--strategies", "none", "--plot", "both.SVG"))
                .isZero();
        assertThat(text(out)).startsWith("== one ==\nstrategy ").contains("\n\n== two ==\nstrategy ");
        assertThat(text(err)).startsWith("loci: one.txt: Messages without a time");
        assertThat(Files.readString(home.resolve("both.SVG")))
                .contains("Tokens per prompt in 2 transcripts", ">one</text>", ">two</text>");

        assertThat(run("replay", "one.txt", "two.txt", "--json", "figures.json"))
                .isEqualTo(2);
        assertThat(run("replay", "one.txt", "none.txt")).isEqualTo(2);
        assertThat(text(err)).contains("--json takes the figures of one transcript", "none.txt: there is no such file");
    }

    @Test
    void a_plot_that_cannot_be_made_is_said_before_the_work_begins() throws IOException {
        Files.createDirectory(home.resolve("folder.svg"));
        Files.writeString(home.resolve("talk.svg"), "Ada: Hello.\n");

        assertThat(run("replay", "--example", "--plot", "plot.png")).isEqualTo(2);
        assertThat(run("replay", "talk.svg", "--plot", "talk.svg")).isEqualTo(2);
        assertThat(run("replay", "--example", "--json", "x.svg", "--plot", "x.svg"))
                .isEqualTo(2);
        assertThat(run("replay", "--example", "--plot", "no/such/place.svg")).isEqualTo(1);
        assertThat(run("replay", "--example", "--plot", "folder.svg")).isEqualTo(1);

        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .contains(
                        "loci: --plot draws SVG, so its file must be called something.svg",
                        "loci: --plot would overwrite the transcript",
                        "loci: --json and --plot would overwrite each other",
                        "loci: the plot could not be written to no/such/place.svg (there is no such directory)",
                        "loci: the plot could not be written to folder.svg (it is a directory)");
    }

    @Test
    void a_transcript_is_not_overwritten_by_whatever_name_it_is_called() throws IOException {
        Files.writeString(home.resolve("talk.svg"), "Ada: Hello.\n");
        Files.createDirectory(home.resolve("folder"));
        Files.createSymbolicLink(home.resolve("folder/link.svg"), home.resolve("talk.svg"));
        Files.createSymbolicLink(home.resolve("here"), home);

        for (String named : List.of(
                "./talk.svg",
                "folder/../talk.svg",
                home.resolve("talk.svg").toString(),
                "folder/link.svg",
                "here/talk.svg")) {
            assertThat(run("replay", "talk.svg", "--plot", named)).as(named).isEqualTo(2);
            assertThat(run("replay", "talk.svg", "--json", named)).as(named).isEqualTo(2);
        }
        assertThat(run("replay", "--example", "--json", "x.svg", "--plot", "here/x.svg"))
                .isEqualTo(2);

        assertThat(text(err))
                .contains(
                        "--plot would overwrite the transcript",
                        "--json would overwrite the transcript",
                        "--json and --plot would overwrite each other");
        assertThat(home.resolve("talk.svg")).hasContent("Ada: Hello.");
        assertThat(home.resolve("x.svg")).doesNotExist();
    }

    @Test
    void a_transcript_of_ones_own_is_read_and_what_is_assumed_is_said() throws IOException {
        Files.writeString(home.resolve("talk.txt"), "Ada: My cat is called Marmalade.\n?? The cat? = Marmalade\n");

        assertThat(run("replay", "talk.txt", "-v", "--strategies", "none")).isZero();
        assertThat(text(out)).contains("    1  Ada ", "0 of 1");
        assertThat(text(err)).isEqualTo("loci: Messages without a time are taken to be a minute apart.\n");
    }

    @Test
    void what_is_wrong_is_a_sentence_and_exit_code_2() throws IOException {
        Files.writeString(home.resolve("bad.json"), "{\"loci-transcript\": 1, \"entries\": [{}]}");

        assertThat(run("replay")).isEqualTo(2);
        assertThat(run("replay", "talk.txt", "--example")).isEqualTo(2);
        assertThat(run("replay", "none.txt")).isEqualTo(2);
        assertThat(run("replay", "bad.json")).isEqualTo(2);
        assertThat(run("replay", "--example", "--strategies", "hybird")).isEqualTo(2);
        assertThat(run("replay", "--example", "--strategies", " , ")).isEqualTo(2);
        assertThat(run("replay", "--example", "--strategies", "")).isEqualTo(2);
        assertThat(run("replay", "--example", "--format", "csv")).isEqualTo(2);
        assertThat(run("replay", "--example", "--summaries", "me")).isEqualTo(2);

        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .contains(
                        "loci: replay needs a transcript: a FILE, or --example",
                        "loci: none.txt: there is no such file",
                        "loci: bad.json: entries[0].role: this field is missing; a text was expected",
                        "loci: there is no strategy hybird; there are hybrid, summary, window, trim, full, none",
                        "loci: --strategies names none; there are hybrid, summary, window, trim, full, none",
                        "loci: --format is loci, locomo, irc or plain",
                        "loci: --summaries is offline or configured");
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(Map.of(), home, home, false);
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]), out, new PrintStream(err, true, StandardCharsets.UTF_8), false);
        return LociCommand.run(List.of(arguments), surroundings, streams, Nobody.butReplay(this::prepare));
    }

    private ReplaySetup prepare(LociConfig config, Summaries who) {
        summaries = who;
        return new ReplaySetup(
                new EngineSettings(
                        "loci",
                        "You help.",
                        "At most {tokens} tokens.",
                        Strategies.of("hybrid", 10, 24),
                        config.memory().noteRole(),
                        List.of(),
                        new CompactionPolicy(24, 12, Integer.MAX_VALUE, Integer.MAX_VALUE, 200, 4),
                        new Permissions(Map.of()),
                        "a model",
                        0,
                        2_048),
                new ModelProfile("priceless", "o200k_base", 32_000, 4_000, true, false, "max_tokens", true),
                new OfflineModel(JtokkitCounters.forEncoding("o200k_base")),
                JtokkitCounters::forEncoding,
                new Redactor(Set.of()),
                Optional.empty(),
                (directory, marks, clock) -> new InMemoryStore(marks, clock));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
