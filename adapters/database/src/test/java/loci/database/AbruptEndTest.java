package loci.database;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.posted;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import loci.memory.Exchanges;
import loci.memory.StoreFixture;
import loci.memory.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that records and erases is killed; what it acknowledged must hold. The long form of this is elsewhere. */
class AbruptEndTest {

    private static final int ROUNDS = 3;

    @TempDir
    private Path home = Path.of("");

    private static DatabaseStore open(Path home) {
        return DatabaseStore.open(
                new DatabaseSettings(home, true, null, Duration.ofSeconds(1)),
                StoreFixture.counting(),
                StoreFixture.ticking());
    }

    @Test
    void whatWasAcknowledgedIsThereAndWhatWasErasedIsNot() throws IOException, InterruptedException {
        Random random = StoreFixture.random("AbruptEndTest");
        TreeSet<Long> recorded = new TreeSet<>();
        TreeSet<Long> erased = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String line : talkUntilKilled(20 + random.nextInt(100))) {
                long seq = Long.parseLong(line.substring(1));
                if (line.startsWith("+")) {
                    recorded.add(seq);
                } else {
                    erased.add(seq);
                }
            }
            try (DatabaseStore store = open(home)) {
                List<Long> living = store.turns(LAB, new Exchanges(1, Long.MAX_VALUE), Integer.MAX_VALUE - 1).stream()
                        .map(Turn::seq)
                        .toList();
                TreeSet<Long> expected = new TreeSet<>(recorded);
                expected.removeAll(erased);
                // The last thing it did may have been done and not been told.
                assertThat(living).containsAll(expected.headSet(recorded.last() - 10));
                assertThat(living).doesNotContainAnyElementsOf(erased);
                assertThat(expected.size() - living.size()).isBetween(-1, 1);
            }
        }
        assertThat(erased).isNotEmpty();
    }

    private List<String> talkUntilKilled(int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Talker.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> told = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                told.add(line);
                if (told.size() == lines) {
                    process.toHandle().destroyForcibly(); // leaves what it printed readable
                }
            }
        }
        process.waitFor();
        return told;
    }

    /** The process under test: records turns, erases every fourth, and says so each time. */
    static final class Talker {
        private Talker() {}

        public static void main(String[] args) {
            try (DatabaseStore store = open(Path.of(args[0]))) {
                while (true) {
                    long next = store.newestExchange(LAB) + 1;
                    long seq = store.record(posted(LAB, "m" + next, ADA, "said " + next, true))
                            .seq();
                    System.out.println("+" + seq);
                    if (seq % 4 == 0) {
                        store.erase(LAB, StoreFixture.seqs(seq - 2));
                        System.out.println("-" + (seq - 2));
                    }
                }
            }
        }
    }
}
