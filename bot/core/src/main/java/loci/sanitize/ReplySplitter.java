package loci.sanitize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a rendered reply into parts that each fit one message. A cut falls, in this order of preference, between paragraphs
 * (or at the edge of a code block), lines, sentences, words, graphemes. A fenced code block that is cut is closed at the
 * end of the part and opened again, with its language, at the start of the next. Nothing is lost but whitespace at the
 * seams; within code, only the one line end at the seam. No part is blank. Stateless; time linear in the text.
 *
 * <p>A grapheme longer than a whole part is cut between code points. A block is not closed and reopened where its fence
 * lines alone would take more than half the limit: from a limit of 64 on, every block is carried over.
 */
public final class ReplySplitter {
    /** The least limit: room for any code point, measured in UTF-16 units or in UTF-8 bytes. */
    public static final int SMALLEST_LIMIT = 4;

    /** A better kind of seam is taken only if it fills at least this share of the part (one in so many). */
    private static final int LEAST_FILL = 4;

    /** How far back a grapheme is looked for around a space. */
    private static final int NEAR = 32;

    private final String text;
    private final int limit;
    private final ToIntFunction<String> length;
    private final ReplyLines lines;
    private final List<String> parts = new ArrayList<>();

    private ReplySplitter(String text, int limit, ToIntFunction<String> length) {
        this.text = text;
        this.limit = limit;
        this.length = length;
        this.lines = new ReplyLines(text);
    }

    /** Parts of at most {@code limit} UTF-16 units; none when the text is blank. */
    public static List<String> split(String rendered, int limit) {
        return split(rendered, limit, String::length);
    }

    /**
     * Parts that measure at most {@code limit}; none when the text is blank, and the text itself when it fits.
     *
     * @param limit at least {@value #SMALLEST_LIMIT}
     * @param length measures a text; a longer text must not measure less, and one code point no more than the limit
     */
    public static List<String> split(String rendered, int limit, ToIntFunction<String> length) {
        if (limit < SMALLEST_LIMIT) {
            throw new IllegalArgumentException("A part needs room for " + SMALLEST_LIMIT + ", not " + limit);
        }
        if (VisibleText.isBlank(rendered)) {
            return List.of();
        }
        return length.applyAsInt(rendered) <= limit
                ? List.of(rendered)
                : new ReplySplitter(rendered, limit, length).split();
    }

    private List<String> split() {
        int from = lines.openAt(0) == null ? skipBlankLines(0) : 0;
        String head = "";
        while (from < text.length()) {
            int end = end(from, head);
            boolean last = end >= text.length();
            FenceLine divided = last ? null : carried(lines.openAt(end));
            boolean inCode = !last && lines.openAt(end) != null;
            String body = text.substring(from, inCode && end > from + 1 && lines.startsLine(end) ? end - 1 : end);
            String part = head + (inCode ? body : body.stripTrailing()) + tail(divided);
            if (!VisibleText.isBlank(part)) {
                parts.add(part);
            }
            from = inCode ? end : skipSeam(end);
            head = divided == null ? "" : divided.reopening() + "\n";
        }
        return List.copyOf(parts);
    }

    private static String tail(@Nullable FenceLine divided) {
        return divided == null ? "" : "\n" + divided.closing();
    }

    private int end(int from, String head) {
        int most = most(from, head);
        if (most >= text.length()) {
            return most;
        }
        int fill = from + Math.max(1, (most - from) / LEAST_FILL);
        IntPredicate line = p -> lines.startsLine(p) && !lines.leavesEmptyBlock(p);
        int end = lastWhere(from, head, fill, most, p -> lines.startsLine(p) && lines.startsParagraph(p));
        end = end > 0 ? end : lastWhere(from, head, fill, most, line);
        end = end > 0 ? end : lastWhere(from, head, fill, most, p -> isSentenceEnd(p) && lines.openAt(p) == null);
        end = end > 0
                ? end
                : lastWhere(from, head, from + 1, most, p -> isWordEnd(p) && (lines.openAt(p) == null || line.test(p)));
        return end > 0 ? end : graphemeEnd(from, head, most);
    }

