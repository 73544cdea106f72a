package loci.app.config;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import loci.app.config.Key.ProviderChoice;

/** Checks values that are each right and cannot be so together. Pure. */
final class Combinations {

    private static final String ALIAS = "A model is known by its name alone: have one of the servers call it by another"
            + " name, or take one out.";

    private final Values values;
    private final Secrets secrets;
    private final List<Problem> problems;

    private Combinations(Values values, Secrets secrets, List<Problem> problems) {
        this.values = values;
        this.secrets = secrets;
        this.problems = problems;
    }

    static void check(Values values, Secrets secrets, List<Problem> problems) {
        Combinations combinations = new Combinations(values, secrets, problems);
        combinations.provider();
        Turns.settle(values).ifPresent(combinations::turns);
        combinations.window();
        combinations.prompt();
        combinations.summary();
        combinations.models(Key.MODEL_FALLBACKS);
        combinations.models(Key.MODEL_CHOICES);
        combinations.namesakes();
        combinations.keys();
        combinations.discord();
        SlackChecks.check(values, secrets, problems);
    }

    private void summary() {
        boolean elsewhere =
                values.find(Key.SUMMARY_BASE_URL).filter(Optional::isPresent).isPresent();
        boolean named =
                values.find(Key.SUMMARY_MODEL).filter(Optional::isPresent).isPresent();
        boolean sized = values.find(Key.SUMMARY_CONTEXT_WINDOW)
                .filter(Optional::isPresent)
                .isPresent();
        if (elsewhere && !named) {
            problem(
                    Key.SUMMARY_BASE_URL,
                    "summary.baseUrl names a server, but summary.model names no model",
                    "Set summary.model to a model that this server has.");
        } else if (named && !elsewhere && offline()) {
            problem(
                    Key.SUMMARY_MODEL,
                    "summary.model is set, but the offline stand-in answers, and it has no other models",
                    "Set OPENAI_API_KEY or model.baseUrl, or summary.baseUrl for this model alone, or remove it.");
        } else if (sized && !named) {
            problem(
                    Key.SUMMARY_CONTEXT_WINDOW,
                    "summary.contextWindow is set, but summary.model names no model that it is of",
                    "Set summary.model, or model.contextWindow for the model that answers, or remove it.");
        }
        // An address that could not be read is reported already, and is no missing one.
        boolean nowhere =
                values.find(Key.SUMMARY_BASE_URL).map(Optional::isEmpty).orElse(false);
        LociConfig.HeldSecret key = secrets.held().get(SecretName.LOCI_SUMMARY_API_KEY.name());
        if (key != null && nowhere) {
            problems.add(new Problem(
                    key.variable(),
                    "a key for the notes' model is set, but summary.baseUrl names no server that it is for",
                    "Set summary.baseUrl (OpenAI's own is https://api.openai.com/v1), or unset it."));
        }
    }

    private void models(Key<List<NamedModel>> key) {
        List<NamedModel> named = values.find(key).orElse(List.of());
        String preferred = values.find(Key.MODEL_NAME).orElse("");
        Optional<URI> own = values.find(Key.MODEL_BASE_URL).flatMap(address -> address);
        named.stream().filter(model -> model.name().equals(preferred)).forEach(again -> {
            if (again.address().isEmpty() || again.address().equals(own)) {
                problem(key, key.path() + " names model.name again, " + Shown.quoted(preferred), "Take it out there.");
            } else {
                problem(
                        key,
                        key.path() + " names model.name again, " + Shown.quoted(preferred) + ", at another address, "
                                + again.address().get(),
                        ALIAS);
            }
        });
        if (offline() && named.stream().anyMatch(model -> model.address().isEmpty())) {
            problem(
                    key,
                    key.path() + " is set, but the offline stand-in answers, and it has no other models",
                    "Set OPENAI_API_KEY or model.baseUrl, or write an address behind each name, or remove it.");
        }
    }

