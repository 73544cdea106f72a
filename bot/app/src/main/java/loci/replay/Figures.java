package loci.replay;

import java.util.Map;
import loci.replay.Bill.Cost;
import loci.replay.Facts.Found;

/**
 * What a transcript came to under one strategy.
 *
 * @param strategy its name
 * @param budget the most tokens a prompt may have
 * @param prompts how many prompts would have been sent
 * @param refused for how many messages none could be made
 * @param largest the largest prompt's tokens
 * @param largestAt the message it was for
 * @param replies what the prompts and their replies come to
 * @param summaries what the summariser's calls come to
 * @param summaryCalls how many those are
 * @param trimmed how often messages left the prompt for want of room
 * @param failures how often the summariser failed
 * @param found how many questions found what, after the last message
 */
public record Figures(
        String strategy,
        int budget,
        int prompts,
        int refused,
        int largest,
        int largestAt,
        Cost replies,
        Cost summaries,
        int summaryCalls,
        int trimmed,
        int failures,
        Map<Found, Integer> found) {

    public Figures {
        found = Map.copyOf(found);
    }

    /** All tokens that models would have read, for replies and for summaries. */
    public long tokensRead() {
        return replies.read() + summaries.read();
    }

    Cost total() {
        return replies.plus(summaries);
    }

    int found(Found what) {
        return found.getOrDefault(what, 0);
    }

    /** Questions of which all that an answer rests on is in the prompt. */
    public int answerable() {
        return found(Found.WORD_FOR_WORD) + found(Found.IN_THE_NOTE);
    }

    public int questions() {
        return found.values().stream().mapToInt(Integer::intValue).sum();
    }
}
