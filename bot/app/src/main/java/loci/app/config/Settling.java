package loci.app.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Loaded;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig.Database;
import loci.app.config.LociConfig.Discord;
import loci.app.config.LociConfig.Memory;
import loci.app.config.LociConfig.Model;
import loci.app.config.LociConfig.Persona;
import loci.app.config.LociConfig.Rates;
import loci.app.config.LociConfig.Setting;
import loci.app.config.LociConfig.Slack;
import loci.command.Action;
import loci.command.ChannelRules;
import loci.command.Permissions;
import loci.engine.Admission;
import loci.memory.Ledger.Budgets;
import org.jspecify.annotations.Nullable;

/** Settles what is {@code auto} or empty, checks what must fit together, and makes the {@link LociConfig}. */
final class Settling {

    private final Surroundings surroundings;
    private final Values values;
    private final Secrets secrets;
    private final List<Problem> problems;

    Settling(Surroundings surroundings, Values values, Secrets secrets, List<Problem> problems) {
        this.surroundings = surroundings;
        this.values = values;
        this.secrets = secrets;
        this.problems = problems;
    }

    Loaded settle() {
        Combinations.check(values, secrets, problems);
        Optional<Path> data = data();
        Personas personas = new Personas(surroundings, values, problems);
        Optional<Persona> persona = personas.standing();
        SequencedMap<String, Persona> others = personas.others();
        OwnCatalog catalog = OwnCatalog.read(surroundings, values, problems);
        if (!problems.isEmpty() || data.isEmpty() || persona.isEmpty()) {
            return new Refused(problems);
        }
        Model model = model(catalog);
        Memory memory = memory();
        return new Accepted(new LociConfig(
                data.get(),
                values.get(Key.BOT_NAME),
                persona.get(),
                others,
                model,
                listed(Key.MODEL_FALLBACKS, model),
                listed(Key.MODEL_CHOICES, model),
                summary(model),
                memory,
                new ChannelRules(
                        values.get(Key.MEMORY_LISTEN),
                        values.get(Key.MEMORY_THREADS),
                        values.get(Key.MEMORY_RETENTION)),
                permissions(),
                new Budgets(values.get(Key.BUDGET_TOTAL), values.get(Key.BUDGET_CHANNEL), values.get(Key.BUDGET_USER)),
                new Rates(
                        values.get(Key.LIMITS_USER).orElse(null),
                        values.get(Key.LIMITS_CHANNEL).orElse(null)),
                values.get(Key.ADMISSION_SPACES).map(Admission::new).orElse(Admission.EVERYWHERE),
                discord(),
                slack(),
                new Database(
                        values.get(Key.DATABASE_ENCRYPTION),
                        secrets.find(SecretName.LOCI_DATABASE_PASSWORD).orElse(null),
                        values.get(Key.DATABASE_CHECKPOINT_EVERY)),
                values.get(Key.LOG_LEVEL).orElse(null),
                secrets.held(),
                settings(data.get(), model, memory, catalog)));
    }

    private Optional<Path> data() {
        Optional<Optional<String>> written = values.find(Key.DATA);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Path directory = written.get()
                .map(text -> Personas.path(Key.DATA, text, surroundings, values, problems))
                .orElseGet(surroundings::defaultData);
        if (directory == null) {
            return Optional.empty();
        }
        Path existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        String place = values.origin(Key.DATA).place();
        if (existing == null || !Files.isDirectory(existing)) {
            problem(place, "data: " + existing + " is not a directory", "Name a directory, which may not exist yet.");
            return Optional.empty();
        }
        if (!Files.isWritable(existing)) {
            problem(
                    place,
                    "data: " + existing + " may not be written to",
                    "Name another, or let Loci's user write there.");
            return Optional.empty();
        }
        return Optional.of(directory);
    }

    private Model model(OwnCatalog catalog) {
        Optional<Secret> apiKey = secrets.find(SecretName.OPENAI_API_KEY);
        Provider provider = switch (values.get(Key.MODEL_PROVIDER)) {
            case OFFLINE -> Provider.OFFLINE;
            case OPENAI -> Provider.OPENAI;
            case AUTO ->
                apiKey.isPresent() || values.get(Key.MODEL_BASE_URL).isPresent() ? Provider.OPENAI : Provider.OFFLINE;
        };
        Duration deadline = values.get(Key.MODEL_DEADLINE);
        return new Model(
                provider,
                values.get(Key.MODEL_NAME),
                values.get(Key.MODEL_BASE_URL).orElse(null),
                apiKey.orElse(null),
                shorter(values.get(Key.MODEL_CONNECT_TIMEOUT), deadline),
                shorter(values.get(Key.MODEL_READ_TIMEOUT), deadline),
                deadline,
                values.get(Key.MODEL_MAX_RETRIES),
                values.get(Key.MODEL_TEMPERATURE).orElse(null),
                values.get(Key.MODEL_MAX_REPLY_TOKENS),
                values.get(Key.MODEL_CONTEXT_WINDOW).orElse(null),
                values.get(Key.MODEL_ENCODING).orElse(null),
                catalog.entries());
    }

