package loci.memory;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Optional;
import loci.model.Prompt;
import loci.model.Usage;

/**
 * One call of a model that was made, and what it cost. Holds nobody's words. What is negative, or too long, or costs more than
 * {@link Dollars#MOST}, is refused with {@link IllegalArgumentException}.
 *
 * @param payer whom it was made for
 * @param month the month it is counted in
 * @param model the name the provider knows it by; 1 to {@value #LONGEST_MODEL} characters
 * @param purpose what it was for
 * @param usage its tokens
 * @param estimated whether the tokens are Loci's own count, because the provider did not say
 * @param cost in dollars, kept as {@link Dollars#kept} says; empty where the model's price is not known
 * @param resendTokens tokens that would have been read, had everything been resent
 * @param resendCost what that would have cost in dollars; empty where the price is not known
 * @param said how much has been said with it, where that was counted anew
 */
public record ModelCall(
        Ledger.Payer payer,
        YearMonth month,
        String model,
        Prompt.Purpose purpose,
        Usage usage,
        boolean estimated,
        Optional<BigDecimal> cost,
        long resendTokens,
        Optional<BigDecimal> resendCost,
        Optional<Said> said) {

    /** The most characters of a model's name. */
    public static final int LONGEST_MODEL = 200;

    public ModelCall {
        if (model.isBlank() || model.length() > LONGEST_MODEL || model.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a model's name has 1 to " + LONGEST_MODEL + " characters and no control characters");
        }
        if (usage.promptTokens() < 0 || usage.cachedTokens() < 0 || usage.replyTokens() < 0 || resendTokens < 0) {
            throw new IllegalArgumentException("a call cannot have fewer than no tokens: " + usage);
        }
        cost = cost.map(Dollars::kept);
        resendCost = resendCost.map(Dollars::kept);
    }
}
