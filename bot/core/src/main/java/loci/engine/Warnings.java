package loci.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import loci.chat.ConversationId;
import loci.engine.Operators.Subject;
import loci.memory.Dollars;
import loci.memory.Ledger.Share;
import loci.memory.Ledger.Whose;
import loci.model.ModelOutcome.Cause;

/** What operators are told, in Loci's own words: never with anybody's words or a secret in it. Their language is not known, so it is English. */
final class Warnings {

    static final Subject ANSWERS = new Subject("answers", "Questions are answered again.");
    static final Subject BUDGET = new Subject("budget", "The bot's budget holds calls again.");
    static final Subject SUMMARIES = new Subject("summaries", "All notes are brought up to date again.");
    static final Subject STORE = new Subject("store", "What is said is stored again.");
    static final Subject WORK =
            new Subject("work", "Every channel in which something failed within the bot is served again.");

    /** Nothing of this is ever over: it is told of each by itself. */
    static final Subject SINGLE = new Subject("single", "");

    static final String NO_MODEL_ANSWERS =
            "No model answers: not the one that was asked for and none of its fallbacks. Whoever asks is told so.";
    static final String NOT_STORED =
            "What happens on a platform could not be stored. Platforms and people are not told that it was; the log"
                    + " says what failed, and most likely it is the database.";
    static final String NOT_DONE =
            "A channel's questions could not be answered, or its answers not be delivered, since something failed"
                    + " within the bot; most likely it is the database. Nothing is lost and it is tried again; the log"
                    + " says what failed.";
    static final String BROKEN =
            "Something in the bot failed while a question was answered, and whoever asked was told so. The log says"
                    + " what; it is worth reporting.";

    private Warnings() {}

    static Subject model(String name) {
        return new Subject("model " + name, "The model " + name + " answers again.");
    }

    static String modelFails(String name, Cause cause) {
        return "The model " + name
                + switch (cause) {
                    case UNAUTHORISED -> " refuses the bot's API key, and answers nobody until that is mended.";
                    case OUT_OF_QUOTA -> " has no credit left, and answers nobody until there is some.";
                    case RATE_LIMITED -> " gets more requests than its provider allows.";
                    case TIMED_OUT -> " took too long to answer.";
                    case UNREACHABLE -> " cannot be reached.";
                    case SERVER_FAILED -> " failed: its server reports an error of its own.";
                    case REQUEST_REFUSED -> " refused a request. The log says why.";
                    case NOT_UNDERSTOOD -> " sent something that makes no sense. The log says what.";
                };
    }

    static String noPrice(String name) {
        return "The model " + name
                + " is not asked: budgets are set and its price is not known. Give it one in the file"
                + " that model.catalog names.";
    }

    /** @param most what the call that it does not hold could cost */
    static String budgetDoesNotHold(
            Whose whose, ConversationId where, BigDecimal used, BigDecimal limit, BigDecimal most, YearMonth month) {
        return whose(whose, where) + " for " + month + " does not hold another call: " + Dollars.shown(used) + " of "
                + Dollars.shown(limit) + " are used or set aside, and the call could cost " + Dollars.shown(most)
                + ". Whoever asks is told so.";
    }

    static String budgetNearEnd(Share share, ConversationId where, YearMonth month) {
        return whose(share.whose(), where) + " for " + month + " is "
                + (share.spent().compareTo(share.limit()) < 0 ? "nearly used up: " : "used up: ")
                + Dollars.shown(share.spent()) + " of " + Dollars.shown(share.limit()) + " are spent.";
    }

    /** Of a person it is not said who: that is between them and the bot. */
    private static String whose(Whose whose, ConversationId where) {
        return switch (whose) {
            case ALL -> "The bot's budget";
            case CHANNEL -> "The budget of the channel " + where;
            case PERSON -> "The budget of a person";
        };
    }

    static String notesFail(ConversationId conversation, int conversations, Duration since) {
        return "The note of " + conversation + (conversations > 1 ? " and of " + (conversations - 1) + " more" : "")
                + " could not be brought up to date for " + since.toMinutes()
                + " minutes. Nothing is lost and it is tried again; until then prompts show less of what is older.";
    }

    static String undeliverable(ConversationId conversation, String reason) {
        return "An answer in " + conversation + " can never be delivered: " + reason + ".";
    }
}
