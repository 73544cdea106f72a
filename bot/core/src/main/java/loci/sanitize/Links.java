package loci.sanitize;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/**
 * Rewrites the links of one line so that none hides where it goes, and nothing is fetched or run: a link whose text shows
 * another host becomes {@code text (address)}; an image becomes {@code text (image: http：//…)}, its colon full-width so that
 * no platform fetches or previews it; {@code javascript:}, {@code data:} and unknown schemes lose their colon likewise;
 * reference definitions and HTML that fetches are broken. Markdown and Slack's {@code <address|text>} alike. Where parsers
 * differ, the reading that makes a link is the one assumed.
 */
final class Links {
    private static final int LONGEST_TEXT = 1000;
    private static final int LONGEST_ADDRESS = 2048;
    private static final int DEEPEST_PARENS = 32;

    private static final int NO_LINK = -1;
    private static final int UNFINISHED = -2;

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");
    private static final String[] RUNNING = {"javascript:", "vbscript:", "data:"};

    private static final Set<String> FETCHING = Set.of(
            "img", "image", "iframe", "script", "object", "embed", "link", "video", "audio", "source", "svg", "style",
            "meta", "base", "form", "input", "body", "frame", "picture", "track");

    private final String line;
    private final BitSet code;
    private final boolean complete;
    private final Edits edits = new Edits();
    private int[] open = new int[8];
    private int opened;
    private int hold;
    private int addressFrom;
    private int addressTo;

    private Links(String line, BitSet code, boolean complete, int hold) {
        this.line = line;
        this.code = code;
        this.complete = complete;
        this.hold = hold;
    }

    /**
     * The line rewritten, up to the point where what follows could still change it.
     *
     * @param code characters that are code, where links are only shown
     * @param complete whether the line end has come
     * @param hold nothing from here on is settled
     */
    static String rewrite(String line, BitSet code, boolean complete, int hold) {
        return new Links(line, code, complete, hold).rewrite();
    }

    private String rewrite() {
        for (int i = 0; i < line.length(); i++) {
            if (code.get(i)) {
                continue;
            }
            char c = line.charAt(i);
            if (c == '[') {
                push(i);
            } else if (c == ']') {
                i = close(i);
            } else if (c == '<') {
                angle(i);
            } else if (c == 'j' || c == 'v' || c == 'd' || c == 'J' || c == 'V' || c == 'D') {
                running(i);
            }
        }
        if (!complete) {
            holdUnfinished();
        }
        return edits.apply(line, hold);
    }

    private void push(int at) {
        if (opened == open.length) {
            open = Arrays.copyOf(open, opened * 2);
        }
        open[opened++] = at;
    }

    /** A bracket closes: a link follows, or a definition, or neither. Returns the last index dealt with. */
    private int close(int at) {
        int from = opened > 0 ? open[--opened] : -1;
        int next = at + 1;
        if (next >= line.length()) {
            holdFrom(from < 0 ? at : start(from));
            return at;
        }
        if (line.charAt(next) == ':') {
            definition(from, next);
            return at;
        }
        if (line.charAt(next) != '(') {
            return at;
        }
        int end = destination(next + 1);
        boolean tooLong = from < 0 || at - from > LONGEST_TEXT;
        if (end == UNFINISHED && !complete) {
            holdFrom(tooLong ? at : start(from));
            return line.length(); // all that follows may be part of the address
        } else if (end < 0 || tooLong) {
            edits.replace(next, next, " "); // no link in any parser
        } else {
            return link(from, at, end);
        }
        return at;
    }

    private int link(int from, int at, int end) {
        String address = line.substring(addressFrom, addressTo);
        String text = text(from, at);
        boolean image = start(from) < from;
        if (image) {
            edits.replace(start(from), from + 1, gap(start(from)));
            edits.replace(at, end + 1, (text.isBlank() ? "(image: " : " (image: ") + inert(address) + ")");
        } else if (!isHarmless(address) || ShownHost.misleads(text, address)) {
            edits.replace(from, from + 1, gap(from));
            edits.replace(at, end + 1, " (" + (isHarmless(address) ? address : inert(address)) + ")");
        } else {
            return at;
        }
        return end;
    }

    /** Reads what stands in the parentheses; returns the index of the closing one. */
    private int destination(int from) {
        int i = Ascii.runEnd(line, from, LONGEST_ADDRESS, Ascii::isSpace);
        int limit = Math.min(line.length(), i + LONGEST_ADDRESS);
        if (i < line.length() && line.charAt(i) == '<') {
            int close = Ascii.runEnd(line, i, LONGEST_ADDRESS, c -> c != '>');
            addressFrom = i + 1;
            addressTo = close;
            i = close < line.length() ? close + 1 : close;
        } else {
            addressFrom = i;
            int depth = 0;
            while (i < limit && !Ascii.isSpace(line.charAt(i)) && depth <= DEEPEST_PARENS && !code.get(i)) {
                if (line.charAt(i) == ')' && depth-- == 0) {
                    break;
                }
                depth += line.charAt(i) == '(' ? 1 : 0;
                i++;
            }
            addressTo = i;
            if (depth > DEEPEST_PARENS || (i < line.length() && code.get(i))) {
                return NO_LINK;
            }
        }
        return afterTitle(i);
    }

