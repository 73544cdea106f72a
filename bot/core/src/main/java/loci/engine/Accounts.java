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
import java.util.function.Function;
import loci.memory.Dollars;
import loci.memory.Ledger;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Decision;
import loci.memory.Ledger.Payer;
import loci.memory.MemoryView;
import loci.memory.ModelCall;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import loci.model.ModelProfile;
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

    /** Counting is not bounded by itself, and a server may send anything. */
    private static final int MOST_COUNTED = 200_000;

    private final @Nullable Ledger ledger;
    private final Budgets budgets;
    private final InstantSource clock;
    private final Set<String> saidWithoutPrice = ConcurrentHashMap.newKeySet();

    Accounts(@Nullable Ledger ledger, Budgets budgets, InstantSource clock) {
        this.ledger = ledger;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** Keeps no budgets and notes nothing. */
    static Accounts none(InstantSource clock) {
        return new Accounts(null, Budgets.NONE, clock);
    }

    /** Whether a call may be made. */
    sealed interface Permit {

        /**
         * It may.
         *
         * @param shares how far each budget that holds was used before
         */
        record Granted(YearMonth month, OptionalLong reservation, List<Ledger.Share> shares) implements Permit {}

        /** A budget does not have what it could cost. */
        record UsedUp(YearMonth month, Ledger.Whose whose, BigDecimal limit) implements Permit {}

        /** Budgets hold, and what it would cost is not known. */
        record NoPrice(String model) implements Permit {}
    }

    /** Sets aside what a call can cost at most. */
    Permit reserve(Payer payer, ModelProfile model, int promptTokens, int replyTokens) {
        YearMonth month = month();
        if (ledger == null || budgets.isEmpty()) {
            return new Permit.Granted(month, OptionalLong.empty(), List.of());
        }
        if (model.prices().isEmpty()) {
            if (saidWithoutPrice.add(model.name())) {
                LOG.error(
                        "{} is not asked: budgets are set and its price is unknown. Give it one in the file that"
                                + " model.catalog names",
                        model.name());
            }
            return new Permit.NoPrice(model.name());
        }
        BigDecimal most = model.prices().get().cost(new Usage(promptTokens, 0, replyTokens, 0));
        return switch (decision(ledger, payer, month, most)) {
            case Decision.Granted(long reservation, List<Ledger.Share> shares) ->
                new Permit.Granted(month, OptionalLong.of(reservation), shares);
            case Decision.Refused(Ledger.Whose whose, BigDecimal used, BigDecimal limit) -> {
                LOG.warn(
                        "{}: the budget of {} ({} of {} used) does not hold a call of {}",
                        payer.conversation(),
                        whose,
                        Dollars.shown(used),
                        Dollars.shown(limit),
                        Dollars.shown(most));
                yield new Permit.UsedUp(month, whose, limit);
            }
        };
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
     * @return the budgets that this call brought near their end
     */
    List<Ledger.Share> settleReply(Permit.Granted permit, Call call, MemoryView view, int frame) {
        boolean counts = !(call.outcome() instanceof Unavailable); // It is asked again, and would count twice.
        return settle(
                permit,
                call,
                book -> counts
                        ? Optional.of(Resending.of(view, book.said(view.conversation()), frame, call.counter()))
                        : Optional.empty());
    }

    /** Records what a call cost that was not for a reply. */
    void settle(Permit.Granted permit, Call call) {
        settle(permit, call, book -> Optional.empty());
    }

    /** That it cannot be recorded must not cost the answer, so it is only logged. */
    private List<Ledger.Share> settle(
            Permit.Granted permit, Call call, Function<Ledger, Optional<Resending.Taken>> resending) {
        if (ledger == null) {
            return List.of();
        }
        Usage usage = usage(call);
        Optional<BigDecimal> cost = call.model().prices().map(prices -> prices.cost(usage));
        try {
            if (usage.equals(Usage.UNKNOWN)) {
                permit.reservation().ifPresent(ledger::release);
                return List.of();
            }
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
                            cost,
                            resent.map(Resending.Taken::tokens).orElse(0L),
                            resent.flatMap(taken ->
                                    call.model().prices().map(prices -> prices.cost(taken.usage(usage.replyTokens())))),
                            resent.map(Resending.Taken::said)));
        } catch (RuntimeException e) {
            LOG.error("{}: what a call cost could not be recorded", call.payer().conversation(), e);
        }
        BigDecimal spent = cost.orElse(BigDecimal.ZERO);
        return permit.shares().stream()
                .filter(share -> isNear(share.used().add(spent), share) && !isNear(share.used(), share))
                .toList();
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

    private static boolean isNear(BigDecimal used, Ledger.Share share) {
        return used.compareTo(share.limit().multiply(NEARLY)) >= 0;
    }

    /** Where the provider reported nothing, what was sent and what arrived is counted by us: it may well be billed. */
    private static Usage usage(Call call) {
        return switch (call.outcome()) {
            case Answered(String text, Usage usage, boolean complete) -> reported(call, usage, text);
            case Declined(String words, Usage usage) -> reported(call, usage, words);
            case Stopped(String partialText) -> counted(call, partialText);
            case Unavailable(ModelOutcome.Cause cause, String detail, String partialText) ->
                switch (cause) {
                    case TIMED_OUT, NOT_UNDERSTOOD -> counted(call, partialText);
                    case UNAUTHORISED, OUT_OF_QUOTA, RATE_LIMITED, UNREACHABLE, REQUEST_REFUSED, SERVER_FAILED ->
                        partialText.isEmpty() ? Usage.UNKNOWN : counted(call, partialText);
                };
            case PromptTooLong tooLong -> Usage.UNKNOWN;
        };
    }

    private static Usage reported(Call call, Usage usage, String text) {
        return usage.isKnown() ? usage : counted(call, text);
    }

    private static Usage counted(Call call, String text) {
        String head = text.length() <= MOST_COUNTED ? text : text.substring(0, MOST_COUNTED);
        return new Usage(call.counted(), 0, call.counter().count(head), 0);
    }
}
