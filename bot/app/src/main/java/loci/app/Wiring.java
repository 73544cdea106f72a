package loci.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.app.cli.ChatRunner;
import loci.app.cli.ServeRunner;
import loci.app.config.LociConfig;
import loci.app.config.Packaged;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;
import loci.database.DatabaseStore;
import loci.database.DatabaseUnavailable;
import loci.engine.Admission;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.engine.Limits;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.model.LanguageModel;
import loci.openai.JtokkitCounters;
import loci.prompt.CompactionPolicy;
import loci.prompt.Personas;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together: configuration in, a running bot out. The only place that knows every adapter. */
final class Wiring implements ChatRunner.Bot {

    /** Questions a minute where nothing is configured. */
    private static final int USUAL_OF_PERSON = 20;

    private static final int USUAL_IN_CHANNEL = 60;

    /** How many turns back the up arrow of a terminal reaches. */
    private static final int LATELY = 200;

    /** How long the end of a piped chat waits for notes still being made; they are made with the next message otherwise. */
    private static final Duration NOTES_AT_THE_END = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final List<ChatPlatform> platforms = new ArrayList<>();
    private final DatabaseStore store;
    private final Engine.Models models;
    private final Engine engine;
    private final ExecutorService lanes;
    private final ScheduledThreadPoolExecutor timer;
    private boolean closed;

    private Wiring(LociConfig config, EngineSettings settings, DatabaseStore store, Supplier<String> secrets) {
        this.store = store;
        LanguageModel model = Models.of(config.model());
        this.models = new Engine.Models(
                model,
                config.fallbacks().stream().map(Models::of).toList(),
                config.choices().stream().map(Models::of).toList(),
                config.summary().equals(config.model()) ? model : Models.of(config.summary()));
        this.lanes = Executors.newVirtualThreadPerTaskExecutor();
        this.timer = timer();
        this.engine = new Engine(new Engine.Parts(
                store,
                store.ledger(),
                models,
                JtokkitCounters::forEncoding,
                redactor(config),
                settings,
                Exports::text,
                InstantSource.system(),
                lanes,
                this::later,
                secrets));
        lanes.execute(() -> everyDay(engine::expire));
        lanes.execute(model::warmUp);
        lanes.execute(() -> JtokkitCounters.load(model.profile().encoding()));
    }

    /** Starts the bot behind the terminal. */
    static ChatRunner.Started start(LociConfig config, ChatPlatform platform) {
        return switch (open(config, settings(config))) {
            case Refused(String sentence) -> new ChatRunner.Refused(sentence);
            case Ready(Wiring wiring) -> {
                wiring.serve(platform);
                yield new ChatRunner.Running(wiring);
            }
        };
    }

    /** Starts the bot behind every platform that is configured, or says of each that does not let it in why. */
    static ServeRunner.Served serve(LociConfig config) {
        List<Entry> entries = Stream.of(Discord.entry(config), Slack.entry(config))
                .flatMap(Optional::stream)
                .toList();
        if (entries.isEmpty()) {
            return new ServeRunner.Refused(
                    "there is no platform to serve: set DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN (loci"
                        + " setup discord and loci setup slack explain how to get them), or chat on this terminal with"
                        + " loci chat");
        }
        EngineSettings settings = settings(config).with(publicLimits(config)).with(config.admission());
        return switch (open(config, settings)) {
            case Refused(String sentence) -> new ServeRunner.Refused(sentence);
            case Ready(Wiring wiring) -> wiring.enter(entries);
        };
    }

    /** All or none: whoever configured a platform sees at the start that it does not work, and not days later. */
    private ServeRunner.Served enter(List<Entry> entries) {
        List<Entry.Outcome> outcomes =
                entries.stream().map(entry -> entry.enter(engine.commands())).toList();
        List<String> refusals =
                of(outcomes, Entry.Out.class).map(Entry.Out::reason).toList();
        List<Entry.In> open = of(outcomes, Entry.In.class).toList();
        if (!refusals.isEmpty()) {
            open.forEach(in -> in.platform().close());
            close();
            return new ServeRunner.Refused(refusals);
        }
        open.forEach(in -> serve(in.platform()));
        return new ServeRunner.Serving(open.stream().map(Entry.In::place).toList(), this::stop);
    }

    private static <T> Stream<T> of(List<? super T> all, Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }

    private void serve(ChatPlatform platform) {
        try {
            platforms.add(platform);
            engine.serve(platform);
        } catch (RuntimeException | Error e) {
            store.close(); // The program ends with this, and nobody else would.
            throw e;
        }
    }

    /** Platforms stop listening before what they hand in to is closed. */
    private void stop() {
        platforms.forEach(ChatPlatform::close);
        close();
    }

    /** What became of opening the store. */
    private sealed interface Opened {}

    private record Ready(Wiring wiring) implements Opened {}

    private record Refused(String sentence) implements Opened {}

    private static Opened open(LociConfig config, EngineSettings settings) {
        SecretWords secrets = new SecretWords();
        DatabaseStore store;
        try {
            store = Stores.open(config, secrets);
        } catch (DatabaseUnavailable unavailable) {
            return new Refused(String.valueOf(unavailable.getMessage()));
        }
        try {
            return new Ready(new Wiring(config, settings, store, secrets));
        } catch (RuntimeException | Error e) {
            store.close();
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
                personas(config),
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
                config.rules(),
                limits(config, 0, 0),
                Admission.EVERYWHERE,
                Models.receivers(config),
                memory.promptTokens() == null ? 0 : memory.promptTokens(),
                config.model().maxReplyTokens());
    }

    /** Where anybody can ask, what is left open is not without limit. */
    private static Limits publicLimits(LociConfig config) {
        return limits(config, USUAL_OF_PERSON, USUAL_IN_CHANNEL);
    }

    private static Limits limits(LociConfig config, int person, int channel) {
        LociConfig.Rates rates = config.rates();
        return new Limits(
                rates.user() == null ? person : rates.user(),
                rates.channel() == null ? channel : rates.channel(),
                config.budgets());
    }

    private static Personas personas(LociConfig config) {
        SequencedMap<String, String> others = new LinkedHashMap<>();
        config.personas().forEach((name, persona) -> others.put(name, persona.text()));
        return new Personas(config.persona().text(), others);
    }

    /** One thread that only wakes others; what waits in it is lost with the process and found again in the store. */
    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("loci-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Now, and a day later again; in between nothing of it runs. */
    private void everyDay(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("what channels keep no longer could not be forgotten; it is tried again tomorrow", e);
        }
        later(Duration.ofDays(1), () -> lanes.execute(() -> everyDay(action)));
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
        for (ChatPlatform platform : platforms) {
            engine.awaitAnswered(platform);
        }
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
        Stream.of(List.of(models.preferred(), models.summariser()), models.fallbacks(), models.choices())
                .flatMap(List::stream)
                .distinct()
                .forEach(LanguageModel::close);
        store.close();
    }
}
