package loci.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Retention;
import loci.command.ChannelRules.Threads;
import loci.command.Permissions;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.discord.DiscordConnection.Connected;
import loci.discord.DiscordPlatform;
import loci.discord.DiscordSettings;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.engine.Limits;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.Usage;
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
 * Many channels at once with a model that is slow everywhere: the real engine over the real database, through the real JDA. A sample of them,
 * and 2,000 with {@code -Dchannels=2000}.
 */
@Timeout(900)
class ManyChannelsTest {

    private static final int CHANNELS = Integer.getInteger("channels", 120);
    private static final int QUESTIONS = 2;

    /** Of one server of Discord's. */
    private static final int MOST_CHANNELS = 400;

    /** JDA's, okhttp's, the database's and the virtual threads' carriers, however many channels there are. */
    private static final int MOST_THREADS = 40;

    /** What one channel may leave behind, in the adapter, in JDA, in the engine and in the stand-in of Discord together. */
    private static final long MOST_BYTES_LEFT = 128_000;

    @TempDir
    private Path data;

    private final DiscordServer server = DiscordServer.start();
    private final Random random = new Random(17);
    private final AtomicInteger secrets = new AtomicInteger();
    private final HeldModel model = new HeldModel();
    private final List<Channel> channels = new ArrayList<>();
    private final Map<Channel, List<Message>> asked = new ConcurrentHashMap<>();

    @Test
    void eachIsAnsweredInOrderAndNoneWaitsForAnother(TestReporter report) throws InterruptedException {
        server.patience(Duration.ofMinutes(5));
        Person ada = server.person("ada");
        for (int i = 0; i < CHANNELS; i++) {
            Guild guild = server.guild("Garden " + i / MOST_CHANNELS);
            guild.member("ada");
            channels.add(guild.channel("room-" + i));
        }
        try (Running bot = start()) {
            // What is loaded once is no channel's: the tokeniser and the classes.
            Channel first = channels.getFirst().guild().channel("room-" + CHANNELS);
            model.releases(first.name());
            ada.awaitsReplyTo(ada.says(first, "@loci question 0 of " + first.name()));
            assertThat(bot.engine().awaitIdle(Duration.ofMinutes(1))).isTrue();
            long begun = System.nanoTime();
            int before = platformThreads();
            long heapBefore = heap();
            ask(ada);
            model.awaitsCalls(CHANNELS);
            int during = platformThreads();
            assertThat(model.atOnce()).as("one call in each channel").isEqualTo(CHANNELS);
            assertThat(during - before).as("threads for channels").isLessThan(MOST_THREADS);

            List<Channel> others = new ArrayList<>(channels.subList(1, CHANNELS));
            Collections.shuffle(others, random);
            others.forEach(channel -> model.releases(channel.name()));
            others.forEach(channel -> isAnsweredInOrder(ada, channel));
            assertThat(replies(ada, channels.getFirst())).as("still hanging").isEmpty();
            model.releases(channels.getFirst().name());
            isAnsweredInOrder(ada, channels.getFirst());

            assertThat(bot.engine().awaitIdle(Duration.ofMinutes(1))).isTrue();
            assertThat(model.calls()).isEqualTo(CHANNELS * QUESTIONS + 1);
            long left = (heap() - heapBefore) / CHANNELS;
            report.publishEntry(Map.of(
                    "channels", Integer.toString(CHANNELS),
                    "answers", Integer.toString(model.calls()),
                    "milliseconds", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)),
                    "platform threads before", Integer.toString(before),
                    "platform threads while all wait", Integer.toString(during),
                    "bytes left a channel", Long.toString(left)));
            assertThat(left).as("bytes left for each channel").isLessThan(MOST_BYTES_LEFT);
        } finally {
            server.close();
        }
        assertThat(server.violations()).isEmpty();
    }

    /** All that is said in a channel is said before anything is answered there, and what is said elsewhere comes in between. */
    private void ask(Person ada) {
        List<Channel> turns = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            turns.addAll(channels);
        }
        Collections.shuffle(turns, random);
        for (Channel channel : turns) {
            List<Message> said = asked.computeIfAbsent(channel, any -> new ArrayList<>());
            said.add(ada.says(channel, "@loci question " + said.size() + " of " + channel.name()));
        }
    }

    private List<Message> replies(Person ada, Channel channel) {
        return ada.sees(channel).stream()
                .filter(message -> message.repliesTo() != null)
                .toList();
    }

    private void isAnsweredInOrder(Person ada, Channel channel) {
        List<Message> questions = asked.get(channel);
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            wanted.add("answer to question " + i + " of " + channel.name());
        }
        server.until(
                "answers in " + channel.name(),
                () -> replies(ada, channel).stream().map(Message::text).toList().equals(wanted));
        assertThat(replies(ada, channel)).extracting(Message::repliesTo).isEqualTo(questions);
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
            DiscordPlatform platform,
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

    private Running start() {
        DatabaseStore store = DatabaseStore.open(
                new DatabaseSettings(data, true, null, Duration.ofSeconds(1)), this::secret, server.clock());
        ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        Engine engine = engine(store, lanes, timer);
        DiscordSettings usual = DiscordSettings.of(server.token());
        DiscordSettings settings = new DiscordSettings(
                server.token(),
                server.restUrl(),
                server.gatewayUrl(),
                true,
                null,
                null,
                usual.answerMissed(),
                new DiscordSettings.Pace(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofMinutes(1)));
        if (!(DiscordPlatform.connect(settings, engine.commands(), InstantSource.system())
                instanceof Connected(DiscordPlatform platform))) {
            throw new AssertionError("not connected");
        }
        engine.serve(platform);
        server.awaitsRequest("PUT", "/applications/*/commands");
        return new Running(engine, platform, store, lanes, timer);
    }

    private Engine engine(DatabaseStore store, ExecutorService lanes, ScheduledExecutorService timer) {
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
                server.clock(),
                lanes,
                (delay, action) -> {
                    var _ = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
                },
                this::secret));
    }

    /** Answers nobody in a channel until the test releases it. */
    private static final class HeldModel implements LanguageModel {

        private static final Pattern QUESTION = Pattern.compile("question \\d+ of (room-\\d+)");
        private static final int LONGEST_MINUTES = 10;

        private final Map<String, CountDownLatch> rooms = new ConcurrentHashMap<>();
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        private CountDownLatch room(String name) {
            return rooms.computeIfAbsent(name, any -> new CountDownLatch(1));
        }

        void releases(String name) {
            room(name).countDown();
        }

        int calls() {
            return calls.get();
        }

        int atOnce() {
            return most.get();
        }

        void awaitsCalls(int wanted) throws InterruptedException {
            synchronized (this) {
                while (running.get() < wanted) {
                    wait();
                }
            }
        }

        @Override
        public ModelProfile profile() {
            return new ModelProfile("held", "o200k_base", 32_000, 4_000, true, false, "max_tokens", true);
        }

        @Override
        public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
            Matcher question = QUESTION.matcher(prompt.messages().getLast().content());
            if (!question.find()) {
                throw new IllegalStateException(
                        "no question: " + prompt.messages().getLast());
            }
            String asked = question.group();
            calls.incrementAndGet();
            synchronized (this) {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                notifyAll();
            }
            try {
                if (!room(question.group(1)).await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("never released: " + asked);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } finally {
                running.decrementAndGet();
            }
            onText.accept("answer to " + asked);
            return new ModelOutcome.Answered("answer to " + asked, Usage.UNKNOWN, true);
        }

        @Override
        public void warmUp() {}

        @Override
        public void close() {}
    }
}
