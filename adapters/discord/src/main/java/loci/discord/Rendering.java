package loci.discord;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loci's plain Markdown made into Discord's, line by line: Discord knows only fences of three backticks, headings of three levels, quotes
 * of one, and no tables; and it reads more into plain text than Markdown does, which {@link Inline} takes care of.
 */
final class Rendering {

    private static final Pattern OPENING =
            Pattern.compile("^(?<before>[ \\t>]{0,40}(?:(?:[-*+]|[0-9]{1,9}[.)])[ \\t]{1,8})?)"
                    + "(?<fence>`{3,20}+|~{3,20}+)[ \\t]*+(?<language>[^\\s`]*+)[^`]*+$");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9_+.#-]{1,30}");
    private static final Pattern HEADING = Pattern.compile("^ {0,3}(?<signs>#{1,6})[ \\t]+(?<title>.*)$");
    private static final Pattern ITEM =
            Pattern.compile("^(?<indent>[ \\t]*)(?<sign>[-*+]|[0-9]{1,9}[.)])(?<space>[ \\t]+)");
    private static final Pattern TASK = Pattern.compile("^\\[(?<mark>[ xX])\\][ \\t]+");

    /** Discord shows the rest of such a line small and grey. */
    private static final String SUBTEXT = "-#";

    /** Where core has not been asked, mentions are made inert here too: the form of {@code loci.sanitize}, so that it happens once. */
    private static final Pattern MENTION = Pattern.compile("@(?=(?i:everyone|here))|(?<=<)@(?=[!&]?[0-9A-Za-z])");

    private final List<String> lines;
    private final StringBuilder out = new StringBuilder();
    private @Nullable Fence fence;

    /** @param before what stands before the fence; spaces of it are taken off the block's lines */
    private record Fence(char sign, int length, String before) {

        boolean isClosedBy(String line) {
            int start = 0;
            while (start < line.length() && " \t>".indexOf(line.charAt(start)) >= 0) {
                start++;
            }
            int end = start;
            while (end < line.length() && line.charAt(end) == sign) {
                end++;
            }
            return end - start >= length && line.substring(end).isBlank();
        }

        boolean quoted() {
            return before.indexOf('>') >= 0;
        }

        String inside(String line) {
            int cut = 0;
            while (!quoted() && cut < before.length() && cut < line.length() && " \t".indexOf(line.charAt(cut)) >= 0) {
                cut++;
            }
            // Discord ends a block at any three backticks.
            return line.substring(cut).replace("```", "'''");
        }
    }

    private Rendering(String text) {
        this.lines = text.lines().toList();
    }

    static String of(String text) {
        Rendering rendering = new Rendering(text);
        rendering.render();
        return MENTION.matcher(rendering.out).replaceAll("＠");
    }

    private void render() {
        int i = 0;
        while (i < lines.size()) {
            String line = lines.get(i);
            Fence open = fence;
            if (open != null) {
                inFence(open, line);
                i++;
            } else if (opens(line)) {
                i++;
            } else {
                Table table = Table.at(lines, i);
                if (table == null) {
                    emit(line(line));
                    i++;
                } else {
                    table.rendered().forEach(this::emit);
                    i += table.lines();
                }
            }
        }
        if (fence != null) {
            emit((fence.quoted() ? "> " : "") + "```");
        }
    }

    private void emit(String line) {
        out.append(out.isEmpty() ? "" : "\n").append(line);
    }

    private boolean opens(String line) {
        Matcher opening = OPENING.matcher(line);
        if (!opening.matches()) {
            return false;
        }
        String signs = opening.group("fence");
        String before = opening.group("before");
        fence = new Fence(signs.charAt(0), signs.length(), before);
        String language = opening.group("language");
        String shown = LANGUAGE.matcher(language).matches() ? language : "";
        emit((before.isBlank() ? "" : before) + "```" + shown);
        return true;
    }

    private void inFence(Fence open, String line) {
        if (open.isClosedBy(line)) {
            emit((open.quoted() ? "> " : "") + "```");
            fence = null;
        } else {
            emit(open.inside(line));
        }
    }

    private static String line(String line) {
        int quoted = quoteEnd(line);
        return quoted > 0 ? "> " + block(line.substring(quoted)) : block(line);
    }

    /** Where what is quoted begins, behind all signs of quotes within quotes; 0 where nothing is quoted. */
    private static int quoteEnd(String line) {
        int end = 0;
        int i = 0;
        while (i < line.length() && i - end <= 3) {
            char c = line.charAt(i++);
            if (c == '>') {
                end = i;
            } else if (c != ' ') {
                break;
            }
        }
        return end > 0 && end < line.length() && line.charAt(end) == ' ' ? end + 1 : end;
    }

    /** Whether a line is nothing but three or more of one sign, which Markdown shows as a rule from edge to edge. */
    private static boolean isRule(String line) {
        String signs = line.strip();
        if (signs.isEmpty() || "-*_".indexOf(signs.charAt(0)) < 0) {
            return false;
        }
        long same = signs.chars().filter(c -> c == signs.charAt(0)).count();
        return same >= 3 && signs.chars().allMatch(c -> c == signs.charAt(0) || c == ' ' || c == '\t');
    }

    private static String block(String line) {
        if (isRule(line)) {
            return "⸻";
        }
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
            return heading(heading.group("signs").length(), heading.group("title"));
        }
        Matcher item = ITEM.matcher(line);
        if (item.lookingAt()) {
            String sign = item.group("sign").equals("+") ? "-" : item.group("sign");
            return item.group("indent") + sign + item.group("space") + item(line.substring(item.end()));
        }
        return item(line);
    }

    private static String heading(int level, String written) {
        String title = Inline.of(withoutClosingSigns(written.strip()));
        if (level <= 3) {
            return "#".repeat(level) + " " + title;
        }
        String plain = title.replace("**", "").strip();
        return plain.isEmpty() ? "" : "**" + plain + "**";
    }

    private static String withoutClosingSigns(String title) {
        int end = title.length();
        while (end > 0 && title.charAt(end - 1) == '#') {
            end--;
        }
        boolean apart = end == 0 || " \t".indexOf(title.charAt(end - 1)) >= 0;
        return apart ? title.substring(0, end).stripTrailing() : title;
    }

    private static String item(String text) {
        Matcher task = TASK.matcher(text);
        if (task.lookingAt()) {
            return (task.group("mark").isBlank() ? "☐ " : "☑ ") + Inline.of(text.substring(task.end()));
        }
        int start = 0;
        while (start < text.length() && " \t".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        boolean subtext = text.startsWith(SUBTEXT, start);
        return text.substring(0, start) + (subtext ? "\\" : "") + Inline.of(text.substring(start));
    }
}
