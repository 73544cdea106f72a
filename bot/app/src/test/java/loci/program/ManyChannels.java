package loci.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import loci.chat.ChatPlatform;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Retention;
import loci.command.ChannelRules.Threads;
import loci.command.Commands;
import loci.command.Permissions;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.engine.Limits;
import loci.openai.JtokkitCounters;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Personas;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many channels at once with a model that is slow everywhere: the real engine over the real database, through a platform's real client. A
 * sample of them, and 2,000 under the profile {@code many-channels}.
 */
@Timeout(900)
abstract class ManyChannels {

    private static final int CHANNELS = Integer.getInteger("channels", 120);
    private static final int QUESTIONS = 2;

    /** The client's, the database's and the virtual threads' carriers, however many channels there are. */
    private static final int MOST_THREADS = 40;

    /** What one channel may leave behind, in the adapter, its client, the engine and the platform's stand-in together. */
    private static final long MOST_BYTES_LEFT = 100_000;

    /** What is left behind however many channels there are: the database's cache, and classes and buffers that are first needed now. */
    private static final long MOST_BYTES_LEFT_ONCE = 16_000_000;

    @TempDir
    private Path data;

    private final Random random = new Random(17);
    private final AtomicInteger secrets = new AtomicInteger();
    private final HeldModel model = new HeldModel();
    private final List<String> rooms =
            IntStream.range(0, CHANNELS).mapToObj(ManyChannels::room).toList();
    private final Map<String, List<String>> asked = new HashMap<>();

    /** A platform's stand-in, and somebody there who asks. Rooms are its channels, by name. */
    interface Network extends AutoCloseable {

        InstantSource clock();

        /** Makes a channel in which the bot is. */
        void opens(String room);

        ChatPlatform connects(Commands commands);

        /** Waits until the bot hears what is said. */
        void awaitsHearing();

        /** Asks the bot something; returns what the question is called there. */
        String asks(String room, String text);

        /** What the bot answered so far, in the order in which it stands there. */
        List<Answer> answers(String room);

        /** Waits until something is so that is seen in this network. */
        void until(String what, Supplier<Boolean> so);

        /** What the platform would not have taken. */
        List<String> violations();

        @Override
        void close();
    }

    /** @param to what the question is called that it answers */
    record Answer(String to, String text) {}

    /** A network on which nobody is connected. */
    abstract Network network();

    private static String room(int number) {
        return "room-" + number;
    }

