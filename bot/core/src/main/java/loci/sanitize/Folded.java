package loci.sanitize;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as a reader (or a forger) sees it: invisible characters and combining marks dropped, full-width and other
 * compatibility forms of ASCII brought back to ASCII. Each folded character remembers where it stood, so that a match in
 * the folded text can be cut out of the original. Case is kept; {@link #lower()} gives a view without it. Linear time.
 */
final class Folded {
    /** Letters of other scripts that cannot be told from a Latin letter; the commonest of Unicode's confusables. */
    private static final String LOOKALIKE = "аәеіїјкӏорсԁհһոքգѕтυхуѵԝαβγεηικνορτυχωµАВЕІЈКМНОРСТХУЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

    private static final String LATIN = "aaeiijklopcdhhnqgstuxyvwaβyenikvoptuxwµABEIJKMHOPCTXYSABEZHIKMNOPTYX";

    private final char[] folded;
    private final int[] start;
    private final int[] end;
    private final int length;
    private final int original;

    private Folded(String text, boolean lookalikes) {
        char[] out = new char[text.length()];
        int[] from = new int[text.length()];
        int[] to = new int[text.length()];
        int n = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            int plain = point < 0x80 ? point : fold(point, lookalikes);
            if (plain >= 0) {
                int units = Character.charCount(plain);
                for (int k = 0; k < units; k++) {
                    out[n] = units == 1
                            ? (char) plain
                            : (k == 0 ? Character.highSurrogate(plain) : Character.lowSurrogate(plain));
                    from[n] = i;
                    to[n++] = next;
                }
            }
            i = next;
        }
        folded = out;
        start = from;
        end = to;
        length = n;
        original = text.length();
    }

    /** Folds compatibility forms and drops what cannot be seen. */
    static Folded of(String text) {
        return new Folded(text, false);
    }

    /** As {@link #of}, and letters of other scripts that look Latin become Latin. */
    static Folded withLookalikes(String text) {
        return new Folded(text, true);
    }

    String text() {
        return new String(folded, 0, length);
    }

    /** The folded text in lower case, index by index the same as {@link #text()} (ASCII letters only). */
    String lower() {
        char[] lower = Arrays.copyOf(folded, length);
        for (int i = 0; i < length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] = (char) (lower[i] + ('a' - 'A'));
            }
        }
        return new String(lower);
    }

    /** Where in the original the folded character {@code index} begins. */
    int startOf(int index) {
        return start[index];
    }

    /** Where in the original the folded character {@code index} ends. */
    int endOf(int index) {
        return end[index];
    }

    /** As {@link #endOf}, with the invisible characters and marks that follow it. */
    int reachOf(int index) {
        return index + 1 < length ? start[index + 1] : original;
    }

    private static int fold(int point, boolean lookalikes) {
        if (VisibleText.isIgnorable(point)) {
            return -1;
        }
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return -1;
        }
        if (type == Character.DASH_PUNCTUATION || point == 0x2212) {
            return '-'; // editors and phones turn hyphens into dashes
        }
        int like = lookalikes ? LOOKALIKE.indexOf(point) : -1;
        if (like >= 0) {
            return LATIN.charAt(like);
        }
        String plain = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD);
        int first = plain.codePointAt(0);
        return first < 0x80 && restIsMarks(plain) ? first : point;
    }

    private static boolean restIsMarks(String decomposed) {
        for (int i = 1; i < decomposed.length(); i++) {
            if (Character.getType(decomposed.charAt(i)) != Character.NON_SPACING_MARK) {
                return false;
            }
        }
        return true;
    }
}
