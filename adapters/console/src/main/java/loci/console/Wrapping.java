package loci.console;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;

/**
 * Breaks lines that are longer than the terminal is wide between words, where the terminal itself would cut words in two. Pure; immutable.
 *
 * <p>Where a script has no blanks, a line may end after each wide character, though not before punctuation. What the reader takes for one
 * character is never divided. Code keeps its lines as they are. What is made of a text's beginning is a beginning of what is made of the
 * text: a last word that may yet grow beyond the line is held back.
 */
final class Wrapping {

    /** On less, whole words would be one a line. */
    private static final int NARROWEST = 20;

    private static final String FENCE = "```";

    private final int width;
    private final int first;

    /**
     * A wrapping for one answer.
     *
     * @param width the terminal's columns; 0 where they are not known
     * @param first how many columns of the first line are taken
     */
    Wrapping(int width, int first) {
        this.width = width;
        this.first = first;
    }

    /**
     * Returns a rendered text with more line breaks.
     *
     * @param finished whether nothing follows
     */
    String wrap(String text, boolean finished) {
        if (width < NARROWEST) {
            return text;
        }
        // Half a character could be counted as wider than the whole.
        boolean half = !finished && !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        String rendered = half ? text.substring(0, text.length() - 1) : text;
        StringBuilder out = new StringBuilder();
        boolean inFence = false;
        int start = 0;
        while (start <= rendered.length()) {
            int end = rendered.indexOf('\n', start);
            String line = rendered.substring(start, end < 0 ? rendered.length() : end);
            boolean fence = line.startsWith(FENCE);
            if (inFence || fence || line.startsWith(ConsoleMarkup.CODE_LINE)) {
                out.append(line);
            } else {
                line(line, start == 0 ? first : 0, finished || end >= 0, out);
            }
            inFence ^= fence;
            out.append(end < 0 ? "" : "\n");
            start = end < 0 ? rendered.length() + 1 : end + 1;
        }
        return out.toString();
    }

    private void line(String line, int taken, boolean complete, StringBuilder out) {
        int column = taken;
        List<String> words = words(line);
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            int blanks = word.length() - word.stripLeading().length();
            int columns = columns(word);
            if (column > 0 && column + columns > width) {
                out.append('\n').append(word, blanks, word.length());
                column = columns - blanks;
            } else if (!complete && column > 0 && index == words.size() - 1) {
                return; // It may grow, and then belong to the next line.
            } else {
                out.append(word);
                column += columns;
            }
            // The terminal breaks what is longer than a line.
            column = column > width ? (column - 1) % width + 1 : column;
        }
    }

    /** Returns what no line is broken in, each with the blanks before it; together they are the line. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(line);
        int begun = 0;
        int last = 0;
        for (int next = clusters.next(); next != BreakIterator.DONE; last = next, next = clusters.next()) {
            boolean blank = line.charAt(last) == ' ';
            boolean ended = last > begun && blank && line.charAt(last - 1) != ' ';
            if (ended || (last > begun && !blank && isWide(line, last) && mayBreakBefore(line, last))) {
                words.add(line.substring(begun, last));
                begun = last;
            }
        }
        if (begun < line.length()) {
            words.add(line.substring(begun));
        }
        return words;
    }

    /** Whether the character before a place is wide, and no blank. */
    private static boolean isWide(String line, int place) {
        int before = line.codePointBefore(place);
        return Character.isIdeographic(before)
                || Character.UnicodeScript.of(before) == Character.UnicodeScript.HIRAGANA
                || Character.UnicodeScript.of(before) == Character.UnicodeScript.KATAKANA
                || "ー、。，！？：；」』）".indexOf(before) >= 0;
    }

    private static boolean mayBreakBefore(String line, int place) {
        int type = Character.getType(line.codePointAt(place));
        return type != Character.END_PUNCTUATION
                && type != Character.OTHER_PUNCTUATION
                && type != Character.FINAL_QUOTE_PUNCTUATION
                && type != Character.MODIFIER_LETTER
                && type != Character.CONTROL;
    }

    private static int columns(String word) {
        return AttributedString.fromAnsi(word).columnLength();
    }
}
