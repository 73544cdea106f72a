package loci.memory;

import loci.chat.Reply;
import loci.model.Usage;

/**
 * How a question ended, to be recorded before anybody is shown it as final.
 *
 * @param exchange the exchange that the question opened
 * @param kind an answer becomes a turn; the other kinds are shown only
 * @param text what will be delivered, sanitised; not blank
 * @param below Loci's own words that are delivered below the text and not remembered; mostly empty, at most {@value #LONGEST_BELOW} characters
 * @param model the name of the model that answered or failed
 * @param countedTokens the prompt's tokens as counted before the call
 * @param usage the call's cost as the provider reported it
 */
public record ReplyRecord(
        long exchange, Reply.Kind kind, String text, String below, String model, int countedTokens, Usage usage) {

    public static final int LONGEST_BELOW = 1_000;

    public ReplyRecord {
        if (below.length() > LONGEST_BELOW) {
            throw new IllegalArgumentException("too long for what is not remembered: " + below.length());
        }
    }

    public ReplyRecord(long exchange, Reply.Kind kind, String text, String model, int countedTokens, Usage usage) {
        this(exchange, kind, text, "", model, countedTokens, usage);
    }

    /** The same end with something below it. */
    public ReplyRecord with(String words) {
        return new ReplyRecord(exchange, kind, text, words, model, countedTokens, usage);
    }

    /** Returns what is delivered of a text with something below it. */
    public static String delivered(String text, String below) {
        return below.isEmpty() ? text : text + "\n\n" + below;
    }
}
