package loci.discord;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of plain Markdown made into Discord's: what only Discord reads in it (spoilers, underlining, custom emoji, times, channels,
 * command names) is escaped, code and addresses stay as they are, a backtick without a partner stays a backtick. Linear.
 */
final class Inline {

    /** Up to these signs an address goes on; escaping within it would change where it leads. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>`\\\\]+");

    /** What Discord would make something of, after a {@code <}. */
    private static final Pattern REFERENCE = Pattern.compile("[@#:/]|(?:a:|t:|id:|sound:)");

    private final String line;
    private final StringBuilder out = new StringBuilder();
    private final Matcher address;
    private final Matcher reference;
    private int nextAddress;
    /** Whether a pair of underscores has been opened and made a pair of stars, that is, bold. */
    private int bold;
    /** Runs of underscores, by their length, that nothing further on can close; so that this is found out once. */
    private final boolean[] hopeless = new boolean[4];

    private Inline(String line) {
        this.line = line;
        this.address = ADDRESS.matcher(line);
        this.reference = REFERENCE.matcher(line);
        this.nextAddress = address.find() ? address.start() : line.length();
    }

    static String of(String line) {
        Inline inline = new Inline(line);
        int i = 0;
        while (i < line.length()) {
            i = inline.next(i);
        }
        return inline.out.toString();
    }

    private int next(int i) {
        while (nextAddress < i) {
            nextAddress = address.find() ? address.start() : line.length();
        }
        char c = line.charAt(i);
        if (i == nextAddress) {
            return copied(i, address.end());
        }
        return switch (c) {
            case '\\' -> copied(i, Math.min(line.length(), i + 2));
            case '`' -> backticks(i);
            case '<' -> {
                boolean alive = reference.region(i + 1, line.length()).lookingAt();
                out.append(alive ? "\\<" : "<");
                yield i + 1;
            }
            case '|' -> bars(i);
            case '_' -> underscores(i);
            default -> copied(i, i + 1);
        };
    }

    private int copied(int from, int to) {
        out.append(line, from, to);
        return to;
    }

    private int runEnd(int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) == line.charAt(start)) {
            end++;
        }
        return end;
    }

    private int backticks(int start) {
        int open = runEnd(start);
        int close = closing(open, open - start);
        if (close < 0) {
            out.append("\\`".repeat(open - start));
            return open;
        }
        int end = close + open - start;
        if (open - start < 3) {
            return copied(start, end);
        }
        // Three would be a block of its own to Discord.
        out.append("``").append(line.substring(open, close).replace("``", "''")).append("``");
        return end;
    }

    /** Where the next run of so many backticks begins; -1 where none does. A line has few different lengths of run. */
    private int closing(int from, int length) {
        for (int i = line.indexOf('`', from); i >= 0; i = line.indexOf('`', i)) {
            int end = runEnd(i);
            if (end - i == length) {
                return i;
            }
            i = end;
        }
        return -1;
    }

    private int bars(int start) {
        int end = runEnd(start);
        out.append(end - start == 1 ? "|" : "\\|".repeat(end - start));
        return end;
    }

    /** In Markdown two underscores make bold, to Discord they underline, and within words too. */
    private int underscores(int start) {
        int end = runEnd(start);
        int length = end - start;
        if (length == 1) {
            return copied(start, end);
        }
        boolean opens = !isWord(start - 1) && end < line.length() && !Character.isWhitespace(line.charAt(end));
        boolean closes = !isWord(end) && start > 0 && !Character.isWhitespace(line.charAt(start - 1));
        if (length <= 3 && closes && bold == length) {
            bold = 0;
            out.append("*".repeat(length));
        } else if (length <= 3 && opens && bold == 0 && isClosed(end, length)) {
            bold = length;
            out.append("*".repeat(length));
        } else {
            out.append("\\_".repeat(length));
        }
        return end;
    }

    private boolean isClosed(int from, int length) {
        if (hopeless[length]) {
            return false;
        }
        for (int i = line.indexOf('_', from); i >= 0; i = line.indexOf('_', i)) {
            int end = runEnd(i);
            if (end - i == length && !isWord(end) && !Character.isWhitespace(line.charAt(i - 1))) {
                return true;
            }
            i = end;
        }
        hopeless[length] = true;
        return false;
    }

    private boolean isWord(int at) {
        return at >= 0 && at < line.length() && Character.isLetterOrDigit(line.charAt(at));
    }
}
