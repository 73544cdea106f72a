package loci.slack;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Settles the {@link Sign}s of one line. A mark that is meant gets what Slack wants around it: an end of the line, a space or punctuation,
 * and where a letter is, a zero-width space, which Slack takes for a boundary. A mark that is not meant, but that Slack would pair with
 * another, becomes its full-width form; {@code 2 * 3}, {@code snake_case} and a lone star stay as they are. Linear.
 */
final class Marks {

    private static final String FULL_WIDTH = "＊＿～｀";
    private static final char BOUNDARY = '\u200B';
    private static final int RUN_THAT_FENCES = 3;

    private final String line;
    private final StringBuilder out = new StringBuilder();
    private final boolean[] dropped;
    private final int[] firstOpening = new int[Sign.MARKS.length()];
    private final int[] lastClosing = new int[Sign.MARKS.length()];
    private int backticks;
    /** Whether a mark has just been closed, so that a letter must be kept off it. */
    private boolean closed;

    private Marks(String line) {
        this.line = line;
        this.dropped = new boolean[line.length()];
    }

    static String settled(String line) {
        Marks marks = new Marks(line);
        marks.dropEmptyPairs();
        marks.note();
        for (int i = 0; i < line.length(); i++) {
            marks.settle(i);
        }
        return marks.out.toString();
    }

    /** Marks around nothing, or that stand at a space, would be seen. */
    private void dropEmptyPairs() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Sign.opens(c)) {
                open.push(i);
            } else if (Sign.closes(c) && !open.isEmpty()) {
                int start = open.pop();
                boolean code = c == Sign.CODE_CLOSES;
                boolean marks = code ? i > start + 1 : hugs(start, i);
                dropped[start] = !marks;
                dropped[i] = !marks;
            }
        }
    }

    private boolean hugs(int start, int end) {
        int first = start + 1;
        while (first < end && Sign.opens(line.charAt(first))) {
            first++;
        }
        int last = end - 1;
        while (last > start && Sign.closes(line.charAt(last))) {
            last--;
        }
        return first <= last && !isSpace(line.charAt(first)) && !isSpace(line.charAt(last));
    }

    private void note() {
        Arrays.fill(firstOpening, Integer.MAX_VALUE);
        Arrays.fill(lastClosing, -1);
        for (int i = 0; i < line.length(); i++) {
            int kind = dropped[i] ? -1 : Sign.kind(line.charAt(i));
            if (kind >= 0) {
                backticks += Sign.MARKS.charAt(kind) == '`' ? 1 : 0;
                if (canOpen(i)) {
                    firstOpening[kind] = Math.min(firstOpening[kind], i);
                }
                if (canClose(i)) {
                    lastClosing[kind] = i;
                }
            }
        }
    }

    private boolean canOpen(int i) {
        char c = line.charAt(i);
        boolean literal =
                i + 1 < line.length() && !isSpace(line.charAt(i + 1)) && (i == 0 || !isWord(line.charAt(i - 1)));
        return Sign.opens(c) || (Sign.isLiteral(c) && literal);
    }

    private boolean canClose(int i) {
        char c = line.charAt(i);
        boolean literal =
                i > 0 && !isSpace(line.charAt(i - 1)) && (i + 1 == line.length() || !isWord(line.charAt(i + 1)));
        return Sign.closes(c) || (Sign.isLiteral(c) && literal);
    }

    private void settle(int i) {
        char c = line.charAt(i);
        if (Sign.opens(c) || Sign.closes(c)) {
            if (!dropped[i]) {
                mark(Sign.MARKS.charAt(Sign.kind(c)), Sign.opens(c));
            }
            return;
        }
        if (closed && isWord(c)) {
            out.append(BOUNDARY);
        }
        closed = false;
        if (Sign.isLiteral(c)) {
            out.append((isRisky(i) ? FULL_WIDTH : Sign.MARKS).charAt(Sign.kind(c)));
        } else if (c == Sign.GREATER) {
            out.append(startsLine() ? "＞" : "&gt;");
        } else {
            out.append(c);
        }
    }

    private void mark(char mark, boolean opening) {
        char before = out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
        if (before == mark || (opening && !closed && isWord(before))) {
            out.append(BOUNDARY);
        }
        out.append(mark);
        closed = !opening;
    }

    private boolean isRisky(int i) {
        int kind = Sign.kind(line.charAt(i));
        if (Sign.MARKS.charAt(kind) == '`') {
            return backticks > 1;
        }
        return isInRun(i) || isPaired(i, -1) || isPaired(i, 1);
    }

    /** Whether this one or one of the same run beside it would be paired: a run is changed as one. */
    private boolean isPaired(int i, int step) {
        char c = line.charAt(i);
        int kind = Sign.kind(c);
        for (int at = i; at >= 0 && at < line.length() && Math.abs(at - i) <= RUN_THAT_FENCES; at += step) {
            if (line.charAt(at) != c) {
                return false;
            }
            if ((canOpen(at) && lastClosing[kind] > at) || (canClose(at) && firstOpening[kind] < at)) {
                return true;
            }
        }
        return false;
    }

    /** Three tildes in a row are a fence to some who read them. */
    private boolean isInRun(int i) {
        char c = line.charAt(i);
        int from = i;
        while (from > 0 && i - from < RUN_THAT_FENCES && line.charAt(from - 1) == c) {
            from--;
        }
        int to = i;
        while (to + 1 < line.length() && to - i < RUN_THAT_FENCES && line.charAt(to + 1) == c) {
            to++;
        }
        return c == Sign.TILDE && to - from + 1 >= RUN_THAT_FENCES;
    }

    /** Slack quotes a line that begins so, the entity being as good to it as the sign. */
    private boolean startsLine() {
        for (int i = 0; i < out.length(); i++) {
            if (!isSpace(out.charAt(i)) && out.charAt(i) != '>') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** What is neither a space nor ASCII punctuation: next to it Slack reads no mark. */
    private static boolean isWord(char c) {
        boolean punctuation = c < 0x80 && !Character.isLetterOrDigit(c);
        return !punctuation && !isSpace(c) && Sign.kind(c) < 0 && c != Sign.GREATER && c != BOUNDARY;
    }
}
