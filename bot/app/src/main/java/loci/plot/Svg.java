package loci.plot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Writes SVG, element by element. Not thread-safe. */
final class Svg {

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element, which is open until {@link #end}.
     *
     * @param attributes names and values in turn; numbers are written with at most two decimals
     */
    Svg begin(String element, Object... attributes) {
        tag(element, attributes).append(">\n");
        open.push(element);
        return this;
    }

    Svg end() {
        indent(open.size() - 1).append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** Writes an element without content. */
    Svg element(String element, Object... attributes) {
        tag(element, attributes).append("/>\n");
        return this;
    }

    /** Writes an element that holds words, of which none can be taken for markup. */
    Svg words(String element, String words, Object... attributes) {
        tag(element, attributes)
                .append('>')
                .append(escaped(words))
                .append("</")
                .append(element)
                .append(">\n");
        return this;
    }

    Svg line(double fromX, double fromY, double toX, double toY, Object... attributes) {
        List<Object> all = new ArrayList<>(List.of("x1", fromX, "y1", fromY, "x2", toX, "y2", toY));
        all.addAll(List.of(attributes));
        return element("line", all.toArray());
    }

    /** Writes a text whose end, middle or start is at a place. */
    Svg text(String words, double x, double y, String anchor, Object... attributes) {
        List<Object> all = new ArrayList<>(List.of("x", x, "y", y, "text-anchor", anchor));
        all.addAll(List.of(attributes));
        return words("text", words, all.toArray());
    }

    /** Writes a line of any form; what it is shows where a pointer rests on it. */
    Svg path(String form, String meaning, Object... attributes) {
        List<Object> all = new ArrayList<>(List.of("d", form, "fill", "none"));
        all.addAll(List.of(attributes));
        return begin("path", all.toArray()).words("title", meaning).end();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private StringBuilder tag(String element, Object... attributes) {
        indent(open.size()).append('<').append(element);
        for (int index = 0; index < attributes.length; index += 2) {
            String value = attributes[index + 1] instanceof Number number
                    ? number(number.doubleValue())
                    : String.valueOf(attributes[index + 1]);
            text.append(' ').append(attributes[index]).append("=\"").append(escaped(value));
            text.append('"');
        }
        return text;
    }

    private StringBuilder indent(int depth) {
        return text.repeat(' ', 2 * depth);
    }

    static String number(double number) {
        String written = String.format(Locale.ROOT, "%.2f", number);
        return written.replaceAll("\\.?0+$", "");
    }

    /** What XML cannot hold at all, such as control characters and halves of surrogates, becomes a question mark. */
    static String escaped(String words) {
        StringBuilder escaped = new StringBuilder(words.length());
        words.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT // would turn the line around, or hide in it
                && type != Character.SURROGATE
                && point < 0x10FFFE
                && (point & 0xFFFE) != 0xFFFE;
    }
}
