package loci.sanitize;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Where a reader sees one character end and the next begin: extended grapheme clusters, as the JDK implements
 * <a href="https://www.unicode.org/reports/tr29/">UAX 29</a>. Positions are UTF-16 indices. Stateless.
 */
final class Graphemes {
    private Graphemes() {}

    /** The last boundary at or before {@code index}; never after it, and 0 when the first cluster is longer. */
    static int floor(String text, int index) {
        if (index >= text.length()) {
            return text.length();
        }
        if (index <= 0) {
            return 0;
        }
        BreakIterator boundaries = over(text);
        return boundaries.isBoundary(index) ? index : Math.max(0, boundaries.preceding(index));
    }

    /** The first {@code count} clusters of the text, or all of it. */
    static String first(String text, int count) {
        BreakIterator boundaries = over(text);
        int end = boundaries.next(count);
        return end == BreakIterator.DONE ? text : text.substring(0, end);
    }

    private static BreakIterator over(String text) {
        BreakIterator boundaries = BreakIterator.getCharacterInstance(Locale.ROOT);
        boundaries.setText(text);
        return boundaries;
    }
}
