package loci.slack;

/**
 * Signs that stand in a line while it is being rendered, until {@link Marks} settles what each becomes: noncharacters, which no text holds.
 * Slack has no way to escape its marks, so whether a literal one is harmless depends on the whole line.
 */
final class Sign {
    static final char BOLD_OPENS = '\uFDD0';
    static final char BOLD_CLOSES = '\uFDD1';
    static final char ITALIC_OPENS = '\uFDD2';
    static final char ITALIC_CLOSES = '\uFDD3';
    static final char STRIKE_OPENS = '\uFDD4';
    static final char STRIKE_CLOSES = '\uFDD5';
    static final char CODE_OPENS = '\uFDD6';
    static final char CODE_CLOSES = '\uFDD7';

    /** Literal signs: what a reader is to see. */
    static final char STAR = '\uFDD8';

    static final char UNDERSCORE = '\uFDD9';
    static final char TILDE = '\uFDDA';
    static final char BACKTICK = '\uFDDB';
    static final char GREATER = '\uFDDC';

    /** The marks of Slack, by the places of their signs: opening, closing, literal. */
    static final String MARKS = "*_~`";

    private static final char FIRST = '\uFDD0';
    private static final char LAST = '\uFDEF';

    private Sign() {}

    static boolean opens(char c) {
        return c >= BOLD_OPENS && c <= CODE_CLOSES && (c - FIRST) % 2 == 0;
    }

    static boolean closes(char c) {
        return c >= BOLD_OPENS && c <= CODE_CLOSES && (c - FIRST) % 2 == 1;
    }

    static boolean isLiteral(char c) {
        return c >= STAR && c <= BACKTICK;
    }

    /** Which of the {@link #MARKS} a sign becomes; -1 where it is none. */
    static int kind(char c) {
        if (isLiteral(c)) {
            return c - STAR;
        }
        return opens(c) || closes(c) ? (c - FIRST) / 2 : -1;
    }

    /** A text without what would be taken for signs. */
    static String without(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (out.charAt(i) >= FIRST && out.charAt(i) <= LAST) {
                out.setCharAt(i, '\uFFFD');
            }
        }
        return out.toString();
    }

    /** A text that is to be seen as it is written. */
    static void literal(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int mark = MARKS.indexOf(c);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append(GREATER);
                default -> out.append(mark < 0 ? c : (char) (STAR + mark));
            }
        }
    }
}
