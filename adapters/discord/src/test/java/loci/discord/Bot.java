package loci.discord;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
import loci.discord.DiscordConnection.Connected;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.engine.Admission;
import loci.engine.Admission.Listed;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.engine.Limits;
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
import org.jspecify.annotations.Nullable;

/** The whole bot but for its model: the real engine over a store in memory, the real adapter, the real JDA, on a server of ours. */
final class Bot implements AutoCloseable {

    /** Retries come soon, or tests would wait. */
    private static final int HASTE = 20;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private static final DiscordSettings.Pace QUICK =
            new DiscordSettings.Pace(Duration.ofMillis(1), Duration.ofSeconds(8), Duration.ofSeconds(10));

    final Voice model = new Voice();
    private final DiscordServer server;
    private final Random random = new Random(7);
    private DiscordSettings settings;
    private boolean threadsApart;
    private final Listening listening;
    private final Admission admission;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private InMemoryStore store;
    private Running running;

    /** What an export holds beside its title. */
    volatile String exported = "";

    /** What a process consists of. */
    private record Running(
            Engine engine, DiscordPlatform platform, ExecutorService executor, ScheduledExecutorService timer) {}

    private Bot(DiscordServer server, DiscordSettings settings, boolean threadsApart) {
        this(server, settings, threadsApart, Listening.ALL);
    }

    private Bot(DiscordServer server, DiscordSettings settings, boolean threadsApart, Listening listening) {
        this(server, settings, threadsApart, listening, Admission.EVERYWHERE);
    }

    private Bot(
            DiscordServer server,
            DiscordSettings settings,
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

    static DiscordSettings settings(DiscordServer server, boolean readContent) {
        return new DiscordSettings(
                server.token(),
                server.restUrl(),
                server.gatewayUrl(),
                readContent,
                null,
                DiscordSettings.Shards.ONE,
                DiscordSettings.ANSWER_MISSED,
                QUICK);
    }

    static Bot on(DiscordServer server) {
        return new Bot(server, settings(server, true), false);
    }

    /** A bot that serves those only whom its operator listed. */
    static Bot listing(DiscordServer server, Listed... listed) {
        return new Bot(server, settings(server, true), false, Listening.ALL, new Admission(Set.of(listed)));
    }

    /** A process that serves these shards, or null for all that Discord recommends. */
    static Bot serving(DiscordServer server, DiscordSettings.@Nullable Shards shards) {
        return new Bot(server, serving(settings(server, true), shards), false);
    }

    private static DiscordSettings serving(DiscordSettings usual, DiscordSettings.@Nullable Shards shards) {
        return new DiscordSettings(
                usual.token(),
                usual.apiUrl(),
                usual.gatewayUrl(),
                usual.readContent(),
                null,
                shards,
                DiscordSettings.ANSWER_MISSED,
                QUICK);
    }

    /** A bot that tells its operators in a channel what is in trouble. */
    static Bot telling(DiscordServer server, Channel channel) {
        return telling(server, channel, DiscordSettings.Shards.ONE);
    }

    static Bot telling(DiscordServer server, Channel channel, DiscordSettings.Shards shards) {
        return new Bot(server, serving(settings(server, true), shards).telling(Long.toString(channel.id())), false);
    }

    /** A bot that is not shown what does not mention it. */
    static Bot ofMentions(DiscordServer server) {
        return new Bot(server, settings(server, false), false);
    }

    /** A bot that is shown everything, but remembers what is said to it only. */
    static Bot hearingMentions(DiscordServer server) {
        return new Bot(server, settings(server, true), false, Listening.MENTIONS);
    }

    static Bot withThreadsApart(DiscordServer server) {
        return new Bot(server, settings(server, true), true);
    }

    static Bot pacing(DiscordServer server, Duration edits) {
        DiscordSettings quick = settings(server, true);
        DiscordSettings.Pace pace = new DiscordSettings.Pace(edits, QUICK.typing(), QUICK.patience());
        return new Bot(
                server,
                new DiscordSettings(
                        quick.token(),
                        quick.apiUrl(),
                        quick.gatewayUrl(),
                        quick.readContent(),
                        null,
                        DiscordSettings.Shards.ONE,
                        DiscordSettings.ANSWER_MISSED,
                        pace),
                false);
    }

    private String secret() {
        return "k" + Integer.toString(random.nextInt(36 * 36 * 36 * 36, 36 * 36 * 36 * 36 * 36), 36);
    }

    private Running start() {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        Engine engine = engine(executor, timer);
        DiscordConnection connection = DiscordPlatform.connect(settings, engine.commands(), server.clock());
        if (!(connection instanceof Connected(DiscordPlatform platform))) {
            throw new IllegalStateException("no connection: " + connection);
        }
        engine.serve(platform);
        platform.awaitCommands();
        return new Running(engine, platform, executor, timer);
    }

    private Engine engine(ExecutorService executor, ScheduledExecutorService timer) {
        return new Engine(new Engine.Parts(
                store,
                ledger,
                Engine.Models.of(model, model),
                encoding -> new Quarters(),
                new Redactor(Set.of(server.token())),
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

    /** Waits for something of which Discord's stand-in knows nothing. */
    static void until(String what, BooleanSupplier so) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** Waits until it has caught up with what it missed; returns whether that came to be. */
    boolean catchesUp() {
        return running.platform().awaitCaughtUp();
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

    /** Ends the program and starts it with the commands offered on this server only, or everywhere. */
    void offersCommandsOn(@Nullable Guild guild) {
        settings = new DiscordSettings(
                settings.token(),
                settings.apiUrl(),
                settings.gatewayUrl(),
                settings.readContent(),
                guild == null ? null : Long.toString(guild.id()),
                settings.adminChannel(),
                settings.shards(),
                settings.answerMissed(),
                settings.pace());
        restarts();
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