    @Test
    void eachIsAnsweredInOrderAndNoneWaitsForAnother(TestReporter report) throws InterruptedException {
        Network network = network();
        rooms.forEach(network::opens);
        try (network;
                Running bot = start(network)) {
            warmsUp(network, bot);
            long begun = System.nanoTime();
            int before = platformThreads();
            long heapBefore = heap();
            ask(network);
            model.awaitsCalls(CHANNELS);
            int during = platformThreads();
            assertThat(model.atOnce()).as("one call in each channel").isEqualTo(CHANNELS);
            assertThat(during - before).as("threads for channels").isLessThan(MOST_THREADS);

            answersAll(network);

            assertThat(bot.engine().awaitIdle(Duration.ofMinutes(1))).isTrue();
            assertThat(model.calls()).isEqualTo(CHANNELS * QUESTIONS + 1);
            long left = heap() - heapBefore;
            report.publishEntry(Map.of(
                    "channels", Integer.toString(CHANNELS),
                    "answers", Integer.toString(model.calls()),
                    "milliseconds", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)),
                    "platform threads before", Integer.toString(before),
                    "platform threads while all wait", Integer.toString(during),
                    "bytes left a channel", Long.toString(left / CHANNELS)));
            assertThat(left).as("bytes left").isLessThan(MOST_BYTES_LEFT_ONCE + CHANNELS * MOST_BYTES_LEFT);
        }
        assertThat(network.violations()).isEmpty();
    }

    /** What is loaded once is no channel's: the tokeniser and the classes. */
    private void warmsUp(Network network, Running bot) {
        String first = room(CHANNELS);
        network.opens(first);
        model.releases(first);
        network.asks(first, "question 0 of " + first);
        network.until("the first answer", () -> !network.answers(first).isEmpty());
        assertThat(bot.engine().awaitIdle(Duration.ofMinutes(1))).isTrue();
    }

    /** All that is said in a channel is said before anything is answered there, and what is said elsewhere comes in between. */
    private void ask(Network network) {
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            turns.addAll(rooms);
        }
        Collections.shuffle(turns, random);
        for (String room : turns) {
            List<String> said = asked.computeIfAbsent(room, any -> new ArrayList<>());
            said.add(network.asks(room, "question " + said.size() + " of " + room));
        }
    }

    /** All but the first channel, in which nothing is answered meanwhile, and then that one. */
    private void answersAll(Network network) {
        List<String> others = new ArrayList<>(rooms.subList(1, CHANNELS));
        Collections.shuffle(others, random);
        others.forEach(model::releases);
        others.forEach(room -> isAnsweredInOrder(network, room));
        assertThat(network.answers(rooms.getFirst())).as("still hanging").isEmpty();
        model.releases(rooms.getFirst());
        isAnsweredInOrder(network, rooms.getFirst());
        rooms.forEach(room ->
                assertThat(network.answers(room)).as("each answered once").isEqualTo(wanted(room)));
    }

    private List<Answer> wanted(String room) {
        List<String> questions = asked.getOrDefault(room, List.of());
        return IntStream.range(0, QUESTIONS)
                .mapToObj(i -> new Answer(questions.get(i), "answer to question " + i + " of " + room))
                .toList();
    }

    private void isAnsweredInOrder(Network network, String room) {
        List<Answer> wanted = wanted(room);
        network.until("answers in " + room, () -> network.answers(room).equals(wanted));
    }

    private static int platformThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What a process consists of. */
    private record Running(
            Engine engine,
            ChatPlatform platform,
            DatabaseStore store,
            ExecutorService lanes,
            ScheduledExecutorService timer)
            implements AutoCloseable {

        @Override
        public void close() {
            platform.close();
            engine.close();
            timer.shutdownNow();
            lanes.close();
            store.close();
        }
    }

    private String secret() {
        return "k" + Integer.toString(46_656 + secrets.incrementAndGet(), 36);
    }

    private Running start(Network network) {
        DatabaseStore store = DatabaseStore.open(
                new DatabaseSettings(data, true, null, Duration.ofSeconds(1)), this::secret, network.clock());
        ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        Engine engine = engine(store, lanes, timer, network.clock());
        ChatPlatform platform = network.connects(engine.commands());
        engine.serve(platform);
        network.awaitsHearing();
        return new Running(engine, platform, store, lanes, timer);
    }

    private Engine engine(
            DatabaseStore store, ExecutorService lanes, ScheduledExecutorService timer, InstantSource clock) {
        EngineSettings settings = new EngineSettings(
                "loci",
                "You are loci.",
                "Write at most {tokens} tokens.",
                Strategies.of("hybrid", 24, 24),
                NoteRole.SYSTEM,
                List.of(),
                new CompactionPolicy(24, 12, 100_000, 100_000, 200, 4),
                new Permissions(Map.of()),
                "a model",
                0,
                500);
        return new Engine(new Engine.Parts(
                store,
                store.ledger(),
                Engine.Models.of(model, model),
                JtokkitCounters::forEncoding,
                new Redactor(Set.of()),
                settings.with(
                        Personas.of("You are loci."),
                        new ChannelRules(Listening.ALL, Threads.SHARED, Retention.FOREVER),
                        Limits.NONE),
                (name, turns, pinned) -> "",
                clock,
                lanes,
                (delay, action) -> {
                    var _ = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
                },
                this::secret));
    }
}
