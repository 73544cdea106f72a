package loci.sanitize;

import java.util.Locale;

/**
 * Finds a conversation's secret fence mark in text, however it is disguised: in another case, full-width or in
 * look-alike letters, split by invisible characters or overlaid with combining marks. Stateless; linear time.
 */
final class Marks {
    /** What stands where a mark stood. Holds no letter or digit, so it cannot complete another mark. */
    static final String REMOVED = "•••";

    private Marks() {}

    /** The text with each occurrence of the mark replaced by {@value #REMOVED}. A blank mark occurs nowhere. */
    static String neutralise(String text, String mark) {
        String wanted = needle(mark);
        if (wanted.isEmpty()) {
            return text;
        }
        Folded folded = Folded.withLookalikes(text);
        String lower = folded.lower();
        int at = lower.indexOf(wanted);
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (; at >= 0; at = lower.indexOf(wanted, at + wanted.length())) {
            out.append(text, done, folded.startOf(at)).append(REMOVED);
            done = folded.reachOf(at + wanted.length() - 1);
        }
        return out.append(text, done, text.length()).toString();
    }

    static boolean occursIn(String text, String mark) {
        String wanted = needle(mark);
        return !wanted.isEmpty() && Folded.withLookalikes(text).lower().contains(wanted);
    }

    /** Where the mark ends when the text begins with it, else -1. */
    static int endAtStart(String text, String mark) {
        String wanted = needle(mark);
        Folded folded = Folded.withLookalikes(text);
        return !wanted.isEmpty() && folded.lower().startsWith(wanted) && folded.startOf(0) == 0
                ? folded.reachOf(wanted.length() - 1)
                : -1;
    }

    /** Where an unfinished mark begins at the end of the text; the text's length when none does. */
    static int pending(String text, String mark) {
        String wanted = needle(mark);
        int from = Math.max(0, text.length() - 16 * (wanted.length() + 1)); // room for marks laid over each letter
        Folded tail = Folded.withLookalikes(text.substring(from));
        String lower = tail.lower();
        for (int k = Math.min(wanted.length() - 1, lower.length()); k > 0; k--) {
            if (lower.regionMatches(lower.length() - k, wanted, 0, k)) {
                return from + tail.startOf(lower.length() - k);
            }
        }
        return text.length();
    }

    static String needle(String mark) {
        return Folded.withLookalikes(mark).lower().toLowerCase(Locale.ROOT).strip();
    }
}
