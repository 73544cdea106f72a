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
            done = folded.endOf(at + wanted.length() - 1);
        }
        return out.append(text, done, text.length()).toString();
    }

    static boolean occursIn(String text, String mark) {
        String wanted = needle(mark);
        return !wanted.isEmpty() && Folded.withLookalikes(text).lower().contains(wanted);
    }

    static String needle(String mark) {
        return Folded.withLookalikes(mark).lower().toLowerCase(Locale.ROOT).strip();
    }
}