    /** Who writes the note. The answering model's key goes to the answering model's address and nowhere else. */
    private Model summary(Model model) {
        Optional<String> name = values.get(Key.SUMMARY_MODEL);
        Optional<URI> address = values.get(Key.SUMMARY_BASE_URL);
        Optional<Integer> window = values.get(Key.SUMMARY_CONTEXT_WINDOW);
        if (name.isEmpty() && address.isEmpty() && window.isEmpty()) {
            return model;
        }
        boolean elsewhere = address.isPresent() && !address.get().equals(model.baseUrl());
        Secret key = elsewhere ? secrets.find(SecretName.LOCI_SUMMARY_API_KEY).orElse(null) : model.apiKey();
        boolean sameModel = name.isEmpty() || name.get().equals(model.name());
        return new Model(
                elsewhere ? Provider.OPENAI : model.provider(),
                name.orElse(model.name()),
                address.orElse(model.baseUrl()),
                key,
                model.connectTimeout(),
                model.readTimeout(),
                model.deadline(),
                model.maxRetries(),
                model.temperature(),
                model.maxReplyTokens(),
                window.orElse(sameModel ? model.contextWindow() : null),
                sameModel ? model.encoding() : null,
                model.described());
    }

    /** The models of a list. As with summaries, the answering model's key goes to its own address and nowhere else. */
    private List<Model> listed(Key<List<NamedModel>> key, Model model) {
        return values.get(key).stream()
                .map(named -> {
                    boolean elsewhere = named.address().isPresent()
                            && !named.address().get().equals(model.baseUrl());
                    return new Model(
                            elsewhere ? Provider.OPENAI : model.provider(),
                            named.name(),
                            named.address().orElse(model.baseUrl()),
                            named.keyVariable().flatMap(secrets::find).orElse(elsewhere ? null : model.apiKey()),
                            model.connectTimeout(),
                            model.readTimeout(),
                            model.deadline(),
                            model.maxRetries(),
                            model.temperature(),
                            model.maxReplyTokens(),
                            null,
                            null,
                            model.described());
                })
                .toList();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Memory memory() {
        Turns turns = Turns.settle(values).orElseThrow(() -> new IllegalStateException("turns could not be read"));
        return new Memory(
                values.get(Key.MEMORY_STRATEGY),
                turns.hybrid(),
                turns.window(),
                turns.compactAfter(),
                turns.keep(),
                values.get(Key.MEMORY_DIGEST_TOKENS),
                values.get(Key.MEMORY_FANOUT),
                values.get(Key.MEMORY_PROMPT_TOKENS).orElse(null),
                values.get(Key.MEMORY_NOTE_ROLE));
    }

    private Discord discord() {
        boolean content = switch (values.get(Key.DISCORD_MESSAGE_CONTENT)) {
            case AUTO -> values.get(Key.MEMORY_LISTEN) == ChannelRules.Listening.ALL;
            case ON -> true;
            case OFF -> false;
        };
        return new Discord(
                content,
                values.get(Key.DISCORD_COMMANDS_GUILD).orElse(null),
                values.get(Key.DISCORD_ADMIN_CHANNEL).orElse(null),
                values.get(Key.DISCORD_SHARDS).orElse(null),
                values.get(Key.DISCORD_ANSWER_MISSED),
                values.get(Key.DISCORD_API_URL).orElse(null),
                values.get(Key.DISCORD_GATEWAY_URL).orElse(null));
    }

    private Slack slack() {
        return new Slack(
                values.get(Key.SLACK_MODE) == Key.SlackMode.HTTP
                        ? new Slack.Http(values.get(Key.SLACK_HTTP_ADDRESS), values.get(Key.SLACK_HTTP_PORT))
                        : null,
                values.get(Key.SLACK_REPLY_IN_THREAD),
                values.get(Key.SLACK_ADMIN_CHANNEL).orElse(null),
                values.get(Key.SLACK_ANSWER_MISSED),
                values.get(Key.SLACK_FORGET_COMMAND),
                values.get(Key.SLACK_SUMMARY_COMMAND),
                values.get(Key.SLACK_LOCI_COMMAND),
                values.get(Key.SLACK_API_URL).orElse(null));
    }

    private Permissions permissions() {
        return new Permissions(Map.of(
                Action.READ, values.get(Key.PERMISSIONS_READ),
                Action.FORGET, values.get(Key.PERMISSIONS_FORGET),
                Action.REMEMBER, values.get(Key.PERMISSIONS_REMEMBER),
                Action.SETTINGS, values.get(Key.PERMISSIONS_SETTINGS),
                Action.EXPORT, values.get(Key.PERMISSIONS_EXPORT)));
    }

    private List<Setting> settings(Path data, Model model, Memory memory, OwnCatalog catalog) {
        List<Setting> settings = new ArrayList<>();
        for (Key<?> key : Key.ALL) {
            String text = values.text(key);
            String settled = settled(key, data, model, memory, catalog);
            settings.add(new Setting(
                    key.path(), text, values.origin(key), settled == null || settled.equals(text) ? null : settled));
        }
        return settings;
    }

    private @Nullable String settled(Key<?> key, Path data, Model model, Memory memory, OwnCatalog catalog) {
        return switch (key.path()) {
            case "data" -> data.toString();
            case "model.provider" -> Kinds.lower(model.provider());
            case "model.catalog" -> catalog.shown();
            case "model.connectTimeout" -> shortened(Key.MODEL_CONNECT_TIMEOUT, model.connectTimeout());
            case "model.readTimeout" -> shortened(Key.MODEL_READ_TIMEOUT, model.readTimeout());
            case "memory.windowTurns" ->
                Integer.toString(
                        memory.strategy() == StrategyName.WINDOW ? memory.windowTurns() : memory.hybridTurns());
            case "memory.compactAfterTurns" -> Integer.toString(memory.compactAfterTurns());
            case "memory.keepTurns" -> Integer.toString(memory.keepTurns());
            default -> null;
        };
    }

    private @Nullable String shortened(Key<Duration> key, Duration settled) {
        return settled.equals(values.get(key)) ? null : Kinds.show(settled);
    }

    private void problem(String place, String wrong, String advice) {
        problems.add(new Problem(place, wrong, advice));
    }
}
