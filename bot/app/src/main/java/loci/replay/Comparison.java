package loci.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.replay.Facts.Found;

/** The figures of several strategies side by side, as lines for people. */
public final class Comparison {

    private static final String ROW = "%-10s %12s %8s %9s %8s %10s %11s %11s  %s";
    private static final int CENTS = 2;
    private static final int CENTS_OF_CENTS = 4;

    private Comparison() {}

    /** Returns the table and what must be known to read it. */
    public static List<String> of(List<Figures> figures, ModelProfile model, int replyTokens) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                ROW,
                "strategy",
                "tokens read",
                "of full",
                "largest",
                "refused",
                "summaries",
                "uncached",
                "cached",
                "facts in the prompt at the end"));
        long full = figures.stream()
                .filter(one -> one.strategy().equals("full") && one.refused() == 0)
                .mapToLong(Figures::tokensRead)
                .findFirst()
                .orElse(0);
        figures.forEach(one -> lines.add(row(one, full)));
        lines.addAll(legend(figures, model, replyTokens));
        return lines;
    }

    private static String row(Figures one, long full) {
        return String.format(
                        Locale.ROOT,
                        ROW,
                        one.strategy(),
                        String.format(Locale.ROOT, "%,d", one.tokensRead()),
                        full == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100.0 * one.tokensRead() / full),
                        String.format(Locale.ROOT, "%,d", one.largest()),
                        one.refused() == 0 ? "-" : String.valueOf(one.refused()),
                        one.summaryCalls() == 0 ? "-" : one.summaryCalls() + (one.failures() > 0 ? "!" : ""),
                        money(one.total().uncached()),
                        money(one.total().withCache()),
                        facts(one))
                .stripTrailing();
    }

    private static String facts(Figures one) {
        if (one.questions() == 0) {
            return "-";
        }
        String text = one.answerable() + " of " + one.questions();
        if (one.found(Found.IN_THE_NOTE) > 0) {
            text += " (" + one.found(Found.IN_THE_NOTE) + " through the note)";
        }
        return one.found(Found.IN_PART) > 0 ? text + ", " + one.found(Found.IN_PART) + " in part" : text;
    }

    private static String money(Optional<BigDecimal> dollars) {
        return dollars.map(amount -> "$"
                        + amount.setScale(CENTS_OF_CENTS, RoundingMode.HALF_UP).toPlainString())
                .orElse("-");
    }

    private static List<String> legend(List<Figures> figures, ModelProfile model, int replyTokens) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Tokens read are those of all prompts, as " + model.name() + " counts them (" + model.encoding()
                + "), and of the summariser's calls.");
        lines.add(model.prices()
                .map(prices -> prices(prices, replyTokens))
                .orElse("What " + model.name() + " costs is not known, so there are no amounts of money."));
        if (figures.stream().anyMatch(one -> one.questions() > 0)) {
            lines.add("A fact counts where the prompt holds what its answer rests on: word for word, or "
                    + Math.round(Facts.ENOUGH * 100) + " % of its distinctive words in one");
            lines.add("digest. That is evidence in the prompt, not an answer: no model was asked.");
        }
        if (figures.stream().anyMatch(one -> one.refused() > 0)) {
            lines.add("Refused: messages for which the prompt would have been too large, so that nothing is sent and"
                    + " nothing is paid.");
        }
        return lines;
    }

    private static String price(BigDecimal dollars) {
        return dollars.setScale(Math.max(CENTS, dollars.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private static String prices(Prices prices, int replyTokens) {
        return "Money at $" + price(prices.input()) + " a million read, $"
                + price(prices.output()) + " written"
                + prices.cachedInput()
                        .map(price -> ", $" + price(price) + " from the cache")
                        .orElse(", the cache no cheaper")
                + " (" + prices.asOf() + "); replies as the transcript has them,\nelse of "
                + Math.min(StrategyRun.ASSUMED_REPLY, replyTokens) + " tokens. Cached: a beginning of "
                + PromptCache.SHORTEST + " tokens or more that equals the prompt before, at most "
                + PromptCache.KEPT.toMinutes() + " minutes earlier.";
    }
}
