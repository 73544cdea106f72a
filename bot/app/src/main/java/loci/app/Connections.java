package loci.app;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.app.cli.CheckRunner.Finding;
import loci.app.cli.CheckRunner.State;
import loci.app.cli.StoreRunner;
import loci.app.config.LociConfig;
import loci.app.config.Provider;
import loci.memory.ConversationStore;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;

/** Tries what a configuration names: the database, the model that answers, and the one that writes the note. */
final class Connections {

    /** What the adapter says where another process has the database; a test holds one open. */
    private static final String HELD = "another loci";

    private static final String ASKED = "Hello!";

    /** The least that every provider takes as a limit. */
    private static final int FEW_TOKENS = 16;

    private Connections() {}

    static List<Finding> check(LociConfig config) {
        List<Finding> findings = new ArrayList<>();
        findings.add(database(config));
        if (!config.model().described().isEmpty()) {
            findings.add(catalogue(config));
        }
        Discord.settings(config).map(Discord::check).ifPresent(findings::add);
        if (Slack.isWanted(config)) {
            findings.addAll(Slack.check(config));
        }
        findings.add(model("model", config.model()));
        config.fallbacks().forEach(model -> findings.add(model("fallback", model)));
        config.choices().stream()
                .filter(model -> !config.fallbacks().contains(model))
                .forEach(model -> findings.add(model("choice", model)));
        if (!config.summary().equals(config.model())) {
            findings.add(model("summaries", config.summary()));
        }
        findings.addAll(BudgetCheck.of(config));
        return findings;
    }

    private static Finding database(LociConfig config) {
        String part = "database";
        return switch (Stores.open(config, false)) {
            case StoreRunner.Absent() -> absent(part, config.data());
            case StoreRunner.Refused(String sentence) ->
                sentence.toLowerCase(Locale.ROOT).contains(HELD)
                        ? new Finding(part, State.IN_USE, "a running bot has it: " + config.data())
                        : new Finding(part, State.FAILED, sentence);
            case StoreRunner.Open(ConversationStore store, var _) -> {
                try (store) {
                    int conversations = store.conversations().size();
                    yield new Finding(
                            part,
                            State.OK,
                            config.data() + ", " + (config.database().encryption() ? "encrypted" : "not encrypted")
                                    + ", " + size(Stores.file(config)) + ", " + conversations
                                    + (conversations == 1 ? " conversation" : " conversations")
                                    + ", its tables are this version's");
                }
            }
        };
    }

    /** Nothing is made here, so it is only seen whether it could be. */
    private static Finding absent(String part, Path data) {
        Path there = data;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.isDirectory(there) && Files.isWritable(there)
                ? new Finding(part, State.NONE, "it is made at the first start in " + data)
                : new Finding(
                        part,
                        State.FAILED,
                        "it cannot be made in " + data + ": Loci may not write to " + there
                                + "; choose another directory with LOCI_DATA.");
    }

    private static String size(Path file) {
        try {
            return String.format(Locale.ROOT, "%,.1f MB", Files.size(file) / 1_000_000.0);
        } catch (IOException unknown) {
            return "size unknown";
        }
    }

    /** What it comes to for the models in use: whether a pattern matched as it was meant is seen by nothing else. */
    private static Finding catalogue(LociConfig config) {
        String entries = config.settings().stream()
                .filter(setting -> setting.path().equals("model.catalog"))
                .map(setting -> String.valueOf(setting.settled()))
                .findFirst()
                .orElse("");
        String inForce = Stream.of(
                        List.of(config.model()), config.fallbacks(), config.choices(), List.of(config.summary()))
                .flatMap(List::stream)
                .distinct()
                .map(Models::profile)
                .map(Connections::figures)
                .distinct()
                .collect(Collectors.joining("; "));
        return new Finding("catalogue", State.OK, entries + "; in force: " + inForce);
    }

    private static String figures(ModelProfile model) {
        String prices = model.prices()
                .map(known -> "$" + dollars(known.input()) + " read and $" + dollars(known.output())
                        + " written a million (" + known.asOf() + ")")
                .orElse("no price");
        return String.format(
                Locale.ROOT,
                "%s with a window of %,d tokens, %s, %s",
                model.name(),
                model.contextWindow(),
                model.encoding(),
                prices);
    }

    /** To the cent at least. */
    private static String dollars(BigDecimal amount) {
        return amount.setScale(Math.max(2, amount.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private static Finding model(String part, LociConfig.Model wanted) {
        if (wanted.provider() == Provider.OFFLINE) {
            return new Finding(
                    part,
                    State.NONE,
                    "no language model is connected; a stand-in answers that is none. Set OPENAI_API_KEY or"
                            + " OPENAI_BASE_URL to connect one.");
        }
        String name = Models.receiver(wanted);
        try (LanguageModel model = Models.of(once(wanted))) {
            long begun = System.nanoTime();
            ModelOutcome outcome = model.ask(
                    new Prompt(
                            List.of(PromptMessage.user(ASKED)),
                            Math.min(FEW_TOKENS, wanted.maxReplyTokens()),
                            Prompt.Purpose.REPLY),
                    piece -> {},
                    new Cancellation());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            return finding(part, name, outcome, millis);
        }
    }

    private static Finding finding(String part, String name, ModelOutcome outcome, long millis) {
        return switch (outcome) {
            case ModelOutcome.Answered answered ->
                new Finding(part, State.OK, name + " answered in " + String.format(Locale.ROOT, "%,d ms", millis));
            case ModelOutcome.Declined declined ->
                new Finding(part, State.FAILED, name + " declined to answer \"" + ASKED + "\"");
            case ModelOutcome.PromptTooLong tooLong ->
                new Finding(part, State.FAILED, name + " finds one word too long; is it a chat model?");
            case ModelOutcome.Unavailable(var _, String detail, var _, var _) ->
                new Finding(part, State.FAILED, name + ": " + detail);
            case ModelOutcome.Stopped stopped -> new Finding(part, State.FAILED, name + ": stopped");
        };
    }

    /** Asked once: whoever checks wants to know what is wrong and not to wait until it may have passed. */
    private static LociConfig.Model once(LociConfig.Model wanted) {
        return new LociConfig.Model(
                wanted.provider(),
                wanted.name(),
                wanted.baseUrl(),
                wanted.apiKey(),
                wanted.connectTimeout(),
                wanted.readTimeout(),
                wanted.deadline(),
                0,
                wanted.temperature(),
                wanted.maxReplyTokens(),
                wanted.contextWindow(),
                wanted.encoding(),
                wanted.described());
    }
}
