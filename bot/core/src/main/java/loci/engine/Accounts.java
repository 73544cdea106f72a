package loci.engine;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import loci.memory.Dollars;
import loci.memory.Ledger;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Decision;
import loci.memory.Ledger.Payer;
import loci.memory.MemoryView;
import loci.memory.ModelCall;
import loci.memory.Said;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.model.Prompt;
import loci.model.Usage;
import loci.prompt.PromptCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the budgets: sets aside what a call can cost at most before it is made, and settles what it did cost after. Thread-safe.
 *
 * <p>Where a budget holds, a model without a known price is not asked: what cannot be counted cannot be kept within it.
 */
final class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    /** From here on it is said that a budget comes to its end. */
    private static final BigDecimal NEARLY = new BigDecimal("0.8");

    /** What came of a call that broke off in our own code: nobody knows, and it may be billed. */
    static final ModelOutcome BROKEN_OFF =
            new Unavailable(ModelOutcome.Cause.NOT_UNDERSTOOD, "the call broke off within Loci", "", true);

    /** Counting is not bounded by itself, and a server may send anything. */
    private static final int MOST_COUNTED = 200_000;

    private final @Nullable Ledger ledger;
    private final Budgets budgets;
    private final InstantSource clock;
    private final Operators operators;
    private final AtomicReference<@Nullable NotHeld> notHeld = new AtomicReference<>();
    private final Set<String> saidWithoutPrice = ConcurrentHashMap.newKeySet();

    Accounts(@Nullable Ledger ledger, Budgets budgets, InstantSource clock, Operators operators) {
        this.ledger = ledger;
        this.budgets = budgets;
        this.clock = clock;
        this.operators = operators;
    }

    /** Keeps no budgets and notes nothing. */
    static Accounts none(InstantSource clock) {
        return new Accounts(null, Budgets.NONE, clock, Operators.none(clock));
    }

    /** Whether a call may be made. */
    sealed interface Permit {

        /**
         * It may.
         *
         * @param reservation what holds the money set aside for it; empty where no budget holds
         * @param attempts how often the prompt may be sent, as was set aside for
         * @param replyTokens how many tokens may be written, as was set aside for
         */
        record Granted(YearMonth month, OptionalLong reservation, int attempts, int replyTokens) implements Permit {}

        /** A budget does not have what it could cost. */
        record UsedUp(YearMonth month, Ledger.Whose whose, BigDecimal limit) implements Permit {}

        /** Budgets hold, and what it would cost is not known. */
        record NoPrice(String model) implements Permit {}
    }

    /**
     * Sets aside what a call can cost at most: the prompt as often as it may be sent, and one reply, since nothing is sent again once a
     * reply has begun.
     */
    Permit reserve(Payer payer, CalibratedModel asked, int promptTokens, int replyTokens) {
        YearMonth month = month();
        ModelProfile model = asked.profile();
        int attempts = asked.mostAttempts();
        if (ledger == null || budgets.isEmpty()) {
            return new Permit.Granted(month, OptionalLong.empty(), attempts, replyTokens);
        }
        if (model.prices().isEmpty()) {
            if (saidWithoutPrice.add(model.name())) {
                LOG.error(
                        "{} is not asked: budgets are set and its price is unknown. Give it one in the file that"
                                + " model.catalog names",
                        model.name());
                operators.trouble(Warnings.SINGLE, "no price of " + model.name(), Warnings.noPrice(model.name()));
            }
            return new Permit.NoPrice(model.name());
        }
        BigDecimal most = model.prices().get().cost(new Usage(times(promptTokens, attempts), 0, replyTokens, 0));
        return switch (decision(ledger, payer, month, most)) {
            case Decision.Granted granted -> {
                held(month, most);
                yield new Permit.Granted(month, OptionalLong.of(granted.reservation()), attempts, replyTokens);
            }
            case Decision.Refused(Ledger.Whose whose, BigDecimal used, BigDecimal limit) -> {
                LOG.warn(
                        "{}: the budget of {} ({} of {} used) does not hold a call of {}",
                        payer.conversation(),
                        whose,
                        Dollars.shown(used),
                        Dollars.shown(limit),
                        Dollars.shown(most));
                operators.trouble(
                        whose == Ledger.Whose.ALL ? Warnings.BUDGET : Warnings.SINGLE,
                        "the budget of " + whose,
                        Warnings.budgetDoesNotHold(whose, payer.conversation(), used, limit, most, month));
                if (whose == Ledger.Whose.ALL) {
                    notHeld.set(new NotHeld(month, most));
                }
                yield new Permit.UsedUp(month, whose, limit);
            }
        };
    }

    /** A call that the budget of all did not hold. */
    private record NotHeld(YearMonth month, BigDecimal amount) {}

    /** That a smaller call is held does not say that there is money again. */
    private void held(YearMonth month, BigDecimal amount) {
        NotHeld before = notHeld.get();
        if (before != null
                && (month.isAfter(before.month()) || amount.compareTo(before.amount()) >= 0)
                && notHeld.compareAndSet(before, null)) {
            operators.over(Warnings.BUDGET);
        }
    }

    private Decision decision(Ledger book, Payer payer, YearMonth month, BigDecimal most) {
        try {
            return book.reserve(payer, month, most, budgets);
        } catch (RuntimeException e) {
            throw new LedgerFailed(e);
        }
    }

    /** What is left of a budget cannot be known now, so nothing may be spent. */
    static final class LedgerFailed extends RuntimeException {

        private static final long serialVersionUID = 1;

        private LedgerFailed(RuntimeException cause) {
            super("the ledger failed", cause);
        }
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    /**
     * A call that was made.
     *
     * @param counted the prompt's tokens as counted by us
     */
    record Call(
            Payer payer,
            ModelProfile model,
            PromptCounter counter,
            Prompt.Purpose purpose,
            int counted,
            ModelOutcome outcome) {}

    /**
     * Records what a reply cost, and what it would have cost to resend everything with it.
     *
     * @param frame the tokens of what stands in every prompt
     */
    void settleReply(Permit.Granted permit, Call call, MemoryView view, int frame) {
        boolean counts = !(call.outcome() instanceof Unavailable); // It is asked again, and would count twice.
        settle(permit, call, book -> counts ? resent(book, call, view, frame) : Optional.empty());
    }

    /** An estimate to look at: that it cannot be made must not keep what was spent from being recorded. */
    private static Optional<Resending.Taken> resent(Ledger book, Call call, MemoryView view, int frame) {
        try {
            Said said = book.said(view.conversation());
            return Optional.of(Resending.of(view, said, frame, call.counted(), call.counter()));
        } catch (RuntimeException e) {
            LOG.error("{}: what resending everything would have cost is not known", view.conversation(), e);
            return Optional.empty();
        }
    }

    /** Records what a call cost that was not for a reply. */
    void settle(Permit.Granted permit, Call call) {
        settle(permit, call, book -> Optional.empty());
    }

    /** That it cannot be recorded must not cost the answer, so it is only logged. */
    private void settle(Permit.Granted permit, Call call, Function<Ledger, Optional<Resending.Taken>> resending) {
        if (ledger == null) {
            return;
        }
        try {
            Usage usage = usage(permit, call);
            if (usage.equals(Usage.UNKNOWN)) {
                permit.reservation().ifPresent(ledger::release);
                return;
            }
            Optional<Prices> prices = call.model().prices();
            Optional<Resending.Taken> resent = resending.apply(ledger);
            ledger.settle(
                    permit.reservation(),
                    new ModelCall(
                            call.payer(),
                            permit.month(),
                            call.model().name(),
                            call.purpose(),
                            usage,
                            !isReported(call.outcome()),
                            prices.map(known -> known.cost(usage)),
                            resent.map(Resending.Taken::tokens).orElse(0L),
                            resent.flatMap(taken -> prices.map(known -> known.cost(taken.usage(usage.replyTokens())))),
                            resent.map(Resending.Taken::said)));
        } catch (RuntimeException e) {
            LOG.error("{}: what a call cost could not be recorded", call.payer().conversation(), e);
        }
    }

    /** Returns the budgets of a payer that are near their end, or past it, and of which nobody was told yet in this month. */
    List<Ledger.Share> toTell(Payer payer) {
        if (ledger == null || budgets.isEmpty()) {
            return List.of();
        }
        try {
            YearMonth month = month();
            List<Ledger.Share> shares = ledger.toTell(payer, month, budgets, NEARLY);
            shares.forEach(share -> operators.trouble(
                    Warnings.SINGLE,
                    "the end of the budget of " + share.whose(),
                    Warnings.budgetNearEnd(share, payer.conversation(), month)));
            return shares;
        } catch (RuntimeException e) {
            LOG.error("{}: how far the budgets are used is not known", payer.conversation(), e);
            return List.of(); // It must not cost the answer.
        }
    }

    private static boolean isReported(ModelOutcome outcome) {
        return switch (outcome) {
            case Answered answered -> answered.usage().isKnown();
            case Declined declined -> declined.usage().isKnown();
            case Stopped stopped -> false;
            case Unavailable unavailable -> false;
            case PromptTooLong tooLong -> false;
        };
    }

    /** Where the provider reported nothing, what was sent and what arrived is counted by us: it may well be billed. */
    private static Usage usage(Permit.Granted permit, Call call) {
        return switch (call.outcome()) {
            case Answered(String text, Usage usage, boolean complete) -> reported(call, usage, text);
            case Declined(String words, Usage usage) -> reported(call, usage, words);
            case Stopped(String partialText) -> brokenOff(permit, call, 1, partialText);
            case Unavailable(ModelOutcome.Cause cause, String detail, String partialText, boolean begun) -> {
                if (begun) {
                    yield brokenOff(permit, call, 1, partialText);
                }
                // A server that is silent may be at work, at each attempt; one that refused did nothing.
                yield cause == ModelOutcome.Cause.TIMED_OUT
                        ? brokenOff(permit, call, permit.attempts(), partialText)
                        : Usage.UNKNOWN;
            }
            case PromptTooLong tooLong -> Usage.UNKNOWN;
        };
    }

    private static Usage reported(Call call, Usage usage, String text) {
        return usage.isKnown() ? usage : counted(call, text);
    }

    /**
     * A call whose end nobody reported. More may be billed than anybody saw, hidden reasoning above all, so where money was set aside it is
     * taken to be spent: a budget that errs must err on the side of the one who pays.
     */
    private static Usage brokenOff(Permit.Granted permit, Call call, int attempts, String text) {
        Usage seen = counted(call, text);
        return permit.reservation().isEmpty()
                ? seen
                : new Usage(times(call.counted(), attempts), 0, Math.max(permit.replyTokens(), seen.replyTokens()), 0);
    }

    private static Usage counted(Call call, String text) {
        String head = text.length() <= MOST_COUNTED ? text : text.substring(0, MOST_COUNTED);
        return new Usage(call.counted(), 0, call.counter().count(head), 0);
    }

    private static int times(int tokens, int attempts) {
        return (int) Math.min(Integer.MAX_VALUE, (long) tokens * attempts);
    }
}