    /** A channel's choice and the log of costs know a model by its name alone, so one name cannot stand for two. */
    private void namesakes() {
        List<NamedModel> choices = values.find(Key.MODEL_CHOICES).orElse(List.of());
        for (NamedModel fallback : values.find(Key.MODEL_FALLBACKS).orElse(List.of())) {
            choices.stream()
                    .filter(choice -> choice.name().equals(fallback.name()) && !choice.equals(fallback))
                    .forEach(choice -> problem(
                            Key.MODEL_CHOICES,
                            "model.fallbacks and model.choices both name " + Shown.quoted(choice.name())
                                    + (at(choice).equals(at(fallback))
                                            ? ", with different keys"
                                            : ", at different addresses: " + at(fallback) + " and " + at(choice)),
                            at(choice).equals(at(fallback)) ? "Write the same in both lists." : ALIAS));
        }
    }

    /** Keys go where the operator said, to one server each, and none is left out in silence. */
    private void keys() {
        Map<String, NamedModel> first = new HashMap<>();
        for (Key<List<NamedModel>> list : List.of(Key.MODEL_FALLBACKS, Key.MODEL_CHOICES)) {
            for (NamedModel model : values.find(list).orElse(List.of())) {
                String variable = model.keyVariable().orElse("");
                NamedModel before = variable.isEmpty() ? model : first.getOrDefault(variable, model);
                if (!variable.isEmpty() && first.putIfAbsent(variable, model) == null) {
                    isSet(list, model, variable);
                }
                if (!authority(before).equals(authority(model))) {
                    problem(
                            list,
                            list.path() + " sends the key of " + variable + " to two servers, " + authority(before)
                                    + " and " + authority(model),
                            "Name a variable of its own for each server.");
                }
            }
        }
    }

    private void isSet(Key<List<NamedModel>> list, NamedModel model, String variable) {
        boolean isWrong = problems.stream()
                .anyMatch(problem ->
                        problem.place().equals(variable) || problem.place().equals(SecretName.fileVariable(variable)));
        if (secrets.find(variable).isEmpty() && !isWrong) {
            problem(
                    list,
                    list.path() + " names the key of " + Shown.quoted(model.name()) + ", but " + variable
                            + " is not set",
                    "Set it in the environment, or " + variable + "_FILE to a file that holds it, or take it out.");
        }
    }

