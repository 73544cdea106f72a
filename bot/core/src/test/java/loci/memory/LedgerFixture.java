package loci.memory;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.ConversationId;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Decision;
import loci.memory.Ledger.Payer;
import loci.model.Prompt;
import loci.model.Usage;

/** Small words for tests of ledgers: months, payers, budgets and calls. */
public final class LedgerFixture {

    public static final YearMonth MARCH = YearMonth.of(2026, 3);
    public static final YearMonth APRIL = YearMonth.of(2026, 4);

    private LedgerFixture() {}

    /** An amount as ledgers give it back. */
    public static BigDecimal dollars(String amount) {
        return new BigDecimal(amount).setScale(Dollars.DIGITS);
    }

    public static Payer payer(ConversationId conversation, Author author) {
        return new Payer(conversation, author.id());
    }

    /** Limits for all, a channel and a person; an empty text is no limit. */
    public static Budgets budgets(String all, String channel, String person) {
        return new Budgets(limit(all), limit(channel), limit(person));
    }

    private static Optional<BigDecimal> limit(String dollars) {
        return dollars.isEmpty() ? Optional.empty() : Optional.of(dollars(dollars));
    }

    /** A reply by {@code model-x} that read 100 tokens, 40 of them from the cache, and wrote 10; resending all would have read 1,000. */
    public static ModelCall call(Payer payer, YearMonth month, String cost) {
        return new ModelCall(
                payer,
                month,
                "model-x",
                Prompt.Purpose.REPLY,
                new Usage(100, 40, 10, 5),
                false,
                Optional.of(dollars(cost)),
                1_000,
                Optional.of(dollars("0.01")),
                Optional.empty());
    }

    /** The same call of another model, for another purpose. */
    public static ModelCall by(ModelCall call, String model, Prompt.Purpose purpose) {
        return new ModelCall(
                call.payer(),
                call.month(),
                model,
                purpose,
                call.usage(),
                call.estimated(),
                call.cost(),
                call.resendTokens(),
                call.resendCost(),
                call.said());
    }

    /** The same call after so much was said. */
    public static ModelCall after(ModelCall call, Said said) {
        return new ModelCall(
                call.payer(),
                call.month(),
                call.model(),
                call.purpose(),
                call.usage(),
                call.estimated(),
                call.cost(),
                call.resendTokens(),
                call.resendCost(),
                Optional.of(said));
    }

    /** The number of what must be granted. */
    public static long granted(Decision decision) {
        return switch (decision) {
            case Decision.Granted granted -> granted.reservation();
            case Decision.Refused refused -> throw new AssertionError("not granted: " + refused);
        };
    }
}
