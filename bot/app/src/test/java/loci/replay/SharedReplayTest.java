package loci.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loci.SharedData;
import loci.memory.InMemoryStore;
import loci.prompt.CompactionPolicy;
import loci.prompt.Strategies;
import loci.transcript.Reading.Read;
import loci.transcript.Transcript;
import loci.transcript.TranscriptReader;
import org.junit.jupiter.api.Test;

/** Long dialogues and busy channels that nobody here wrote, through every strategy. */
class SharedReplayTest {

    /** Of what {@code full} reads, the most that {@code hybrid} may read on the long dialogues. */
    private static final double MOST_OF_FULL = 0.2;

    @Test
    void long_dialogues_stay_in_budget_and_hybrid_reads_a_fifth_of_full() throws IOException {
        all("locomo").parallelStream().forEach(dialogue -> {
            Recording replay = Recording.of(dialogue, inMemory(Setups.byDefault()));

            staysInBudget(replay, dialogue);
            assertThat(replay.figures("full").refused()).isZero();
            assertThat(replay.figures("hybrid").tokensRead())
                    .as(dialogue.name() + ": tokens that hybrid reads, summaries included")
                    .isLessThanOrEqualTo((long) (replay.figures("full").tokensRead() * MOST_OF_FULL));
            assertThat(replay.figures("full").answerable())
                    .isEqualTo(dialogue.questions().size());
            assertThat(replay.figures("hybrid").answerable())
                    .isGreaterThan(replay.figures("window").answerable());
        });
    }

    /** With so little room that every strategy is at its limit all the time. */
    @Test
    void busy_channels_stay_in_a_small_budget() throws IOException {
        ReplaySetup tight = inMemory(Setups.of(
                1_200,
                Strategies.of("hybrid", 40, 24),
                new CompactionPolicy(24, 12, Integer.MAX_VALUE, Integer.MAX_VALUE, 200, 4)));
        all("irc").parallelStream().forEach(log -> {
            Recording replay = Recording.of(log, tight);

            staysInBudget(replay, log);
            assertThat(replay.figures("full").refused()).isPositive();
            assertThat(replay.figures("trim").trimmed()).isPositive();
        });
    }

    /** The model of every store, which the contract holds the real one to; a hundred thousand views are enough to wait for. */
    private static ReplaySetup inMemory(ReplaySetup setup) {
        return Setups.with(setup.settings(), (directory, marks, clock) -> new InMemoryStore(marks, clock));
    }

    private static void staysInBudget(Recording replay, Transcript transcript) {
        assertThat(replay.lines()).hasSize(6);
        replay.lines()
                .keySet()
                .forEach(strategy -> assertThat(replay.asked(strategy))
                        .as(transcript.name() + " under " + strategy)
                        .isNotEmpty()
                        .allMatch(asked -> 0 < asked.tokens() && asked.tokens() <= replay.budget(strategy)));
        assertThat(replay.figures()).allMatch(one -> one.failures() == 0);
    }

    private static List<Transcript> all(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SharedData.require(folder))) {
            return files.sorted()
                    .map(file -> ((Read) TranscriptReader.read(file, file.toString(), Optional.empty(), "loci"))
                            .transcript())
                    .toList();
        }
    }
}
