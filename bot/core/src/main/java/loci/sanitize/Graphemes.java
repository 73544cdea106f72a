package loci.sanitize;

import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.Locale;

/**
 * Where a reader sees one character end and the next begin: extended grapheme clusters, as the JDK implements
 * <a href="https://www.unicode.org/reports/tr29/">UAX 29</a>, and with the conjuncts of Khmer, Myanmar, Balinese and their
 * kin that Unicode keeps whole since version 16 and JDK 25 does not. Positions are UTF-16 indices. Stateless.
 */
final class Graphemes {
    /** Signs that join the consonant before them with the one after. */
    private static final String CONJOINING = "\u1039\u17D2\u1A60\u1B44\uA9C0\uAAF6";

    private Graphemes() {}

    /** The last boundary at or before {@code index}; never after it, and 0 when the first cluster is longer. */
    static int floor(String text, int index) {
        if (index >= text.length()) {
            return text.length();
        }
        if (index <= 0) {
            return 0;
        }
        BreakIterator clusters = over(text);
        int at = clusters.isBoundary(index) ? index : clusters.preceding(index);
        while (at > 0 && dividesConjunct(text, at)) {
            at = clusters.preceding(at);
        }
        return Math.max(0, at);
    }

    static boolean isBoundary(String text, int index) {
        return index <= 0 || index >= text.length() || (over(text).isBoundary(index) && !dividesConjunct(text, index));
    }

    /** The first {@code count} clusters of the text, or all of it. */
    static String first(String text, int count) {
        BreakIterator clusters = over(text);
        int seen = 0;
        for (int end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            if (end >= text.length() || !dividesConjunct(text, end)) {
                seen++;
            }
            if (seen == count) {
                return text.substring(0, end);
            }
        }
        return text;
    }

    /** Rule GB9c for the scripts the JDK leaves out: consonant, joining sign and marks, consonant. */
    private static boolean dividesConjunct(String text, int at) {
        int next = text.codePointAt(at);
        boolean joins = false;
        int i = at;
        while (i > 0 && isMark(text.charAt(i - 1))) {
            i--;
            joins |= CONJOINING.indexOf(text.charAt(i)) >= 0;
        }
        return joins
                && i > 0
                && Character.isLetter(next)
                && UnicodeScript.of(next) == UnicodeScript.of(text.charAt(i - 1));
    }

    private static boolean isMark(char c) {
        return c == '\u200d' || Character.getType(c) == Character.NON_SPACING_MARK || CONJOINING.indexOf(c) >= 0;
    }

    private static BreakIterator over(String text) {
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        return clusters;
    }
}
