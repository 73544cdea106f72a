package loci.model;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Optional;

/**
 * What a model costs, in US dollars for a million tokens.
 *
 * @param input tokens read
 * @param cachedInput tokens read from the provider's prompt cache, where their price is known
 * @param output tokens written, reasoning included
 * @param asOf the month in which this was the published price
 */
public record Prices(BigDecimal input, Optional<BigDecimal> cachedInput, BigDecimal output, YearMonth asOf) {

    private static final int MILLION_DIGITS = 6;

    /** Returns what a call cost, in dollars, exactly. Tokens from the cache cost the full price where theirs is not known. */
    public BigDecimal cost(Usage usage) {
        int cached = Math.min(usage.cachedTokens(), usage.promptTokens());
        return times(input, usage.promptTokens() - cached)
                .add(times(cachedInput.orElse(input), cached))
                .add(times(output, usage.replyTokens()));
    }

    private static BigDecimal times(BigDecimal perMillion, int tokens) {
        return perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
    }
}
