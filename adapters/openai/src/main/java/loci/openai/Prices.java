package loci.openai;

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
public record Prices(BigDecimal input, Optional<BigDecimal> cachedInput, BigDecimal output, YearMonth asOf) {}
