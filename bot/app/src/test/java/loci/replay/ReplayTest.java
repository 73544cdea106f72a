package loci.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import loci.memory.InMemoryStore;
import loci.memory.Role;
import loci.prompt.CompactionPolicy;
import loci.prompt.Strategies;
import loci.replay.Line.Asked;
import loci.replay.Line.Condensed;
import loci.replay.Line.Followed;
import loci.replay.Line.Reason;
import loci.replay.Line.Refused;
import loci.transcript.Entry;
import loci.transcript.Question;
import loci.transcript.Reading.Read;
import loci.transcript.Transcript;
import loci.transcript.TranscriptReader;
import org.junit.jupiter.api.Test;

/** The example of the README, and what the strategies promise, through the whole of store, assembler and condensing. */
class ReplayTest {

    private static final Transcript EXAMPLE = example();

    @Test
    void every_message_has_a_line_under_every_strategy() {
        Recording replay = Recording.of(EXAMPLE, Setups.ofExample());

        assertThat(replay.lines())
                .hasSize(6)
                .allSatisfy((strategy, lines) -> assertThat(
                                lines.stream().map(ReplayTest::number).filter(number -> number > 0))
                        .as(strategy)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, 30).boxed().toList()));
    }

    @Test
    void no_prompt_is_over_its_budget() {
        Recording replay = Recording.of(EXAMPLE, Setups.ofExample());

        replay.lines()
                .keySet()
                .forEach(strategy -> assertThat(replay.asked(strategy))
                        .as(strategy)
                        .allMatch(asked -> 0 < asked.tokens() && asked.tokens() <= replay.budget(strategy)));
    }

    @Test
    void each_strategy_lets_messages_go_in_its_own_way() {
        Recording replay = Recording.of(EXAMPLE, Setups.ofExample());

        assertThat(replay.left("hybrid", Reason.IN_THE_NOTE))
                .startsWith(1, 2, 3)
                .contains(13)
                .doesNotHaveDuplicates();
        assertThat(replay.left("hybrid", Reason.NO_ROOM)).isEmpty();
        assertThat(replay.left("hybrid", Reason.OUTSIDE)).isEmpty();
        assertThat(replay.left("summary", Reason.IN_THE_NOTE))
                .startsWith(1, 2, 3)
                .doesNotHaveDuplicates();
        assertThat(replay.left("window", Reason.OUTSIDE))
                .startsWith(1, 2, 3, 4, 5)
                .doesNotHaveDuplicates();
        assertThat(replay.left("trim", Reason.NO_ROOM)).startsWith(1, 2, 3);
        assertThat(replay.left("trim", Reason.OUTSIDE)).isEmpty();
        assertThat(replay.all("hybrid", Condensed.class)).hasSizeGreaterThan(2);
        assertThat(replay.all("full", Refused.class)).hasSizeGreaterThan(5);
        assertThat(replay.figures("full").refused())
                .isEqualTo((int) replay.all("full", Refused.class).count());
    }

    @Test
    void what_is_gone_from_a_prompt_is_exactly_what_is_told() {
        Recording replay = Recording.of(EXAMPLE, Setups.ofExample());

        for (String strategy : List.of("hybrid", "summary", "window", "none")) {
            int shown = 0;
            for (Line line : replay.lines().getOrDefault(strategy, List.of())) {
                switch (line) {
                    case Asked asked -> {
                        int left = asked.left().stream()
                                .mapToInt(departure -> departure.numbers().size())
                                .sum();
                        // The bot's messages come into the window without having been in the prompt before.
                        assertThat(asked.window())
                                .as(strategy + " " + asked.number())
                                .isEqualTo(shown - left);
                        shown = asked.window() + 1;
                    }
                    case Followed followed -> shown += strategy.equals("none") ? 0 : 1;
                    case Refused refused -> shown = 0;
                    case Condensed condensed -> {}
                    case Line.NoteFailed failed -> {}
                }
            }
        }
    }

    @Test
    void tool_turns_go_along() {
        Recording replay = Recording.of(EXAMPLE, Setups.ofExample());

        assertThat(replay.all("hybrid", Followed.class)
                        .map(followed -> followed.entry().role()))
                .containsSubsequence(Role.BOT, Role.BOT, Role.TOOL, Role.BOT);
        assertThat(replay.asked("window")).anyMatch(asked -> asked.window() == 7); // six messages and a tool's result
    }

    @Test
    void planted_facts_stay_where_the_note_keeps_them_and_go_where_nothing_does() {
        Recording replay = Recording.of(EXAMPLE, Setups.ofExample());

        assertThat(replay.figures("hybrid").answerable())
                .isGreaterThan(replay.figures("trim").answerable())
                .isGreaterThan(replay.figures("window").answerable());
        assertThat(replay.figures("none").answerable()).isZero();
        assertThat(Recording.of(EXAMPLE, Setups.byDefault()).figures("full").answerable())
                .isEqualTo(EXAMPLE.questions().size());
    }

    @Test
    void a_fact_from_the_start_is_still_there_after_fifty_messages() {
        ReplaySetup setup = Setups.of(
                0,
                Strategies.of("hybrid", 10, 24),
                new CompactionPolicy(8, 2, Integer.MAX_VALUE, Integer.MAX_VALUE, 200, 4));

        Recording replay = Recording.of(longTalk(50), setup);

        assertThat(replay.figures("hybrid").answerable()).isEqualTo(1);
        assertThat(replay.figures("summary").answerable()).isEqualTo(1);
        assertThat(replay.figures("window").answerable()).isZero();
        assertThat(replay.left("hybrid", Reason.IN_THE_NOTE)).contains(1).doesNotHaveDuplicates();
    }

    @Test
    void a_window_of_two_stops_the_growth_of_prompts() {
        ReplaySetup setup = Setups.of(
                0,
                Strategies.of("window", 2, 24),
                new CompactionPolicy(24, 12, Integer.MAX_VALUE, Integer.MAX_VALUE, 200, 4));

        Recording replay = Recording.of(longTalk(50), setup);

        List<Integer> window =
                replay.asked("window").stream().map(Asked::tokens).toList();
        List<Integer> full = replay.asked("full").stream().map(Asked::tokens).toList();
        int early =
                window.subList(2, 10).stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertThat(window.subList(10, window.size())).allMatch(tokens -> tokens <= early + 10);
        assertThat(replay.asked("window").subList(2, 50)).allMatch(asked -> asked.window() == 2);
        assertThat(full).isSorted();
        assertThat(full.getLast()).isGreaterThan(early * 3);
    }

    @Test
    void a_pinned_message_stays_in_the_prompt_and_is_not_told_to_have_left() {
        List<Entry> entries = new ArrayList<>(longTalk(20).entries());
        Entry first = entries.getFirst();
        entries.set(
                0,
                new Entry(
                        first.id(), first.role(), "ada", "ada", first.text(), first.at(), true, true, List.of(), null));
        Recording replay =
                Recording.of(new Transcript("pinned", entries, longTalk(20).questions()), Setups.small(0), "window");

        assertThat(replay.left("window", Reason.OUTSIDE)).doesNotContain(1).contains(2);
        assertThat(replay.asked("window").getLast().pinned()).isEqualTo(1);
        assertThat(replay.figures("window").found(Facts.Found.WORD_FOR_WORD)).isEqualTo(1);
    }

    @Test
    void two_replays_give_the_same_figures() {
        assertThat(Recording.of(EXAMPLE, Setups.ofExample()).figures())
                .isEqualTo(Recording.of(EXAMPLE, Setups.ofExample()).figures());
    }

    @Test
    void the_real_store_and_its_model_give_the_same_figures() {
        ReplaySetup real = Setups.ofExample();
        ReplaySetup model = Setups.with(real.settings(), (directory, marks, clock) -> new InMemoryStore(marks, clock));

        assertThat(Recording.of(EXAMPLE, real).lines())
                .isEqualTo(Recording.of(EXAMPLE, model).lines());
    }

    @Test
    void the_cache_serves_what_repeats_soon_and_money_follows() {
        Recording replay = Recording.of(longTalk(60), Setups.byDefault());
        Figures full = replay.figures("full");

        assertThat(full.replies().cached())
                .isPositive()
                .isLessThan(full.replies().read());
        assertThat(full.total().withCache().orElseThrow())
                .isLessThan(full.total().uncached().orElseThrow());
        assertThat(replay.figures("none").replies().cached()).isZero();
        assertThat(replay.figures("hybrid").summaries().read()).isPositive();
    }

    @Test
    void nothing_of_it_stays_on_the_disk() throws IOException {
        AtomicReference<Path> used = new AtomicReference<>();
        ReplaySetup setup = Setups.with(Setups.ofExample().settings(), (directory, marks, clock) -> {
            used.set(directory);
            assertThat(permissions(directory)).isEqualTo("rwx------");
            return Setups.DATABASE.open(directory, marks, clock);
        });
        var _ = Recording.of(EXAMPLE, setup, "none");
        assertThat(used.get()).doesNotExist();

        ReplaySetup failing = Setups.with(Setups.ofExample().settings(), (directory, marks, clock) -> {
            used.set(directory);
            throw new IllegalStateException("no store");
        });
        assertThatThrownBy(() -> Recording.of(EXAMPLE, failing, "none")).hasMessage("no store");
        assertThat(used.get()).doesNotExist();
    }

    @Test
    void the_log_and_the_comparison_read_as_in_the_readme() {
        Recording replay = Recording.of(EXAMPLE, Setups.ofExample());
        ReplayText text = new ReplayText(EXAMPLE, true);

        assertThat(replay.lines().getOrDefault("hybrid", List.of()).stream().flatMap(line -> text.of(line).stream()))
                .anyMatch(line -> line.contains("left: 1–7 (in the note now)"))
                .anyMatch(line -> line.startsWith("        left 1 Mira: Let's fix it then"))
                .anyMatch(line -> line.startsWith("        condensed: 1–7 into a digest of "))
                .anyMatch(line -> line.matches(" +13  tool +a tool's result, \\d+ tokens long"));
        assertThat(Comparison.of(replay.figures(), Setups.ofExample().model(), 2_048))
                .anyMatch(line -> line.matches("hybrid .*\\$0\\.\\d{4}.* of 8 \\(\\d through the note\\).*"))
                .anyMatch(line -> line.contains("evidence in the prompt, not an answer"));
    }

    private static String permissions(Path directory) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int number(Line line) {
        return switch (line) {
            case Asked asked -> asked.number();
            case Refused refused -> refused.number();
            case Followed followed -> followed.number();
            case Condensed condensed -> 0;
            case Line.NoteFailed failed -> 0;
        };
    }

    /** A fact, and then small talk in which nothing repeats. */
    private static Transcript longTalk(int messages) {
        List<Entry> entries = new ArrayList<>();
        Instant at = Instant.parse("2026-05-02T14:30:00Z");
        for (int number = 1; number <= messages; number++) {
            String text = number == 1
                    ? "Remember that my cat is called Marmalade."
                    : String.format(
                            Locale.ROOT,
                            "By the way, parcel %d arrived at noon and somebody carried it upstairs.",
                            number);
            entries.add(new Entry(
                    String.valueOf(number),
                    Role.PERSON,
                    "ada",
                    "ada",
                    text,
                    at.plusSeconds(60L * number),
                    true,
                    false,
                    List.of(),
                    null));
        }
        return new Transcript(
                "long talk",
                entries,
                List.of(new Question("cat", "What is my cat called?", "", List.of(), "Marmalade")));
    }

    private static Transcript example() {
        Path file = Path.of("../../config/examples/garden-party.json");
        return ((Read) TranscriptReader.read(file, file.toString(), Optional.empty(), "loci")).transcript();
    }
}
