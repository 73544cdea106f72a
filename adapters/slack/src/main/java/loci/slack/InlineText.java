package loci.slack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * What stands within a paragraph, as mrkdwn whose {@link Sign}s are not settled yet. Slack's marks end with their line, so they are closed
 * before each line break and opened again behind it; none stands within another of its kind.
 */
final class InlineText {

    private static final Pattern BREAK = Pattern.compile("<br\\s*/?>", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_LABEL = 500;

    private final StringBuilder out = new StringBuilder();
    /** The opening signs of the marks we are in, the innermost first. */
    private final Deque<Character> open = new ArrayDeque<>();

    private final boolean oneLine;

    private InlineText(boolean oneLine) {
        this.oneLine = oneLine;
    }

    static String of(Node parent) {
        InlineText text = new InlineText(false);
        text.children(parent);
        return text.out.toString();
    }

    /** All of it in one line, in bold; empty where there is nothing. */
    static String bold(Node parent) {
        InlineText text = new InlineText(true);
        text.marked(parent, Sign.BOLD_OPENS);
        return text.out.toString();
    }

    static String line(Node parent) {
        InlineText text = new InlineText(true);
        text.children(parent);
        return text.out.toString().strip();
    }

    private void children(Node parent) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            append(node);
        }
    }

    private void append(Node node) {
        switch (node) {
            case Text text -> text(text.getLiteral());
            case Code code -> code(code.getLiteral());
            case Emphasis emphasis -> marked(emphasis, Sign.ITALIC_OPENS);
            case StrongEmphasis strong -> marked(strong, Sign.BOLD_OPENS);
            case Strikethrough struck -> marked(struck, Sign.STRIKE_OPENS);
            case Link link -> link(link, link.getDestination());
            case Image image -> link(image, image.getDestination());
            case SoftLineBreak soft -> lineBreak();
            case HardLineBreak hard -> lineBreak();
            case HtmlInline html -> html(html.getLiteral());
            default -> children(node);
        }
    }

    private void text(String literal) {
        Matcher address = Address.BARE.matcher(literal);
        int from = 0;
        while (address.find(from)) {
            int end = Address.end(literal, address.start(), address.end());
            String linked = Address.linked(literal.substring(address.start(), end));
            Sign.literal(literal.substring(from, address.start()), out);
            if (linked == null) {
                Sign.literal(literal.substring(address.start(), end), out);
            } else {
                out.append('<').append(linked).append('>');
            }
            from = end;
        }
        Sign.literal(literal.substring(from), out);
    }

    private void code(String literal) {
        out.append(Sign.CODE_OPENS)
                .append(BlockText.escaped(literal.replace('`', '｀').replace('\n', ' ')))
                .append(Sign.CODE_CLOSES);
    }

    private void html(String literal) {
        if (BREAK.matcher(literal).matches()) {
            lineBreak();
        } else {
            Sign.literal(oneLine ? literal.replace('\n', ' ') : literal, out);
        }
    }

    private void marked(Node node, char opening) {
        if (open.contains(opening)) {
            children(node);
            return;
        }
        out.append(opening);
        open.push(opening);
        children(node);
        open.pop();
        out.append((char) (opening + 1));
    }

    private void lineBreak() {
        if (oneLine) {
            out.append(' ');
            return;
        }
        open.forEach(opening -> out.append((char) (opening + 1)));
        out.append('\n');
        for (Iterator<Character> marks = open.descendingIterator(); marks.hasNext(); ) {
            out.append(marks.next().charValue());
        }
    }

    private void link(Node node, String destination) {
        String label = PlainText.of(node).strip();
        String shown = label.isEmpty() && node instanceof Image ? "image" : label;
        String address = Address.linked(destination);
        if (address == null) {
            children(node);
            if (!destination.isBlank() && (label.isEmpty() || !isItsOwn(label, destination))) {
                out.append(label.isEmpty() ? "(" : " (");
                Sign.literal(destination.strip(), out);
                out.append(')');
            }
        } else if (isItsOwn(shown, destination)) {
            out.append('<').append(address).append('>');
        } else if (shown.length() > LONGEST_LABEL || Address.misleads(shown, destination)) {
            Sign.literal(shown, out);
            out.append(" (<").append(address).append(">)");
        } else {
            out.append('<').append(address).append('|');
            Sign.literal(shown.replace('|', '¦'), out);
            out.append('>');
        }
    }

    private static boolean isItsOwn(String label, String destination) {
        return label.isEmpty() || label.equals(destination) || ("mailto:" + label).equals(destination);
    }
}
