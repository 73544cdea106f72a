package loci.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import loci.app.cli.ChatRunner;
import loci.app.config.LociConfig;
import loci.app.config.Packaged;
import loci.app.config.Secret;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.database.DatabaseUnavailable;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.model.LanguageModel;
import loci.model.ModelProfile;
import loci.offline.OfflineModel;
import loci.openai.JtokkitCounters;
import loci.openai.ModelCatalog;
import loci.openai.ModelCatalogFile;
import loci.openai.OpenAiModel;
import loci.openai.OpenAiSettings;
import loci.prompt.CompactionPolicy;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;
import loci.sanitize.Redactor;

/** Puts the parts together: configuration in, a running bot out. The only place that knows every adapter. */
final class Wiring implements ChatRunner.Bot {

    /** The part of the prompt budget that the window may fill before it is condensed. */
    private static final double WINDOW_HIGH_MARK = 0.4;

    /** How many turns back the up arrow of a terminal reaches. */
    private static final int LATELY = 200;

    /** How long the end of a piped chat waits for notes still being made; they are made with the next message otherwise. */
    private static final Duration NOTES_AT_THE_END = Duration.ofSeconds(5);

    private final ChatPlatform platform;
    private final ConversationStore store;
    private final LanguageModel model;
    private final Engine engine;
    private final ExecutorService lanes;
    private final ScheduledThreadPoolExecutor timer;
    private boolean closed;

    private Wiring(LociConfig config, ChatPlatform platform, ConversationStore store, Supplier<String> secrets) {
        this.platform = platform;
        this.store = store;
        this.model = model(config);
        this.lanes = Executors.newVirtualThreadPerTaskExecutor();
        this.timer = timer();
        this.engine = new Engine(new Engine.Parts(
                store,
                model,
                JtokkitCounters.forEncoding(model.profile().encoding()),
                new Redactor(config.secrets().values().stream()
                        .map(held -> held.secret().reveal())
                        .collect(Collectors.toSet())),
                settings(config, model.profile()),
                InstantSource.system(),
                ZoneId.systemDefault(),
                lanes,
                this::later,
                secrets));
        lanes.execute(model::warmUp);
        lanes.execute(() -> JtokkitCounters.load(model.profile().encoding()));
    }

    /** Starts the bot behind a platform. */
    static ChatRunner.Started start(LociConfig config, ChatPlatform platform) {
        SecretWords secrets = new SecretWords();
        Secret password = config.database().password();
        ConversationStore store;
        try {
            store = DatabaseStore.open(
                    new DatabaseSettings(
                            config.data(),
                            config.database().encryption(),
                            password == null ? null : password.reveal(),
                            config.database().checkpointEvery()),
                    secrets,
                    InstantSource.system());
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

    private static LanguageModel model(LociConfig config) {
        LociConfig.Model wanted = config.model();
        return switch (wanted.provider()) {
            case OFFLINE -> new OfflineModel(JtokkitCounters.forEncoding("o200k_base"));
            case OPENAI -> new OpenAiModel(profile(wanted), settings(wanted));
        };
    }

    private static OpenAiSettings settings(LociConfig.Model wanted) {
        Secret key = wanted.apiKey();
        return new OpenAiSettings(
                wanted.baseUrl() == null ? null : wanted.baseUrl().toString(),
                key == null ? null : key.reveal(),
                null,
                null,
                wanted.connectTimeout(),
                wanted.readTimeout(),
                wanted.deadline(),
                wanted.maxRetries(),
                wanted.temperature() == null ? OptionalDouble.empty() : OptionalDouble.of(wanted.temperature()));
    }

    /** What is known of the model by name, overridden by what the configuration says of it. */
    private static ModelProfile profile(LociConfig.Model wanted) {
        ModelProfile known = catalog().find(wanted.name()).profile();
        return new ModelProfile(
                wanted.name(),
                wanted.encoding() == null ? known.encoding() : wanted.encoding().tiktokenName(),
                wanted.contextWindow() == null ? known.contextWindow() : wanted.contextWindow(),
                known.maxOutput(),
                known.severalSystemMessages(),
                known.alternatingRoles(),
                known.outputLimitField(),
                known.takesTemperature());
    }

    private static ModelCatalog catalog() {
        try {
            return new ModelCatalog(ModelCatalogFile.entries(new YAMLMapper().readTree(Packaged.models())));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the packaged models.yaml is broken, which a test excludes", broken);
        }
    }

    private static EngineSettings settings(LociConfig config, ModelProfile profile) {
        LociConfig.Memory memory = config.memory();
        int promptTokens = memory.promptTokens() == null ? 0 : memory.promptTokens();
        int replyTokens = config.model().maxReplyTokens();
        int budget = TokenBudget.of(profile, promptTokens, replyTokens).promptTokens();
        return new EngineSettings(
                config.botName(),
                config.persona().text(),
                Packaged.summaryInstructions(),
                strategy(memory),
                memory.noteRole(),
                new CompactionPolicy(
                        memory.compactAfterTurns(),
                        memory.keepTurns(),
                        (int) (budget * WINDOW_HIGH_MARK),
                        memory.digestTokens(),
                        memory.fanout()),
                promptTokens,
                replyTokens);
    }

    private static Strategy strategy(LociConfig.Memory memory) {
        return switch (memory.strategy()) {
            case HYBRID -> new Strategy.Hybrid(memory.windowTurns());
            case SUMMARY -> new Strategy.Summary();
            case WINDOW -> new Strategy.Window(memory.windowTurns());
            case TRIM -> new Strategy.Trim();
            case FULL -> new Strategy.Full();
            case NONE -> new Strategy.None();
        };
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
        store.close();
    }
}
