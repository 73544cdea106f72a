package loci.sanitize;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what a model copied from its prompt's structure off a line of its reply: fence lines and turn headers, known by
 * the conversation's mark. A mark elsewhere in the line is blotted out, the words around it stay.
 */
final class MarkLines {
    private static final int LONGEST_HEADER = 200;

    /** Further ones on the same line are blotted out like any other mark. */
    private static final int MOST_HEADERS = 16;

    private static final int LONGEST_BARE_NAME = 60;
    private static final Pattern DAY = Pattern.compile(" \\d{4}-\\d{2}-\\d{2}");
    private static final String DECORATION = " \t>*_#-`|=~";

    private MarkLines() {}

    /**
     * A line without structure.
     *
     * @param dropped the line was nothing but structure
     * @param undecided how the line begins cannot be told until more of it has come
     */
    record Stripped(String text, boolean dropped, boolean undecided) {}

    static Stripped strip(String line, String mark, boolean complete) {
        String wanted = Marks.needle(mark);
        if (wanted.isEmpty()) {
            return new Stripped(line, false, false);
        }
        String rest = line;
        boolean found = false;
        for (int headers = 0; headers < MOST_HEADERS; headers++) {
            if (!complete && isUndecided(rest, mark, wanted.length())) {
                return new Stripped("", false, true);
            }
            int end = headerEnd(rest, mark);
            if (end < 0) {
                break;
            }
            found = true;
            rest = rest.substring(end);
        }
        boolean dropped = found && VisibleText.isBlank(rest);
        return new Stripped(Marks.neutralise(rest, mark), dropped, dropped && !complete);
    }

    /** Where the header at the start of the line ends, with the punctuation after it; -1 when there is none. */
    private static int headerEnd(String line, String mark) {
        int start = decorationEnd(line);
        if (start >= line.length()) {
            return -1;
        }
        if (isOpening(line.charAt(start))) {
            int close = Ascii.runEnd(line, start + 1, LONGEST_HEADER, c -> !isClosing(c));
            if (!Marks.occursIn(line.substring(start, close), mark)) {
                return -1;
            }
            return close < line.length() && isClosing(line.charAt(close)) ? afterHeader(line, close + 1) : close;
        }
        int mark1 = Marks.endAtStart(line.substring(start, Math.min(line.length(), start + LONGEST_HEADER)), mark);
        if (mark1 < 0) {
            return -1;
        }
        return afterHeader(line, bareEnd(line, start + mark1));
    }

    /** Where a header copied without its brackets ends: at a colon, or after the day; without either it is the mark alone. */
    private static int bareEnd(String line, int name) {
        int colon = Ascii.runEnd(line, name, LONGEST_BARE_NAME, c -> c != ':');
        String head = line.substring(name, colon);
        Matcher day = DAY.matcher(head);
        if (day.find()) {
            return name + day.end();
        }
        return colon < line.length() && line.charAt(colon) == ':' ? colon : name;
    }

    private static boolean isUndecided(String line, String mark, int markLength) {
        int start = decorationEnd(line);
        if (start >= line.length()) {
            return !line.isEmpty() && line.length() <= LONGEST_HEADER;
        }
        if (isOpening(line.charAt(start))) {
            int close = Ascii.runEnd(line, start + 1, LONGEST_HEADER, c -> !isClosing(c));
            return close >= line.length() - 1 && line.length() - start <= LONGEST_HEADER + 1;
        }
        String head = line.substring(start, Math.min(line.length(), start + LONGEST_HEADER));
        if (Marks.pending(head, mark) == 0) {
            return true;
        }
        return Marks.endAtStart(head, mark) >= 0 && line.length() - start <= LONGEST_BARE_NAME + 16 * markLength;
    }

    private static int decorationEnd(String line) {
        return Ascii.runEnd(line, 0, LONGEST_HEADER, c -> DECORATION.indexOf(c) >= 0);
    }

    private static int afterHeader(String line, int from) {
        return Ascii.runEnd(line, from, 16, c -> " \t:*_`".indexOf(c) >= 0);
    }

    private static boolean isOpening(char c) {
        return "[(<{⟦【［「".indexOf(c) >= 0;
    }

    private static boolean isClosing(char c) {
        return "])>}⟧】］」".indexOf(c) >= 0;
    }
}
