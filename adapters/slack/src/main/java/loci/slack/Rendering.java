package loci.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Loci's plain Markdown as Slack's mrkdwn, block by block.
 *
 * <p>Why our own rendering into a message's {@code text}, and not Slack's {@code markdown} block or rich text blocks: the text is what
 * notifications, threads' previews, search and {@code chat.update} work on, and the only form whose limit is one number; and in it the
 * rule is Slack's documented one, that nothing is special but what stands between {@code <} and {@code >}. Here that is written for links
 * only, so a mention cannot come alive whatever a model wrote. Slack's own reading of Markdown has tables and coloured code, but it also
 * reads {@code <!here>} in it, its cumulative limit counts something else than characters
 * (<a href="https://github.com/slackapi/bolt-js/issues/2509">bolt-js 2509</a>), and what it makes of a text is not ours to test.
 */
final class Rendering {

    private static final Parser PARSER = parser(List.of(TablesExtension.create(), strikethrough()));

    private static final Parser WITHOUT_TABLES = parser(List.of(strikethrough()));

    /** Where core has not been asked, and for workspaces that link names: the form of {@code loci.sanitize}, so that it happens once. */
    static final Pattern MENTION =
            Pattern.compile("@(?=(?:everyone|here|channel|group)(?![\\p{L}\\p{N}]))", Pattern.CASE_INSENSITIVE);

    private static final String FENCE = "```";

    private static final String[] BULLETS = {"•", "◦", "▪"};

    /** As far as Slack's own lists are set in. */
    private static final String INDENT = "    ";

    private static final Pattern TASK = Pattern.compile("^\\[(?<mark>[ xX])\\][ \\u00A0]+");

    private Rendering() {}

    static String of(String markdown) {
        List<Line> lines = blocks(parsed(Sign.without(markdown)), false, 0);
        String text = lines.stream().map(Line::settled).collect(Collectors.joining("\n"));
        return MENTION.matcher(text).replaceAll("＠");
    }

    private static Parser parser(List<Extension> extensions) {
        return Parser.builder()
                .extensions(extensions)
                .maxOpenBlockParsers(24)
                .maxInlineNesting(24)
                .build();
    }

    private static Extension strikethrough() {
        return StrikethroughExtension.builder().requireTwoTildes(true).build();
    }

    private static Node parsed(String markdown) {
        try {
            return PARSER.parse(markdown);
        } catch (IllegalArgumentException tooManyCells) {
            return WITHOUT_TABLES.parse(markdown);
        }
    }

    /**
     * @param tight whether no blank lines stand between blocks
     * @param level of how many lists this is part
     */
    private static List<Line> blocks(Node parent, boolean tight, int level) {
        List<Line> out = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            List<Line> lines = block(node, level);
            if (!out.isEmpty() && !lines.isEmpty() && !tight) {
                out.add(Line.text(""));
            }
            out.addAll(lines);
        }
        return out;
    }

    private static List<Line> block(Node node, int level) {
        return switch (node) {
            case Paragraph paragraph -> texts(InlineText.of(paragraph));
            case Heading heading -> heading(heading);
            case BlockQuote quote -> quote(quote, level);
            case FencedCodeBlock code -> code(code.getLiteral());
            case IndentedCodeBlock code -> code(code.getLiteral());
            case ListBlock list -> list(list, level);
            case HtmlBlock html -> html(html.getLiteral());
            case ThematicBreak rule -> List.of(Line.text("⸻"));
            case TableBlock table -> Table.lines(table);
            case LinkReferenceDefinition definition -> List.of();
            case Block other -> blocks(other, false, level);
            default -> texts(InlineText.line(node));
        };
    }

    private static List<Line> texts(String text) {
        return text.lines().map(Line::text).toList();
    }

    private static List<Line> heading(Heading heading) {
        String title = InlineText.bold(heading);
        return PlainText.of(heading).isBlank() && !title.contains("<") ? List.of() : List.of(Line.text(title));
    }

    private static List<Line> quote(BlockQuote quote, int level) {
        return blocks(quote, false, level).stream().map(Line::quoted).toList();
    }

    private static List<Line> html(String literal) {
        StringBuilder out = new StringBuilder();
        Sign.literal(literal.stripTrailing(), out);
        return texts(out.toString());
    }

    /** The language is left out: Slack would show it as the first line of the code. */
    private static List<Line> code(String literal) {
        List<Line> out = new ArrayList<>();
        out.add(Line.code(FENCE));
        String code = literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
        for (String line : code.split("\n", -1)) {
            out.add(Line.code(BlockText.escaped(line.replace(FENCE, "'''"))));
        }
        out.add(Line.code(FENCE));
        return out;
    }

    private static List<Line> list(ListBlock list, int level) {
        List<Line> out = new ArrayList<>();
        Integer start = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : null;
        int number = start == null ? 1 : start;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            String sign = list instanceof BulletList ? BULLETS[Math.min(level, BULLETS.length - 1)] : number++ + ".";
            if (!out.isEmpty() && !list.isTight()) {
                out.add(Line.text(""));
            }
            out.addAll(item(sign, blocks(item, list.isTight(), level + 1)));
        }
        return out;
    }

    private static List<Line> item(String sign, List<Line> lines) {
        List<Line> out = new ArrayList<>();
        if (lines.isEmpty() || lines.getFirst().isCode()) {
            out.add(Line.text(sign));
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            out.add(i == 0 && !line.isCode() ? first(sign, line) : line.behind(INDENT));
        }
        return out;
    }

    private static Line first(String sign, Line line) {
        var task = TASK.matcher(line.text());
        if (!task.lookingAt()) {
            return line.behind(sign + " ");
        }
        String box = task.group("mark").isBlank() ? "☐ " : "☑ ";
        boolean numbered = Character.isDigit(sign.charAt(0));
        return Line.text((numbered ? sign + " " : "") + box + line.text().substring(task.end()));
    }
}
