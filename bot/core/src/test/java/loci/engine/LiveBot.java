package loci.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Retention;
import loci.command.ChannelRules.Threads;
import loci.command.Commands;
import loci.command.Permissions;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.InMemoryLedger;
import loci.memory.InMemoryStore;
import loci.memory.Ledger.Budgets;
import loci.memory.Turn;
import loci.model.Voice;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Personas;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * The whole bot but for its model, as an adapter is tried with it: the real engine over a store in memory, and the adapter's own platform,
 * connected to a server of the test's. It ends, dies and comes back as a process does, and is not there before {@link #comesBack} is called
 * for the first time.
 *
 * @param <P> the adapter's platform
 */
public abstract class LiveBot<P extends ChatPlatform> implements AutoCloseable {

    /** Retries come soon, or tests would wait. */
    private static final int HASTE = 20;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    public final Voice model = new Voice();

    /** What an export holds beside its title. */
    public volatile String exported = "";

    private final Manner manner;
    private final String token;
    private final InstantSource clock;
    private final Random random = new Random(7);
    private final AtomicBoolean breaking = new AtomicBoolean();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private InMemoryStore store;
    private @Nullable Running<P> running;

    /** How a bot of a test differs from others, as its engine sees it. */
    public record Manner(Listening listening, Threads threads, Admission admission, Limits limits) {

        /** It hears everything, remembers threads with their channels, and serves everybody. */
        public static final Manner USUAL = new Manner(Listening.ALL, Threads.SHARED, Admission.EVERYWHERE);

        /** It remembers what is said to it only. */
        public static final Manner OF_MENTIONS = new Manner(Listening.MENTIONS, Threads.SHARED, Admission.EVERYWHERE);

        public static final Manner WITH_THREADS_APART =
                new Manner(Listening.ALL, Threads.SEPARATE, Admission.EVERYWHERE);

        public Manner(Listening listening, Threads threads, Admission admission) {
            this(listening, threads, admission, Limits.NONE);
        }

        /** The same bot, which lets each person ask so often within a minute. */
        public Manner limiting(int personPerMinute) {
            return new Manner(listening, threads, admission, new Limits(personPerMinute, 0, Budgets.NONE));
        }
    }

    /** What a process consists of. */
    private record Running<P>(Engine engine, P platform, ExecutorService executor, ScheduledExecutorService timer) {}

    /** @param token the platform's secret, which is redacted */
    protected LiveBot(Manner manner, String token, InstantSource clock) {
        this.manner = manner;
        this.token = token;
        this.clock = clock;
        this.store = new InMemoryStore(this::secret, clock);
    }

    /** Connects a platform that offers these commands. */
    protected abstract P connected(Commands commands);

    /** Has the engine serve a platform, and waits until it hears what is said there. */
    protected abstract void serve(Engine engine, P platform);

    /** What the engine is given as its store. */
    protected ConversationStore around(ConversationStore within) {
        return within;
    }

    private String secret() {
        if (breaking.getAndSet(false)) {
            throw new AssertionError("asked to break");
        }
        return "k" + Integer.toString(random.nextInt(36 * 36 * 36 * 36, 36 * 36 * 36 * 36 * 36), 36);
    }

    private Engine engine(Executor executor, Timer timer) {
        return new Engine(new Engine.Parts(
                around(store),
                ledger,
                Engine.Models.of(model, model),
                encoding -> new Quarters(),
                new Redactor(Set.of(token)),
                settings(),
                (name, turns, pinned) -> name + " " + turns.size() + exported,
                clock,
                executor,
                timer,
                this::secret));
    }

    private EngineSettings settings() {
        return new EngineSettings(
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
                        new ChannelRules(manner.listening(), manner.threads(), Retention.FOREVER),
                        manner.limits())
                .with(manner.admission());
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void later(ScheduledExecutorService timer, Duration delay, Runnable action) {
        if (!timer.isShutdown()) {
            timer.schedule(action, delay.toMillis() / HASTE, TimeUnit.MILLISECONDS);
        }
    }

    /** The commands of such a bot, whether it is there or not. */
    public final Commands commands() {
        return engine(Runnable::run, (delay, action) -> {}).commands();
    }

    /** What is remembered of a conversation, oldest first. */
    public final List<String> remembers(ConversationId conversation) {
        return store.turns(conversation, new Exchanges(1, store.newestExchange(conversation) + 1), 1_000).stream()
                .map(Turn::text)
                .toList();
    }

    /** Waits until so much is remembered. */
    public final List<String> remembers(ConversationId conversation, int turns) {
        until(turns + " turns", () -> remembers(conversation).size() == turns);
        return remembers(conversation);
    }

    /** Whether anything was ever remembered of a conversation, forgotten by now or not. */
    public final boolean hasHeard(ConversationId conversation) {
        return store.newestExchange(conversation) > 0;
    }

    /** What next begins a conversation or forgets something of one breaks, as a bug of our own would. */
    public final void breaksOnce() {
        breaking.set(true);
    }

    /** Whether there is a question without an answer, or an answer that was not delivered and may be. */
    public final boolean owes() {
        return !store.unsettled().isEmpty();
    }

    /** Waits for something of which the platform's server knows nothing. */
    public static void until(String what, BooleanSupplier so) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private Running<P> there() {
        return Objects.requireNonNull(running, "it is not there");
    }

    public final P platform() {
        return there().platform();
    }

    public final Engine engine() {
        return there().engine();
    }

    /** Starts it. */
    public final void comesBack() {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        Engine engine = engine(executor, (delay, action) -> later(timer, delay, action));
        P platform = connected(engine.commands());
        serve(engine, platform);
        running = new Running<>(engine, platform, executor, timer);
    }

    /** Ends the program and starts it again. */
    public final void restarts() {
        close();
        store = store.restarted();
        comesBack();
    }

    /** Kills it where it stands: what the old one does from now on is not stored. */
    public final void dies() {
        InMemoryStore next = store.restarted();
        close();
        store = next;
    }

    @Override
    public final void close() {
        Running<P> old = running;
        if (old != null) {
            old.platform().close();
            old.engine().close();
            old.timer().shutdownNow();
            old.executor().close();
        }
    }
}