    private int afterTitle(int from) {
        int i = Ascii.runEnd(line, from, LONGEST_ADDRESS, Ascii::isSpace);
        if (i > from && i < line.length() && "\"'(".indexOf(line.charAt(i)) >= 0) {
            char quote = line.charAt(i) == '(' ? ')' : line.charAt(i);
            i = Ascii.runEnd(line, i + 1, LONGEST_ADDRESS, c -> c != quote);
            i = Ascii.runEnd(line, Math.min(line.length(), i + 1), LONGEST_ADDRESS, Ascii::isSpace);
        }
        if (i >= line.length()) {
            return UNFINISHED;
        }
        return line.charAt(i) == ')' ? i : NO_LINK;
    }

    /** {@code [1]: address} would turn {@code [shown][1]} into a link from anywhere in the text. */
    private void definition(int from, int colon) {
        int label = Ascii.runEnd(line, 0, Integer.MAX_VALUE, c -> " \t>*+-.)".indexOf(c) >= 0 || Ascii.isDigit(c));
        if (from >= 0 && from <= label) {
            edits.replace(colon, colon, " ");
        }
    }

    /** {@code <address>}, Slack's {@code <address|text>}, or an HTML tag that fetches. */
    private void angle(int at) {
        int scheme = Ascii.runEnd(line, at + 1, 32, c -> Ascii.isAlnum(c) || c == '+' || c == '.' || c == '-');
        if (scheme >= line.length()) {
            holdFrom(at);
            return;
        }
        if (line.charAt(scheme) != ':' || scheme - at < 3) {
            tag(at);
            return;
        }
        int end = Ascii.runEnd(line, at + 1, LONGEST_ADDRESS, c -> c != '>' && c != '<');
        if (end >= line.length()) {
            holdFrom(at);
            return;
        }
        if (line.charAt(end) != '>') {
            return;
        }
        int bar = Ascii.runEnd(line, at + 1, end - at - 1, c -> c != '|');
        String address = line.substring(at + 1, bar);
        String text = bar < end ? line.substring(bar + 1, end) : "";
        if (!isHarmless(address)) {
            edits.replace(at, at + 1, "＜");
            edits.replace(scheme, scheme + 1, "：");
        } else if (ShownHost.misleads(text, address)) {
            edits.replace(at, at + 1, "＜"); // address and text both stay in sight
        }
    }

    private void tag(int at) {
        int name = at + 1 < line.length() && line.charAt(at + 1) == '/' ? at + 2 : at + 1;
        int end = Ascii.runEnd(line, name, 12, Ascii::isAlnum);
        if (end >= line.length()) {
            holdFrom(at);
        }
        if (FETCHING.contains(line.substring(name, end).toLowerCase(Locale.ROOT))) {
            edits.replace(at, at + 1, "＜");
        }
    }

    /** A scheme that runs, outside any link syntax. */
    private void running(int at) {
        if (at > 0 && Character.isLetterOrDigit(line.charAt(at - 1))) {
            return;
        }
        for (String scheme : RUNNING) {
            int after = at + scheme.length();
            int left = line.length() - at;
            if (left <= scheme.length() && scheme.regionMatches(true, 0, line, at, left)) {
                holdFrom(at);
            } else if (line.regionMatches(true, at, scheme, 0, scheme.length())) {
                int media = Ascii.runEnd(line, after, 32, c -> Ascii.isWord(c) || c == '.' || c == '+');
                boolean data = scheme.equals("data:");
                boolean runs = data
                        ? media < line.length() && "/,;".indexOf(line.charAt(media)) >= 0
                        : !Character.isWhitespace(line.charAt(after));
                if (data && media >= line.length()) {
                    holdFrom(at);
                }
                if (runs) {
                    edits.replace(after - 1, after, "：");
                }
            }
        }
    }

    private void holdUnfinished() {
        for (int i = 0; i < opened; i++) {
            if (line.length() - open[i] <= LONGEST_TEXT + 2) {
                holdFrom(start(open[i]));
                break;
            }
        }
        if (line.endsWith("!")) {
            holdFrom(line.length() - 1);
        }
    }

    private void holdFrom(int at) {
        if (!complete) {
            hold = Math.min(hold, at);
        }
    }

    private int start(int bracket) {
        return bracket > 0 && line.charAt(bracket - 1) == '!' && !code.get(bracket - 1) ? bracket - 1 : bracket;
    }

    private String text(int from, int at) {
        return line.substring(from + 1, at);
    }

    /** What an opening bracket leaves behind: a space where the text inside would otherwise join what stands before. */
    private String gap(int from) {
        char before = from > 0 ? line.charAt(from - 1) : ' ';
        return Character.isLetterOrDigit(before) || "<!@[]&:/\\`".indexOf(before) >= 0 ? " " : "";
    }

    private static boolean isHarmless(String address) {
        int colon = Ascii.runEnd(address, 0, Integer.MAX_VALUE, c -> ":/?#".indexOf(c) < 0);
        String scheme = address.substring(0, colon);
        if (scheme.indexOf('&') >= 0 || scheme.indexOf('\\') >= 0 || scheme.indexOf('%') >= 0) {
            return false;
        }
        return colon >= address.length()
                || address.charAt(colon) != ':'
                || SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
    }

    private static String inert(String address) {
        return address.replace(":", "：").replace("&", "＆");
    }
}
