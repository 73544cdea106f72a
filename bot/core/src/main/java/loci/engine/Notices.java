package loci.engine;

import java.util.List;
import java.util.stream.Collectors;
import loci.memory.Dollars;
import loci.memory.Ledger.Share;
import loci.memory.Ledger.Whose;
import loci.model.ModelOutcome.Cause;
import loci.prompt.Assembly;
import loci.prompt.Strategy;

/** What Loci says in its own words when there is no answer. Never empty, never with anybody's words or a secret in it. */
final class Notices {

    static final String EMPTY_ANSWER = "⚠️ The model sent back an empty answer. Please ask again.";
    static final String DECLINED = "⚠️ The model declined to answer this.";
    static final String STOPPED = "⏹️ Stopped.";
    static final String STOPPED_MARK = " … [stopped]";
    static final String LENGTH_MARK = " … [cut off: the reply reached its length limit]";
    static final String STILL_TOO_LONG =
            "⚠️ The model found this too long, even after I shortened what I sent. Please send a"
                    + " shorter message, or ask the operator to check `model.contextWindow`.";
    static final String KEEPS_CHANGING =
            "⚠️ What I remember here kept being erased while I was answering, so I stopped. Please ask again.";

    static final String BROKEN =
            "⚠️ Something in me failed while I was answering. The operator's log says what. Please ask again.";

    static final String NO_PRICE =
            "⚠️ The bot's spending is limited and the price of its model is not known, so I did not ask it. The"
                    + " operator must give it a price, in the file that `model.catalog` names.";

    private Notices() {}

    /** Says which budget is used up, and when there is money again. */
    static String usedUp(Accounts.Permit.UsedUp usedUp) {
        return "⚠️ " + whose(usedUp.whose()) + " of " + Dollars.shown(usedUp.limit())
                + " for this month does not hold another answer. Nothing is lost: I go on remembering, and answer"
                + " again from "
                + usedUp.month().plusMonths(1).atDay(1) + " on (UTC), or when the operator raises it.";
    }

    /** What stands below an answer where budgets come near their end. */
    static String nearEnd(List<Share> shares) {
        return shares.stream()
                .map(share -> "_" + whose(share.whose()) + " of " + Dollars.shown(share.limit()) + " for this month is "
                        + (share.spent().compareTo(share.limit()) < 0 ? "four fifths used up._" : "used up._"))
                .collect(Collectors.joining("\n\n"));
    }

    private static String whose(Whose whose) {
        return switch (whose) {
            case ALL -> "The bot's budget";
            case CHANNEL -> "This channel's budget";
            case PERSON -> "Your budget";
        };
    }

    /** Says which part is too long, and what can be done about that. */
    static String doesNotFit(Assembly.DoesNotFit tooLong, Strategy strategy) {
        String remedy;
        if (tooLong.persona() > tooLong.budget() / 2) {
            remedy = "The persona and what stands beside it in every prompt take " + tooLong.persona()
                    + ". The operator must shorten the `persona` or raise `memory.promptTokens`.";
        } else if (strategy.mayLeaveOut()) {
            remedy = "Send a shorter message, or let the operator raise `memory.promptTokens`.";
        } else {
            remedy = "The strategy `" + strategy.name()
                    + "` leaves nothing out. Choose another one with `/settings strategy hybrid`, or let the operator"
                    + " raise `memory.promptTokens` or take a model with a larger window.";
        }
        return "⚠️ This does not fit: " + tooLong.needed() + " tokens are needed and " + tooLong.budget()
                + " are allowed. Nothing was sent to the model. " + remedy;
    }

    static String unavailable(Cause cause) {
        return "⚠️ I could not get an answer: "
                + switch (cause) {
                    case UNAUTHORISED -> "the model refused the bot's API key. The operator must check it.";
                    case OUT_OF_QUOTA -> "the bot's account with the model provider has no credit left.";
                    case RATE_LIMITED -> "the model is getting too many requests. Please try again in a minute.";
                    case TIMED_OUT -> "the model took too long. Please try again.";
                    case UNREACHABLE -> "the model's server cannot be reached. Please try again later.";
                    case SERVER_FAILED -> "the model's server failed. Please try again.";
                    case REQUEST_REFUSED -> "the model's server refused the request. The operator's log says why.";
                    case NOT_UNDERSTOOD -> "the model's server sent something that makes no sense. Please try again.";
                };
    }
}
