package loci.engine;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import loci.chat.ConversationId;
import loci.memory.MemoryView;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Usage;
import loci.prompt.Assembly;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line per model call: what was counted, what was reported, what it cost, how it ended. Never anybody's words. Warns when a
 * conversation's prompts come near their budget. Thread-safe.
 */
final class CallLog {

    private static final Logger LOG = LoggerFactory.getLogger("loci.calls");

    private static final int WARN_FROM_PERCENT = 80;

    /** A warning forgotten is a warning repeated, which is no harm. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Set<ConversationId> nearBudget = ConcurrentHashMap.newKeySet();

    void reply(
            MemoryView view,
            Strategy strategy,
            Assembly.Fits fits,
            TokenBudget budget,
            ModelProfile model,
            ModelOutcome outcome,
            long nanos) {
        LOG.info(
                "{}: {}: prompt {} of {} tokens, {} turns word for word, {} digests{}; {}: {}; {} ms",
                view.conversation(),
                strategy.name(),
                fits.counted(),
                budget.promptTokens(),
                fits.shown().window().size() + 1,
                fits.shown().note().size(),
                shortfall(fits),
                model.name(),
                ending(outcome, model),
                Duration.ofNanos(nanos).toMillis());
        warnNearBudget(view.conversation(), fits.counted(), budget.promptTokens());
    }

    void summary(
            ConversationId conversation,
            String what,
            int turns,
            int counted,
            ModelProfile model,
            ModelOutcome outcome,
            long nanos) {
        LOG.info(
                "{}: {} {} turns: prompt {} tokens; {}: {}; {} ms",
                conversation,
                what,
                turns,
                counted,
                model.name(),
                ending(outcome, model),
                Duration.ofNanos(nanos).toMillis());
    }

    void notSent(ConversationId conversation, Strategy strategy, Assembly.DoesNotFit tooLong) {
        LOG.info(
                "{}: {}: nothing sent: {} tokens are needed and {} allowed",
                conversation,
                strategy.name(),
                tooLong.needed(),
                tooLong.budget());
    }

    /** Once, until it has been below the mark again: a conversation that stays there would warn with every message. */
    private void warnNearBudget(ConversationId conversation, int counted, int budget) {
        boolean near = (long) counted * 100 >= (long) budget * WARN_FROM_PERCENT;
        if (!near) {
            nearBudget.remove(conversation);
        } else if (nearBudget.add(conversation)) {
            LOG.warn(
                    "{}: the prompt has {} of {} tokens; from here on the oldest is left out where it does not fit",
                    conversation,
                    counted,
                    budget);
            if (nearBudget.size() > MOST_REMEMBERED) {
                nearBudget.clear();
            }
        }
    }

    private static String shortfall(Assembly.Fits fits) {
        String text = fits.shown().pinned().isEmpty()
                ? ""
                : ", " + fits.shown().pinned().size() + " pinned";
        if (fits.leftOut() > 0) {
            text += ", " + fits.leftOut() + " left out for want of room";
        }
        if (fits.waiting() > 0) {
            text += ", " + fits.waiting() + " waiting for a digest";
        }
        return fits.liveCut() ? text + ", the message itself cut" : text;
    }

    private static String ending(ModelOutcome outcome, ModelProfile model) {
        return switch (outcome) {
            case ModelOutcome.Answered(String text, Usage usage, boolean complete) ->
                (complete ? "answered" : "answered up to the limit") + usage(usage, model);
            case ModelOutcome.Declined(String words, Usage usage) -> "declined" + usage(usage, model);
            case ModelOutcome.PromptTooLong tooLong -> "refused as too long";
            case ModelOutcome.Unavailable(ModelOutcome.Cause cause, String detail, String partialText, boolean begun) ->
                "no answer (" + cause + "): " + detail;
            case ModelOutcome.Stopped stopped -> "stopped";
        };
    }

    private static String usage(Usage usage, ModelProfile model) {
        if (!usage.isKnown()) {
            return ", nothing reported";
        }
        String cost = model.prices()
                .map(prices -> ", $"
                        + prices.cost(usage).setScale(6, RoundingMode.HALF_UP).toPlainString())
                .orElse("");
        return ", reported " + usage.promptTokens() + " in (" + usage.cachedTokens() + " cached), "
                + usage.replyTokens() + " out" + cost;
    }
}
