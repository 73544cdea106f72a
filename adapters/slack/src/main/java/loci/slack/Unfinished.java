package loci.slack;

import java.util.BitSet;

/**
 * Where in a line that is still being written something begins that what follows may change: a span of code, a link, a mark, a word that may
 * become an address, a mention or an entity. Text before it may be shown.
 */
final class Unfinished {

    private static final int LONGEST_LINK = 3_000;

    /** Signs that make the last word one that may still become something else. */
    private static final String DOUBTFUL = "<&@\\!]:";

    private final String line;
    private final BitSet closing = new BitSet();
    /** Where the last word begins, if it may become something else, and then where what encloses that begins. */
    private int hold;

    private final int word;

    private Unfinished(String line) {
        this.line = line;
        this.word = lastWord(line);
        this.hold = word;
    }

    /** The index from which on the line is held back; its length where nothing is. */
    static int from(String line) {
        return new Unfinished(line).scan();
    }

    /** The same in a fence, where nothing but the last word can change. */
    static int inFence(String line) {
        return lastWord(line);
    }

    private static int lastWord(String line) {
        int start = line.length();
        boolean doubtful = false;
        while (start > 0 && !Character.isWhitespace(line.charAt(start - 1))) {
            start--;
            doubtful |= DOUBTFUL.indexOf(line.charAt(start)) >= 0;
        }
        if (doubtful) {
            return start;
        }
        boolean half = !line.isEmpty() && Character.isHighSurrogate(line.charAt(line.length() - 1));
        return half ? line.length() - 1 : line.length();
    }

    private int scan() {
        int i = 0;
        while (i < line.length()) {
            int next = switch (line.charAt(i)) {
                case '\\' -> i + 2;
                case '`' -> afterSpan(i);
                case '[' -> isLinkFinished(i) ? i + 1 : -1;
                case '*', '_', '~' -> afterMark(i);
                default -> i + 1;
            };
            if (next < 0) {
                return Math.min(i, hold);
            }
            i = next;
        }
        return hold;
    }

    private void encloses(int start, int end) {
        if (start < word && word < end) {
            hold = Math.min(hold, start);
        }
    }

    private int afterSpan(int start) {
        int run = StreamLine.runEnd(line, start);
        int end = StreamLine.spanEnd(line, start);
        // A run at the very end may still grow, and close nothing.
        if (end == run || end == line.length()) {
            return -1;
        }
        encloses(start, end);
        return end;
    }

    private boolean isLinkFinished(int open) {
        int close = line.indexOf(']', open);
        if (close < 0 || close + 1 >= line.length()) {
            return line.length() - open > LONGEST_LINK;
        }
        if (line.charAt(close + 1) != '(') {
            return true;
        }
        int end = line.indexOf(')', close);
        encloses(open, end + 1);
        return end >= 0 || line.length() - open > LONGEST_LINK;
    }

    private int afterMark(int start) {
        int end = StreamLine.runEnd(line, start);
        if (closing.get(start)) {
            return end;
        }
        boolean withinWord = start > 0 && Character.isLetterOrDigit(line.charAt(start - 1));
        if (end < line.length()
                && (Character.isWhitespace(line.charAt(end)) || (withinWord && line.charAt(start) == '_'))) {
            return end;
        }
        for (int i = line.indexOf(line.charAt(start), end); i >= 0; i = line.indexOf(line.charAt(start), i)) {
            int close = StreamLine.runEnd(line, i);
            if (close - i == end - start && close < line.length() && !Character.isWhitespace(line.charAt(i - 1))) {
                closing.set(i);
                encloses(start, close);
                return end;
            }
            i = close;
        }
        return -1;
    }
}
