package loci.slack;

import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The words of a node in one line, without marks. */
final class PlainText {

    private PlainText() {}

    static String of(Node parent) {
        StringBuilder out = new StringBuilder();
        append(parent, out, false);
        return out.toString();
    }

    /** With the addresses of its links behind them. */
    static String withAddresses(Node parent) {
        StringBuilder out = new StringBuilder();
        append(parent, out, true);
        return out.toString().strip();
    }

    private static void append(Node parent, StringBuilder out, boolean addresses) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            int start = out.length();
            switch (node) {
                case Text text -> out.append(text.getLiteral());
                case Code code -> out.append(code.getLiteral().replace('\n', ' '));
                case HtmlInline html -> out.append(html.getLiteral().replace('\n', ' '));
                case SoftLineBreak soft -> out.append(' ');
                case HardLineBreak hard -> out.append(' ');
                default -> append(node, out, addresses);
            }
            if (addresses
                    && node instanceof Link link
                    && !out.substring(start).equals(link.getDestination())
                    && !link.getDestination().isBlank()) {
                out.append(" (").append(link.getDestination()).append(')');
            }
        }
    }
}
