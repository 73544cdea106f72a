package loci.slack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of plain Markdown as it goes into {@code markdown_text}, which Slack reads as Markdown, its own {@code <…>} included, entities
 * decoded for display and not read again. So a {@code <} outside code is written as an entity, and what would be a mention, a place, a date
 * or a link with a label is broken wherever it stands, since what is code to us may be none to Slack. What becomes of a line depends on
 * nothing but the line and whether it stands in a fence.
 */
final class StreamLine {

    /** What calls somebody or shows something else than is written; the sign before it may be an entity. */
    private static final Pattern SPECIAL = Pattern.compile(
            "(?:(?<=<)|(?<=&lt;)|(?<=&#60;)|(?<=&#x3c;))(?:(?<user>@)(?=[a-z0-9!&])"
                    + "|(?<word>!)(?=@|channel|here|everyone|group|subteam|date)|(?<place>#)(?=[a-z0-9]{2}))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LABELLED =
            Pattern.compile("<(?=[a-z][a-z0-9+.-]{0,30}:[^\\s>|]{0,2000}\\|)", Pattern.CASE_INSENSITIVE);

    private static final Pattern AUTOLINK =
            Pattern.compile("<(?<address>(?:https?://|mailto:)[^\\s<>|`]+)>", Pattern.CASE_INSENSITIVE);

    /** What an address in a link begins with that leads nowhere on the web. */
    private static final Pattern FOREIGN = Pattern.compile(
            "\\(\\s*<?(?!(?:https?|mailto):)[a-z][a-z0-9+.-]{0,30}(?::|&colon;|&#)", Pattern.CASE_INSENSITIVE);

    private final String line;
    private final Matcher autolink;
    private final Matcher foreign;
    private final StringBuilder out = new StringBuilder();

    private StreamLine(String line) {
        this.line = line;
        this.autolink = AUTOLINK.matcher(line);
        this.foreign = FOREIGN.matcher(line);
    }

    static String inFence(String line) {
        return defused(line);
    }

    static String of(String line) {
        StreamLine text = new StreamLine(line);
        int i = 0;
        while (i < line.length()) {
            i = text.next(i);
        }
        return defused(text.out.toString());
    }

    private static String defused(String text) {
        String unlabelled = LABELLED.matcher(text).replaceAll("＜");
        String inert = SPECIAL.matcher(unlabelled).replaceAll(found -> switch (found.group()) {
            case "@" -> "＠";
            case "!" -> "！";
            default -> "＃";
        });
        return Rendering.MENTION.matcher(inert).replaceAll("＠");
    }

    private int next(int i) {
        return switch (line.charAt(i)) {
            case '\\' -> escaped(i);
            case '`' -> backticks(i);
            case '<' -> angle(i);
            case ']' -> bracket(i);
            default -> copied(i, i + 1);
        };
    }

    private int copied(int from, int to) {
        out.append(line, from, to);
        return to;
    }

    private int escaped(int i) {
        if (i + 1 < line.length() && line.charAt(i + 1) == '<') {
            out.append("&lt;");
            return i + 2;
        }
        return copied(i, Math.min(line.length(), i + 2));
    }

    private int backticks(int start) {
        return copied(start, spanEnd(line, start));
    }

    /** Where the span of code ends that begins here; where the backticks end that nothing closes in this line. */
    static int spanEnd(String line, int start) {
        int open = runEnd(line, start);
        for (int i = line.indexOf('`', open); i >= 0; i = line.indexOf('`', i)) {
            int end = runEnd(line, i);
            if (end - i == open - start) {
                return end;
            }
            i = end;
        }
        return open;
    }

    static int runEnd(String line, int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) == line.charAt(start)) {
            end++;
        }
        return end;
    }

    private int angle(int i) {
        if (autolink.region(i, line.length()).lookingAt()) {
            out.append(autolink.group("address"));
            return autolink.end();
        }
        out.append("&lt;");
        return i + 1;
    }

    private int bracket(int i) {
        boolean leadsAstray =
                foreign.region(Math.min(i + 1, line.length()), line.length()).lookingAt();
        out.append(leadsAstray ? "] " : "]");
        return i + 1;
    }
}
