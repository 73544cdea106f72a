package loci.console;

import java.util.regex.Pattern;

/**
 * Makes text fit to be printed, and shows Loci's plain Markdown with a terminal's means. Pure; immutable.
 *
 * <p>Nothing that a model or a person wrote can drive the terminal: escape sequences go as wholes, then every control character
 * but line break and tab, and the marks that turn the direction of writing, which can make a line read as what it is not. The only
 * escape sequences in the result are those made here.
 *
 * <p>Rendering goes from left to right and decides at each mark by what is near: so the rendering of a text's beginning is a beginning of
 * the text's rendering, and an answer can be shown while it is being written. A mark that is not closed yet is held back.
 */
final class ConsoleMarkup {

    /** CSI, OSC-like strings up to their end, and the short ones (ECMA-48), each begun with ESC or as one C1 character. */
    // A string ends before the next beginning: otherwise many beginnings would each be searched to the end of the text.
    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]"
        + "|(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x90\\x98\\x9c-\\x9f]*(?:\\x07|\\x1b\\\\|\\x9c)|\\x1b["
        + " -/]*[0-~]");

    /** Everything that some reader of lines takes for a line break. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|[\\r\\x0b\\x0c\\x85\\u2028\\u2029]");

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}\\x{feff}&&[^\\n\\t]]");

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String ITALIC = "\u001b[3m";
    private static final String UNDERLINE = "\u001b[4m";
    private static final String CODE = "\u001b[36m";
    private static final String FENCE = "```";

    /** What a line of code begins with. */
    static final String CODE_LINE = "    " + CODE;

    /** How far a closing mark is looked for; a limit, so that no text costs the square of its length. */
    private static final int REACH = 400;

    private static final int OPEN = -1;
    private static final int LITERAL = -2;

    private final boolean colours;

    /** @param colours whether the terminal shows styles; otherwise marks stay as they are written */
    ConsoleMarkup(boolean colours) {
        this.colours = colours;
    }

    /** Returns the text as it is, of several lines, with what cannot be printed taken out. */
    static String plain(String text) {
        String withoutSequences = ESCAPE_SEQUENCE.matcher(text).replaceAll("");
        String withLines = LINE_BREAK.matcher(withoutSequences).replaceAll("\n");
        return UNPRINTABLE.matcher(withLines).replaceAll("");
    }

    /** Returns the text on one line. */
    static String oneLine(String text) {
        return plain(text).replace('\n', ' ').replace('\t', ' ');
    }

    String strong(String text) {
        return colours ? BOLD + oneLine(text) + RESET : oneLine(text);
    }

    String faint(String text) {
        return colours ? FAINT + text + RESET : text;
    }

    /** Returns what ends any style. */
    String plainAgain() {
        return colours ? RESET : "";
    }

    /** Renders a finished text. */
    String whole(String text) {
        String printable = plain(text).strip();
        return colours ? render(printable, true) : printable;
    }

    /** Renders the beginning of a text as far as what follows cannot change it. */
    String beginning(String text) {
        // A sequence may have been cut in two, so that its first half would look like text.
        int escape = text.lastIndexOf('\u001b');
        String safe = escape >= 0 && text.length() - escape < REACH ? text.substring(0, escape) : text;
        // Line breaks at the end may turn out to be the last of the text.
        String printable = plain(safe).strip();
        return colours ? render(printable, false) : printable;
    }

    private static String render(String text, boolean finished) {
        StringBuilder out = new StringBuilder();
        boolean inCode = false;
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('\n', start);
            boolean complete = end >= 0 || finished;
            String line = text.substring(start, end < 0 ? text.length() : end);
            if (line.startsWith(FENCE)) {
                inCode ^= complete;
            } else if (complete || !FENCE.startsWith(line)) {
                line(line, inCode, complete, out);
                out.append(end < 0 ? "" : "\n");
            }
            start = end < 0 ? text.length() + 1 : end + 1;
        }
        return out.toString();
    }

    private static void line(String line, boolean inCode, boolean complete, StringBuilder out) {
        if (inCode) {
            out.append(CODE_LINE).append(line).append(complete ? RESET : "");
            return;
        }
        int level = headingLevel(line);
        if (level > 0) {
            // Without inline marks: their end would end the heading's style.
            out.append(BOLD).append(line.substring(level + 1)).append(complete ? RESET : "");
        } else if (complete || !line.matches("#{1,6}")) {
            inline(line, complete, out);
        }
    }

    /** Returns the number of # in front of a heading, or 0. */
    private static int headingLevel(String line) {
        int level = 0;
        while (level < line.length() && line.charAt(level) == '#') {
            level++;
        }
        return level <= 6 && level < line.length() && line.charAt(level) == ' ' ? level : 0;
    }

    private static void inline(String line, boolean complete, StringBuilder out) {
        int at = 0;
        while (at < line.length()) {
            String mark = mark(line, at);
            if (mark.isEmpty()) {
                out.append(line.charAt(at));
                at++;
                continue;
            }
            int end = end(line, at, mark);
            if (end < 0) {
                if (end == OPEN && !complete) {
                    return;
                }
                out.append(mark);
                at += mark.length();
            } else {
                styled(line, at, end, mark, out);
                at = end;
            }
        }
    }

    private static String mark(String line, int at) {
        return switch (line.charAt(at)) {
            case '`' -> "`";
            case '[' -> "[";
            case '*' -> line.startsWith("**", at) ? "**" : "*";
            default -> "";
        };
    }

    /** Returns where what a mark opens has ended, {@link #OPEN} where the line may yet go on to its end, or {@link #LITERAL}. */
    private static int end(String line, int at, String mark) {
        int inner = at + mark.length();
        int limit = Math.min(line.length(), at + REACH);
        int open = limit == line.length() ? OPEN : LITERAL;
        if (inner >= line.length()) {
            return OPEN;
        }
        // 2*3 is no emphasis.
        boolean within = mark.equals("*") && at > 0 && Character.isLetterOrDigit(line.charAt(at - 1));
        if (within || line.charAt(inner) == ' ' || line.startsWith(mark, inner)) {
            return LITERAL;
        }
        if (!mark.equals("[")) {
            int close = line.indexOf(mark, inner, limit);
            return close < 0 ? open : close + mark.length();
        }
        int text = line.indexOf(']', inner, limit);
        if (text < 0 || text + 1 >= limit) {
            return open;
        }
        int close = line.charAt(text + 1) == '(' ? line.indexOf(')', text, limit) : LITERAL;
        return close == -1 ? open : close == LITERAL ? LITERAL : close + 1;
    }

    private static void styled(String line, int at, int end, String mark, StringBuilder out) {
        String inner = line.substring(at + mark.length(), end - mark.length());
        switch (mark) {
            case "`" -> out.append(CODE).append(inner).append(RESET);
            case "**" -> out.append(BOLD).append(inner).append(RESET);
            case "*" -> out.append(ITALIC).append(inner).append(RESET);
            default -> {
                // The address is always shown: a text that hides where a link goes can lie.
                int text = line.indexOf("](", at);
                out.append(line, at + 1, text).append(" (").append(UNDERLINE);
                out.append(line, text + 2, end - 1).append(RESET).append(')');
            }
        }
    }
}
