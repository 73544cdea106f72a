package loci.app;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import loci.app.cli.CheckRunner.Finding;
import loci.app.cli.CheckRunner.State;
import loci.app.config.LociConfig;
import loci.app.config.Provider;
import loci.engine.EngineSettings;
import loci.memory.Dollars;
import loci.memory.Ledger.Whose;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.model.Usage;
import loci.prompt.TokenBudget;

/** Whether the budgets let the bot answer at all: with every server well, it would otherwise refuse each message. */
final class BudgetCheck {

    private static final String PART = "budget";

    private final LociConfig config;
    private final EngineSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    private BudgetCheck(LociConfig config) {
        this.config = config;
        this.settings = Wiring.settings(config);
    }

    /** Nothing where no budget is set. */
    static List<Finding> of(LociConfig config) {
        if (config.budgets().isEmpty()) {
            return List.of();
        }
        BudgetCheck check = new BudgetCheck(config);
        Stream.of(List.of(config.model()), config.fallbacks(), config.choices())
                .flatMap(List::stream)
                .filter(model -> model.provider() == Provider.OPENAI)
                .map(Models::profile)
                .distinct()
                .forEach(check::answering);
        check.summarising();
        return check.findings.isEmpty()
                ? List.of(new Finding(PART, State.OK, "every model has a price, and each budget holds an answer"))
                : check.findings;
    }

    private void answering(ModelProfile model) {
        model.prices().ifPresentOrElse(prices -> holds(model, prices), () -> unpriced(model));
    }

    /** What condensing reads grows with what was said, up to the whole window, so no least amount can be told for it. */
    private void summarising() {
        LociConfig.Model summary = config.summary();
        boolean asked = !summary.name().equals(config.model().name()) && summary.provider() == Provider.OPENAI;
        if (asked && Models.profile(summary).prices().isEmpty()) {
            unpriced(Models.profile(summary));
        }
    }

    private void unpriced(ModelProfile model) {
        Finding finding = new Finding(
                PART,
                State.FAILED,
                model.name() + " is never asked: budgets are set, and its price is not known. Give it one in the file"
                        + " that model.catalog names (prices, 0 where it costs nothing).");
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private void holds(ModelProfile model, Prices prices) {
        TokenBudget tokens = settings.budget(settings.strategies().chosen(Map.of()), model);
        BigDecimal most = prices.cost(new Usage(tokens.promptTokens(), 0, tokens.replyTokens(), 0));
        for (Whose whose : Whose.values()) {
            config.budgets()
                    .of(whose)
                    .filter(limit -> limit.compareTo(most) < 0)
                    .ifPresent(limit -> findings.add(new Finding(
                            PART,
                            State.FAILED,
                            String.format(
                                    Locale.ROOT,
                                    "%s (%s) is less than one answer of %s can cost, %s for %,d tokens read and %,d"
                                            + " written. Raise it, or lower memory.promptTokens and"
                                            + " model.maxReplyTokens.",
                                    key(whose),
                                    Dollars.shown(limit),
                                    model.name(),
                                    Dollars.shown(most),
                                    tokens.promptTokens(),
                                    tokens.replyTokens()))));
        }
    }

    private static String key(Whose whose) {
        return switch (whose) {
            case ALL -> "budget.total";
            case CHANNEL -> "budget.channel";
            case PERSON -> "budget.user";
        };
    }
}
