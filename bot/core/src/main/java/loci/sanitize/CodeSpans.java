package loci.sanitize;

import java.util.BitSet;

/**
 * Follows a reply line by line and says which characters are code on every platform alike, so that links shown as code
 * may stay as they are. Only where CommonMark and Discord's parser are sure to agree is anything called code; from the
 * first doubtful sign on (an unpaired backtick, a tilde fence, an HTML tag left open) nothing is any more.
 */
final class CodeSpans {
    private static final BitSet NOTHING = new BitSet();

    /** Backticks of the open fence, 0 when none is open. */
    private int fence;

    private int fenceIndent;
    private boolean fenceEmpty;
    private boolean fenceAgreed;
    private boolean trusted = true;

    /** What one line holds. */
    record Line(BitSet code, boolean wholeLine, int unresolved) {}

    /** True inside a fence that every platform takes for code once it is closed. */
    boolean insideFence() {
        return fence > 0 && fenceAgreed;
    }

    /** True while any reading has a fence open. */
    boolean isFenceOpen() {
        return fence > 0;
    }

    /** The line that closes the fence that is open. */
    String closing() {
        return " ".repeat(fenceIndent) + "`".repeat(fence);
    }

    /** Reads the next line; for one that is not {@code complete}, {@code unresolved} is where its reading may yet change. */
    Line read(String line, boolean complete) {
        int indent = Ascii.runEnd(line, 0, Integer.MAX_VALUE, c -> c == ' ');
        int ticks = Ascii.runEnd(line, indent, Integer.MAX_VALUE, c -> c == '`') - indent;
        if (fence > 0) {
            return insideFence(line, indent, ticks, complete);
        }
        boolean rest = indent + ticks < line.length();
        if (indent <= 3 && ticks >= 3 && line.indexOf('`', indent + ticks) < 0) {
            if (complete) {
                fence = ticks;
                fenceIndent = indent;
                fenceEmpty = true;
                fenceAgreed = trusted && ticks == 3 && indent == 0;
                trusted &= ticks == 3;
            }
            return new Line(NOTHING, false, 0);
        }
        if (!complete && indent <= 3 && ticks > 0 && (!rest || ticks >= 3)) {
            return new Line(NOTHING, false, 0);
        }
        return inline(line, indent, complete);
    }

    private Line insideFence(String line, int indent, int ticks, boolean complete) {
        BitSet code = new BitSet();
        int run = line.indexOf("```");
        if (!complete) {
            int settled = run >= 0 ? run : withoutLastTicks(line);
            code.set(0, line.length(), fenceAgreed);
            return new Line(code, fenceAgreed, settled);
        }
        if (indent <= 3 && ticks >= fence && line.substring(indent + ticks).isBlank()) {
            fence = 0;
            trusted &= ticks == 3 && !fenceEmpty; // Discord reads longer and empty fences in another way
            return new Line(code, false, 0);
        }
        fenceEmpty &= line.isBlank();
        code.set(0, run >= 0 ? run : line.length(), fenceAgreed);
        if (run >= 0) { // Discord ends the block here, CommonMark does not
            fenceAgreed = false;
            trusted = false;
        }
        return new Line(code, fenceAgreed, 0);
    }

    private static int withoutLastTicks(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '`') {
            end--;
        }
        return end;
    }

    private Line inline(String line, int indent, boolean complete) {
        boolean opensHtml = indent < line.length() - 1 && opensTag(line, indent);
        if (line.startsWith("~~~", indent) || (opensHtml && !isMentionOrLink(line, indent))) {
            trusted = false;
        }
        BitSet code = new BitSet();
        Openings links = new Openings();
        int i = 0;
        while (i < line.length()) {
            if (line.charAt(i) != '`') {
                links.pass(line, i);
                i++;
                continue;
            }
            int end = Ascii.runEnd(line, i, Integer.MAX_VALUE, c -> c == '`');
            int close = closingRun(line, end, end - i);
            boolean mayGrow = !complete && (close < 0 || close + end - i == line.length());
            if (mayGrow) {
                return new Line(code, false, i);
            }
            boolean doubtful = close < 0
                    || (i > 0 && line.charAt(i - 1) == '\\')
                    || links.tag
                    || (links.inside && endsLink(line, end, close));
            if (doubtful || !trusted) {
                trusted = false;
                return new Line(code, false, line.length());
            }
            code.set(i, close + end - i);
            i = close + end - i;
        }
        trusted &= !links.tag;
        return new Line(code, false, line.length());
    }

    /** Discord reads links before code, so a code span that holds a link's end is none there. */
    private static boolean endsLink(String line, int from, int to) {
        return to > from && Ascii.count(line, from, to, c -> c == ']' || c == ')') > 0;
    }

    /** Also as {@link Links} and {@link Mentions} leave it, so that a second reading agrees with the first. */
    private static boolean opensTag(String line, int at) {
        char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
        return (line.charAt(at) == '<' || line.charAt(at) == '＜')
                && (Character.isLetter(next) || "/!?！".indexOf(next) >= 0);
    }

    /** Whether the characters passed so far leave a link's text or address, or an HTML tag, open. */
    private static final class Openings {
        private int brackets;
        private boolean address;
        private boolean inside;
        private boolean tag;

        void pass(String line, int at) {
            char c = line.charAt(at);
            tag = opensTag(line, at) || (tag && c != '>');
            if (c == '[') {
                brackets++;
            } else if (c == ']') {
                brackets = Math.max(0, brackets - 1);
                address |= at + 1 < line.length() && line.charAt(at + 1) == '(';
            } else if (c == ')') {
                address = false;
            }
            inside = brackets > 0 || address;
        }
    }

    private static boolean isMentionOrLink(String line, int at) {
        int close = line.indexOf('>', at);
        int scheme = line.indexOf(':', at);
        return close > 0
                && (line.charAt(at + 1) == '!' || (scheme > 0 && scheme < close))
                && line.indexOf('<', at + 1) < 0;
    }

    private static int closingRun(String line, int from, int length) {
        int i = line.indexOf('`', from);
        while (i >= 0) {
            int end = Ascii.runEnd(line, i, Integer.MAX_VALUE, c -> c == '`');
            if (end - i == length) {
                return i;
            }
            i = line.indexOf('`', end);
        }
        return -1;
    }
}
