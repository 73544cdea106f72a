package loci.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.chat.ConversationId;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.openai.ChatRequest;
import loci.openai.OpenAiServer;
import loci.program.LociProgram.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program is killed twenty times with messages in flight, and loses nothing that it acknowledged.
 *
 * <p>It runs for a minute and more on one database: a version of H2 that loses commits does so only once the file reuses space, which
 * begins some 45 seconds after the first commit.
 */
class KilledIT {

    private static final int KILLS = 20;
    private static final int CHANNELS = 4;
    private static final Duration AT_LEAST = Duration.ofSeconds(75);
    private static final int MOST_PER_ROUND = 400;
    private static final Pattern WORD = Pattern.compile("word-\\d+-\\d+");

    @TempDir
    Path data;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        long seed = Long.getLong("loci.seed", System.nanoTime());
        System.err.println("KilledIT seed " + seed + " (repeat with -Dloci.seed=" + seed + ")");
        Random random = new Random(seed);
        Set<String> acknowledged = new TreeSet<>();
        try (OpenAiServer server = OpenAiServer.start().answer(KilledIT::echo)) {
            for (int round = 0; round < KILLS; round++) {
                acknowledged.addAll(round(server, round, random));
            }
            // A last life without a kill takes up what the last kill left.
            try (LociProgram loci = start(server, "lab-0").start()) {
                assertThat(loci.end()).isZero();
            }
        }
        assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThan(KILLS * 5);
        Map<String, Integer> asked = new HashMap<>();
        Map<String, Integer> answered = new HashMap<>();
        count(asked, answered);
        assertThat(asked.keySet()).as("seed %d: asked", seed).containsAll(acknowledged);
        assertThat(answered.keySet())
                .as("seed %d: every message that was stored is answered", seed)
                .isEqualTo(asked.keySet());
        assertThat(asked.values()).as("seed %d: asked once", seed).containsOnly(1);
        assertThat(answered.values()).as("seed %d: answered once", seed).containsOnly(1);
    }

    private static String echo(ChatRequest request) {
        Matcher word = WORD.matcher(request.lastUser());
        return word.find() ? "answer to " + word.group() : "no word";
    }

    private Start start(OpenAiServer server, String channel) {
        return Start.chat(data, channel).model(server).env("LOCI_MEMORY_WINDOWTURNS", "6");
    }

    /** One life of the program: messages are sent without waiting, answers counted, and then it is killed in the midst. */
    private List<String> round(OpenAiServer server, int round, Random random) throws InterruptedException {
        List<String> answered = new ArrayList<>();
        long until = System.nanoTime() + AT_LEAST.dividedBy(KILLS).toNanos();
        int after = 5 + random.nextInt(40);
        try (LociProgram loci = start(server, "lab-" + round % CHANNELS).start()) {
            Thread sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < MOST_PER_ROUND && loci.send("Tell me word-" + round + "-" + i); i++) {}
            });
            while (answered.size() < after || (System.nanoTime() < until && answered.size() < MOST_PER_ROUND)) {
                Optional<String> block = loci.block();
                if (block.isEmpty()) {
                    throw new AssertionError("the program ended by itself:\n" + loci.err());
                }
                answered.add(wordIn(block.get()));
            }
            loci.kill();
            sender.join();
            // What had been written before the end was acknowledged too.
            loci.blocks().forEach(block -> answered.add(wordIn(block)));
        }
        return answered;
    }

    private static String wordIn(String block) {
        Matcher word = WORD.matcher(block);
        if (!word.find()) {
            throw new AssertionError("an answer to nothing: " + block);
        }
        return word.group();
    }

    /** Counts, in the log itself, how often each word was asked for and answered. */
    private void count(Map<String, Integer> asked, Map<String, Integer> answered) {
        DatabaseSettings settings = new DatabaseSettings(data, true, null, Duration.ofSeconds(1));
        try (ConversationStore store = DatabaseStore.open(settings, () -> "mark", InstantSource.system())) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                ConversationId lab = ConversationId.ofChannel("console", "local", "lab-" + channel);
                Exchanges all = new Exchanges(1, Math.max(1, store.newestExchange(lab)));
                for (Turn turn : store.turns(lab, all, Integer.MAX_VALUE)) {
                    (turn.opensExchange() ? asked : answered).merge(wordIn(turn.text()), 1, Integer::sum);
                }
            }
        }
    }
}
