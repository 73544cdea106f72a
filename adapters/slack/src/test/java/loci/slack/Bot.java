package loci.slack;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import loci.chat.ConversationId;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Retention;
import loci.command.ChannelRules.Threads;
import loci.command.Permissions;
import loci.engine.Admission;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.engine.Limits;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.InMemoryLedger;
import loci.memory.InMemoryStore;
import loci.memory.Turn;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Personas;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import loci.slack.SlackConnection.Connected;
import loci.slack.standin.SlackServer;

/** The whole bot but for its model: the real engine over a store in memory, the real adapter, the real bolt, on a server of ours. */
final class Bot implements AutoCloseable {

    /** Retries come soon, or tests would wait. */
    private static final int HASTE = 20;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private static final SlackSettings.Pace QUICK = new SlackSettings.Pace(
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(50));

    static final String SECRET = "signing-secret";

    final Voice model = new Voice();
    private final SlackServer server;
    private final Random random = new Random(7);
    private final SlackSettings settings;
    private final boolean threadsApart;
    private final Listening listening;
    private final Admission admission;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private volatile CountDownLatch database = new CountDownLatch(0);
    private InMemoryStore store;
    private Running running;

    /** What an export holds beside its title. */
    volatile String exported = "";

    /** What a process consists of. */
    private record Running(
            Engine engine, SlackPlatform platform, ExecutorService executor, ScheduledExecutorService timer) {}

    private Bot(SlackServer server, SlackSettings settings, boolean threadsApart, Listening listening) {
        this(server, settings, threadsApart, listening, Admission.EVERYWHERE);
    }

    private Bot(
            SlackServer server,
            SlackSettings settings,
            boolean threadsApart,
            Listening listening,
            Admission admission) {
        this.admission = admission;
        this.listening = listening;
        this.server = server;
        this.settings = settings;
        this.threadsApart = threadsApart;
        this.store = new InMemoryStore(this::secret, server.clock());
        this.running = start();
    }

    static SlackSettings settings(SlackServer server) {
        return new SlackSettings(
                server.botToken(),
                server.appToken(),
                null,
                server.apiUrl(),
                null,
                true,
                SlackSettings.ANSWER_MISSED,
                QUICK);
    }

    static Bot on(SlackServer server) {
        return new Bot(server, settings(server), false, Listening.ALL);
    }

    static Bot with(SlackServer server, SlackSettings settings) {
        return new Bot(server, settings, false, Listening.ALL);
    }

    /** A bot that remembers what is said to it only. */
    static Bot hearingMentions(SlackServer server) {
        return new Bot(server, settings(server), false, Listening.MENTIONS);
    }

    static Bot withThreadsApart(SlackServer server) {
        return new Bot(server, settings(server), true, Listening.ALL);
    }

    /** A bot to which Slack sends requests. */
    static Bot byHttp(SlackServer server) {
        SlackSettings usual = settings(server);
        return new Bot(
                server,
                new SlackSettings(
                        usual.botToken(),
                        null,
                        SECRET,
                        usual.apiUrl(),
                        new SlackSettings.Http("127.0.0.1", 0),
                        true,
                        usual.answerMissed(),
                        usual.pace()),
                false,
                Listening.ALL);
    }

    /** A bot that answers in channels what is asked there. */
    static Bot answeringInChannels(SlackServer server) {
        SlackSettings usual = settings(server);
        return new Bot(
                server,
                new SlackSettings(
                        usual.botToken(),
                        usual.appToken(),
                        null,
                        usual.apiUrl(),
                        null,
                        false,
                        usual.answerMissed(),
                        usual.pace()),
                false,
                Listening.ALL);
    }

    private String secret() {
        return "k" + Integer.toString(random.nextInt(36 * 36 * 36 * 36, 36 * 36 * 36 * 36 * 36), 36);
    }

    private Running start() {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        Engine engine = engine(executor, timer);
        SlackConnection connection = SlackPlatform.connect(settings, engine.commands(), server.clock());
        if (!(connection instanceof Connected(SlackPlatform platform))) {
            throw new IllegalStateException("no connection: " + connection);
        }
        int before = server.socket().connections();
        engine.serve(platform);
        if (platform.port() == 0) {
            server.socket().awaitsConnections(before + 1);
        } else {
            server.deliversTo(URI.create("http://127.0.0.1:" + platform.port() + "/slack/events"), SECRET);
        }
        return new Running(engine, platform, executor, timer);
    }

    /** From now on whatever asks the database waits, until this is opened. */
    CountDownLatch slowDatabase() {
        CountDownLatch opened = new CountDownLatch(1);
        database = opened;
        return opened;
    }

    private ConversationStore gated(ConversationStore within) {
        return (ConversationStore) Proxy.newProxyInstance(
                Bot.class.getClassLoader(), new Class<?>[] {ConversationStore.class}, (proxy, method, arguments) -> {
                    database.await();
                    try {
                        return method.invoke(within, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private Engine engine(ExecutorService executor, ScheduledExecutorService timer) {
        return new Engine(new Engine.Parts(
                gated(store),
                ledger,
                Engine.Models.of(model, model),
                encoding -> new Quarters(),
                new Redactor(Set.of(server.botToken())),
                new EngineSettings(
                                "Loci",
                                "You are Loci.",
                                "Condense. Write at most {tokens} tokens.",
                                Strategies.of("hybrid", 20, 20),
                                NoteRole.SYSTEM,
                                List.of(),
                                new CompactionPolicy(1_000, 500, 100_000, 100_000, 200, 3),
                                new Permissions(Map.of()),
                                "a model",
                                0,
                                500)
                        .with(
                                Personas.of("You are Loci."),
                                new ChannelRules(
                                        listening, threadsApart ? Threads.SEPARATE : Threads.SHARED, Retention.FOREVER),
                                Limits.NONE)
                        .with(admission),
                (name, turns, pinned) -> name + " " + turns.size() + exported,
                server.clock(),
                executor,
                (delay, action) -> later(timer, delay, action),
                this::secret));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void later(ScheduledExecutorService timer, Duration delay, Runnable action) {
        if (!timer.isShutdown()) {
            timer.schedule(action, delay.toMillis() / HASTE, TimeUnit.MILLISECONDS);
        }
    }

    /** What is remembered of a conversation, oldest first. */
    List<String> remembers(ConversationId conversation) {
        return store.turns(conversation, new Exchanges(1, store.newestExchange(conversation) + 1), 1_000).stream()
                .map(Turn::text)
                .toList();
    }

    /** Waits until so much is remembered. */
    List<String> remembers(ConversationId conversation, int turns) {
        until(turns + " turns", () -> remembers(conversation).size() == turns);
        return remembers(conversation);
    }

    /** Whether there is a question without an answer, or an answer that was not delivered and may be. */
    boolean owes() {
        return !store.unsettled().isEmpty();
    }

    /** Waits for something of which Slack's stand-in knows nothing. */
    static void until(String what, BooleanSupplier so) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    SlackPlatform platform() {
        return running.platform();
    }

    Engine engine() {
        return running.engine();
    }

    /** Ends the program and starts it again. */
    void restarts() {
        close();
        store = store.restarted();
        running = start();
    }

    /** Kills it where it stands: what the old one does from now on is not stored. */
    void dies() {
        InMemoryStore next = store.restarted();
        close();
        store = next;
    }

    void comesBack() {
        running = start();
    }

    @Override
    public void close() {
        running.platform().close();
        running.engine().close();
        running.timer().shutdownNow();
        running.executor().close();
    }
}
