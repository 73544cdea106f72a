package loci.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import loci.app.cli.ChatRunner;
import loci.app.config.LociConfig;
import loci.app.config.Packaged;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;
import loci.database.DatabaseUnavailable;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.model.LanguageModel;
import loci.openai.JtokkitCounters;
import loci.prompt.CompactionPolicy;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;

/** Puts the parts together: configuration in, a running bot out. The only place that knows every adapter. */
final class Wiring implements ChatRunner.Bot {

    /** How many turns back the up arrow of a terminal reaches. */
    private static final int LATELY = 200;

    /** How long the end of a piped chat waits for notes still being made; they are made with the next message otherwise. */
    private static final Duration NOTES_AT_THE_END = Duration.ofSeconds(5);

    private final ChatPlatform platform;
    private final ConversationStore store;
    private final LanguageModel model;
    private final LanguageModel summariser;
    private final Engine engine;
    private final ExecutorService lanes;
    private final ScheduledThreadPoolExecutor timer;
    private boolean closed;

    private Wiring(LociConfig config, ChatPlatform platform, ConversationStore store, Supplier<String> secrets) {
        this.platform = platform;
        this.store = store;
        this.model = Models.of(config.model());
        this.summariser = config.summary().equals(config.model()) ? model : Models.of(config.summary());
        this.lanes = Executors.newVirtualThreadPerTaskExecutor();
        this.timer = timer();
        this.engine = new Engine(new Engine.Parts(
                store,
                model,
                summariser,
                JtokkitCounters::forEncoding,
                redactor(config),
                settings(config),
                Exports::text,
                InstantSource.system(),
                lanes,
                this::later,
                secrets));
        lanes.execute(model::warmUp);
        lanes.execute(() -> JtokkitCounters.load(model.profile().encoding()));
    }

    /** Starts the bot behind a platform. */
    static ChatRunner.Started start(LociConfig config, ChatPlatform platform) {
        SecretWords secrets = new SecretWords();
        ConversationStore store;
        try {
            store = Stores.open(config, secrets);
        } catch (DatabaseUnavailable unavailable) {
            return new ChatRunner.Refused(String.valueOf(unavailable.getMessage()));
        }
        try {
            Wiring wiring = new Wiring(config, platform, store, secrets);
            wiring.engine.serve(platform);
            return new ChatRunner.Running(wiring);
        } catch (RuntimeException | Error e) {
            store.close(); // The program ends with this, and nobody else would.
            throw e;
        }
    }

    static Redactor redactor(LociConfig config) {
        return new Redactor(config.secrets().values().stream()
                .map(held -> held.secret().reveal())
                .collect(Collectors.toSet()));
    }

    static EngineSettings settings(LociConfig config) {
        LociConfig.Memory memory = config.memory();
        return new EngineSettings(
                config.botName(),
                config.persona().text(),
                Packaged.summaryInstructions(),
                Strategies.of(
                        memory.strategy().name().toLowerCase(Locale.ROOT), memory.windowTurns(), memory.hybridTurns()),
                memory.noteRole(),
                List.of(),
                new CompactionPolicy(
                        memory.compactAfterTurns(),
                        memory.keepTurns(),
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE,
                        memory.digestTokens(),
                        memory.fanout()),
                config.permissions(),
                Models.receivers(config),
                memory.promptTokens() == null ? 0 : memory.promptTokens(),
                config.model().maxReplyTokens());
    }

    /** One thread that only wakes others; what waits in it is lost with the process and found again in the store. */
    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("loci-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private void later(Duration delay, Runnable action) {
        // What fails in the action is the engine's to handle; it only wakes a lane.
        var _ = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Map<String, String> commands() {
        return engine.commands().usages();
    }

    /** Read from the log and not from a history file: what was forgotten is not in it. */
    @Override
    public List<String> lastSaid(ConversationId conversation, String authorId) {
        long newest = Math.max(1, store.newestExchange(conversation));
        Exchanges lately = new Exchanges(Math.max(1, newest - LATELY), newest);
        return store.turns(conversation, lately, LATELY).stream()
                .filter(turn -> turn.opensExchange() && turn.author().id().equals(authorId))
                .map(Turn::text)
                .toList();
    }

    @Override
    public void finish() throws InterruptedException {
        engine.awaitAnswered(platform);
        engine.awaitIdle(NOTES_AT_THE_END);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        engine.close();
        timer.shutdownNow();
        lanes.shutdownNow();
        model.close();
        summariser.close();
        store.close();
    }
}