    private static String authority(NamedModel model) {
        return model.address()
                .map(address -> address.getScheme() + "://" + address.getRawAuthority())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static String at(NamedModel model) {
        return model.address().map(URI::toString).orElse("the answering model's");
    }

    /** A proxy for one of them alone would have the token go to the other's own server, past the proxy. */
    private void discord() {
        together(Key.DISCORD_API_URL, Key.DISCORD_GATEWAY_URL);
        together(Key.DISCORD_GATEWAY_URL, Key.DISCORD_API_URL);
    }

    private void together(Key<Optional<URI>> set, Key<Optional<URI>> other) {
        boolean isSet = values.find(set).filter(Optional::isPresent).isPresent();
        // An address that could not be read is reported already, and is no missing one.
        boolean alone = values.find(other).map(Optional::isEmpty).orElse(false);
        if (isSet && alone) {
            problem(
                    set,
                    set.path() + " is set, but " + other.path()
                            + " is not, so the bot's token would go to Discord's own server too",
                    "Set " + other.path() + " too, or remove " + set.path() + ".");
        }
    }

    private boolean offline() {
        return values.find(Key.MODEL_PROVIDER)
                .filter(provider ->
                        provider == ProviderChoice.OFFLINE || (provider == ProviderChoice.AUTO && noModel()))
                .isPresent();
    }

    private boolean noModel() {
        return secrets.find(SecretName.OPENAI_API_KEY).isEmpty()
                && values.find(Key.MODEL_BASE_URL).map(Optional::isEmpty).orElse(false);
    }

    private void provider() {
        boolean openai = values.find(Key.MODEL_PROVIDER)
                .filter(ProviderChoice.OPENAI::equals)
                .isPresent();
        // A base URL that could not be read is reported already, and is no missing one.
        boolean noAddress =
                values.find(Key.MODEL_BASE_URL).map(Optional::isEmpty).orElse(false);
        if (openai && noAddress && secrets.find(SecretName.OPENAI_API_KEY).isEmpty()) {
            problem(
                    Key.MODEL_PROVIDER,
                    "model.provider is openai, but there is neither a key nor an address",
                    "Set OPENAI_API_KEY, or model.baseUrl for a server that wants no key, or use provider offline.");
        }
    }

    private void turns(Turns turns) {
        if (turns.compactAfter() > turns.hybrid()) {
            problem(
                    explicit(Key.MEMORY_COMPACT_AFTER_TURNS, Key.MEMORY_WINDOW_TURNS),
                    "memory.compactAfterTurns (" + turns.compactAfter() + ") is more than memory.windowTurns ("
                            + turns.hybrid() + "), so turns would leave the window before they are condensed",
                    "Raise memory.windowTurns to at least " + turns.compactAfter() + ", or lower the other.");
        }
        if (turns.keep() >= turns.compactAfter()) {
            problem(
                    explicit(Key.MEMORY_KEEP_TURNS, Key.MEMORY_COMPACT_AFTER_TURNS),
                    "memory.keepTurns (" + turns.keep() + ") is not less than memory.compactAfterTurns ("
                            + turns.compactAfter() + "), so condensing would leave nothing to condense",
                    "Lower memory.keepTurns to at most " + (turns.compactAfter() - 1) + ", or raise the other.");
        }
    }

    private void window() {
        Optional<Integer> window = values.find(Key.MODEL_CONTEXT_WINDOW).flatMap(value -> value);
        Optional<Integer> reply = values.find(Key.MODEL_MAX_REPLY_TOKENS);
        Optional<Integer> prompt = values.find(Key.MEMORY_PROMPT_TOKENS).flatMap(value -> value);
        if (window.isEmpty() || reply.isEmpty()) {
            return;
        }
        if (reply.get() >= window.get()) {
            problem(
                    explicit(Key.MODEL_MAX_REPLY_TOKENS, Key.MODEL_CONTEXT_WINDOW),
                    "model.maxReplyTokens (" + reply.get() + ") leaves no room for a prompt in model.contextWindow ("
                            + window.get() + ")",
                    "Lower model.maxReplyTokens, to a quarter of the window for example.");
        } else if (prompt.isPresent() && (long) prompt.get() + reply.get() > window.get()) {
            problem(
                    explicit(Key.MEMORY_PROMPT_TOKENS, Key.MODEL_MAX_REPLY_TOKENS),
                    "memory.promptTokens (" + prompt.get() + ") and model.maxReplyTokens (" + reply.get()
                            + ") together are more than model.contextWindow (" + window.get() + ")",
                    "Lower memory.promptTokens to at most " + (window.get() - reply.get()) + ", or use auto.");
        }
    }

    private void prompt() {
        Optional<Integer> prompt = values.find(Key.MEMORY_PROMPT_TOKENS).flatMap(value -> value);
        Optional<Integer> digest = values.find(Key.MEMORY_DIGEST_TOKENS);
        if (prompt.isPresent() && digest.isPresent() && digest.get() >= prompt.get()) {
            problem(
                    explicit(Key.MEMORY_DIGEST_TOKENS, Key.MEMORY_PROMPT_TOKENS),
                    "one digest (memory.digestTokens, " + digest.get() + ") would fill the whole prompt"
                            + " (memory.promptTokens, " + prompt.get() + ")",
                    "Lower memory.digestTokens, or raise memory.promptTokens.");
        }
    }

    /** The first of two keys that someone set: a default is nowhere to go and correct. */
    private Key<?> explicit(Key<?> one, Key<?> other) {
        return values.origin(one) instanceof Origin.Default ? other : one;
    }

    private void problem(Key<?> key, String wrong, String advice) {
        problems.add(new Problem(values.origin(key).place(), wrong, advice));
    }
}