    /** The most text that could stand in a part that begins with {@code head}, closing fences not counted. */
    private int most(int from, String head) {
        int low = from;
        int high = Math.min(text.length(), from + limit + 1);
        while (high < text.length() && fits(head, from, high, "")) {
            low = high;
            high = (int) Math.min(text.length(), (long) high + limit);
        }
        if (fits(head, from, high, "")) {
            return high;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (fits(head, from, middle, "")) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The last seam of a kind that leaves room for the fence it may have to close; 0 when there is none. */
    private int lastWhere(int from, String head, int least, int most, IntPredicate seam) {
        for (int p = most; p >= least && p > from; p--) {
            if (seam.test(p)
                    && !lines.insideFenceLine(p)
                    && hasText(from, p)
                    && fits(head, from, p, tail(carried(lines.openAt(p))))) {
                return p;
            }
        }
        return 0;
    }

    private int graphemeEnd(int from, String head, int most) {
        String ahead = text.substring(from, Math.min(text.length(), most + 2));
        int p = most;
        while (p > from) {
            p = from + Graphemes.floor(ahead, p - from);
            boolean wholeFenceLine =
                    lines.insideFenceLine(p) && !lines.insideFenceLine(from) && !lines.startsLine(from);
            if (p > from && !wholeFenceLine && fits(head, from, p, tail(carried(lines.openAt(p))))) {
                return p;
            }
            p--;
        }
        return codePointEnd(from, head, most);
    }

    private int codePointEnd(int from, String head, int most) {
        int p = most;
        while (p > from + 1) {
            boolean whole = !Character.isLowSurrogate(text.charAt(p)) || !Character.isHighSurrogate(text.charAt(p - 1));
            if (whole && fits(head, from, p, tail(carried(lines.openAt(p))))) {
                return p;
            }
            p--;
        }
        return from + Character.charCount(text.codePointAt(from)); // progress, whatever the measure says
    }

    private boolean fits(String head, int from, int to, String tail) {
        return length.applyAsInt(head + text.substring(from, to) + tail) <= limit;
    }

    /** The block as it is carried over a seam: without its language, or not at all, where the limit is too small. */
    private @Nullable FenceLine carried(@Nullable FenceLine open) {
        if (open == null || isAffordable(open)) {
            return open;
        }
        FenceLine plain = open.withoutLanguage();
        return isAffordable(plain) ? plain : null;
    }

    private boolean isAffordable(FenceLine fence) {
        return length.applyAsInt(fence.reopening() + "\n" + tail(fence)) <= limit / 2;
    }

    private boolean isBoundary(int p) {
        int from = Math.max(0, p - NEAR);
        return Graphemes.isBoundary(text.substring(from, Math.min(text.length(), p + 2)), p - from);
    }

    private boolean hasText(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isWordEnd(int p) {
        boolean edge = p < text.length()
                && Character.isWhitespace(text.charAt(p)) != Character.isWhitespace(text.charAt(p - 1));
        return edge && isBoundary(p);
    }

    private boolean isSentenceEnd(int p) {
        if (p >= text.length() || "。！？".indexOf(text.charAt(p - 1)) >= 0) {
            return p < text.length() && isBoundary(p);
        }
        int i = p;
        while (i > 0 && i > p - 4 && "\"')]*_”’»".indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i > 0 && ".!?…".indexOf(text.charAt(i - 1)) >= 0 && Character.isWhitespace(text.charAt(p));
    }

    /** Past the spaces of a seam, and past blank lines, but not past the indentation of the line that follows. */
    private int skipSeam(int from) {
        if (lines.startsLine(from)) {
            return skipBlankLines(from);
        }
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            if (text.charAt(i++) == '\n') {
                return skipBlankLines(i);
            }
        }
        while (i > from && !isBoundary(i)) {
            i--; // a mark upon a space: the two stay together
        }
        return i;
    }

    private int skipBlankLines(int lineStart) {
        int from = lineStart;
        for (int i = lineStart; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
            if (text.charAt(i) == '\n') {
                from = i + 1;
            } else if (i + 1 == text.length()) {
                from = text.length();
            }
        }
        return from;
    }
}
