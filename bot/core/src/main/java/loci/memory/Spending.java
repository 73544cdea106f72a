package loci.memory;

import java.math.BigDecimal;
import java.util.Comparator;
import loci.model.Prompt;

/**
 * What one person's calls of one model for one purpose came to.
 *
 * @param authorId whom they were made for; empty for those that nobody asked for
 * @param model the name the provider knows it by
 * @param purpose what they were for
 * @param calls how many there were
 * @param promptTokens tokens read, cached ones included
 * @param cachedTokens tokens read from the provider's prompt cache
 * @param replyTokens tokens written, reasoning included
 * @param cost in dollars, with {@link Dollars#DIGITS} decimals; calls of unknown price count as nothing
 * @param unpricedCalls how many of the calls had no known price
 * @param estimatedCalls how many of the calls have tokens that Loci counted because the provider did not say
 * @param resendTokens tokens that would have been read, had everything been resent at each call
 * @param resendCost what that would have cost in dollars, where the price is known
 */
public record Spending(
        String authorId,
        String model,
        Prompt.Purpose purpose,
        long calls,
        long promptTokens,
        long cachedTokens,
        long replyTokens,
        BigDecimal cost,
        long unpricedCalls,
        long estimatedCalls,
        long resendTokens,
        BigDecimal resendCost) {

    /** The costliest first; of those that cost the same, in the order of author id, model and purpose. */
    public static final Comparator<Spending> COSTLIEST_FIRST = Comparator.comparing(Spending::cost)
            .reversed()
            .thenComparing(Spending::authorId)
            .thenComparing(Spending::model)
            .thenComparing(Spending::purpose);
}
