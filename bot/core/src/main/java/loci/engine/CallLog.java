package loci.engine;

import java.time.Duration;
import loci.chat.ConversationId;
import loci.memory.MemoryView;
import loci.model.ModelOutcome;
import loci.model.Usage;
import loci.prompt.Assembly;
import loci.prompt.TokenBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line per model call: what was counted, what was reported, how it ended. Never anybody's words. */
final class CallLog {

    private static final Logger LOG = LoggerFactory.getLogger("loci.calls");

    private CallLog() {}

    static void reply(MemoryView view, Assembly.Fits fits, TokenBudget budget, ModelOutcome outcome, long nanos) {
        LOG.info(
                "{}: prompt {} of {} tokens, {} turns word for word, {} digests{}; {}; {} ms",
                view.conversation(),
                fits.counted(),
                budget.promptTokens(),
                fits.windowTurns(),
                view.note().size(),
                shortfall(fits),
                ending(outcome),
                Duration.ofNanos(nanos).toMillis());
    }

    static void summary(ConversationId conversation, int turns, ModelOutcome outcome, long nanos) {
        LOG.info(
                "{}: condensing {} turns; {}; {} ms",
                conversation,
                turns,
                ending(outcome),
                Duration.ofNanos(nanos).toMillis());
    }

    private static String shortfall(Assembly.Fits fits) {
        String text = "";
        if (fits.leftOut() > 0) {
            text += ", " + fits.leftOut() + " left out for want of room";
        }
        if (fits.waiting() > 0) {
            text += ", " + fits.waiting() + " waiting for a digest";
        }
        return fits.liveCut() ? text + ", the message itself cut" : text;
    }

    private static String ending(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Answered(String text, Usage usage, boolean complete) ->
                (complete ? "answered" : "answered up to the limit") + cost(usage);
            case ModelOutcome.Declined(String words, Usage usage) -> "declined" + cost(usage);
            case ModelOutcome.PromptTooLong tooLong -> "refused as too long";
            case ModelOutcome.Unavailable(ModelOutcome.Cause cause, String detail, String partialText) ->
                "no answer (" + cause + "): " + detail;
            case ModelOutcome.Stopped stopped -> "stopped";
        };
    }

    private static String cost(Usage usage) {
        return usage.isKnown()
                ? ", reported " + usage.promptTokens() + " in (" + usage.cachedTokens() + " cached), "
                        + usage.replyTokens() + " out"
                : ", nothing reported";
    }
}
