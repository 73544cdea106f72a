package loci.sanitize;

import org.jspecify.annotations.Nullable;

/**
 * The line that opens a fenced code block, taken apart: what stands before the fence (indentation, quote signs, a list
 * marker), the fence, and its language. See <a href="https://spec.commonmark.org/0.31.2/#fenced-code-blocks">CommonMark</a>;
 * deeper indentation is accepted too, since models indent blocks under list items and platforms take them.
 */
record FenceLine(String prefix, String ticks, String language) {
    private static final int LONGEST_PREFIX = 40;
    private static final int LONGEST_FENCE = 20;
    private static final int LONGEST_LANGUAGE = 24;

    /** Reads an opening line, or null when the line opens nothing. */
    static @Nullable FenceLine opening(String line) {
        int start = prefixEnd(line, true);
        if (start >= line.length() || start > LONGEST_PREFIX) {
            return null;
        }
        char tick = line.charAt(start);
        int end = Ascii.runEnd(line, start, Integer.MAX_VALUE, c -> c == tick);
        boolean fence = (tick == '`' || tick == '~') && end - start >= 3 && end - start <= LONGEST_FENCE;
        if (!fence || (tick == '`' && line.indexOf('`', end) >= 0)) {
            return null;
        }
        int language = Ascii.runEnd(line, end, 8, Ascii::isSpace);
        int languageEnd = Ascii.runEnd(line, language, LONGEST_LANGUAGE + 1, c -> c > ' ');
        boolean named = languageEnd - language <= LONGEST_LANGUAGE;
        return new FenceLine(
                continued(line.substring(0, start)),
                line.substring(start, end),
                named ? line.substring(language, languageEnd) : "");
    }

    boolean isClosedBy(String line) {
        int start = prefixEnd(line, false);
        int end = Ascii.runEnd(line, start, Integer.MAX_VALUE, c -> c == ticks.charAt(0));
        return end - start >= ticks.length()
                && line.substring(end).isBlank()
                && columns(line, start) <= columns(prefix, prefix.length()) + 3;
    }

    /** The line that opens the block again in the next part. */
    String reopening() {
        return prefix + ticks + language;
    }

    String closing() {
        return prefix + ticks;
    }

    FenceLine withoutLanguage() {
        return new FenceLine(prefix, ticks, "");
    }

    private static int prefixEnd(String line, boolean withMarker) {
        int i = Ascii.runEnd(line, 0, LONGEST_PREFIX + 1, c -> Ascii.isSpace(c) || c == '>');
        if (!withMarker) {
            return i;
        }
        int digits = Ascii.runEnd(line, i, 9, Ascii::isDigit);
        boolean bullet = digits == i && digits < line.length() && "-*+".indexOf(line.charAt(digits)) >= 0;
        boolean number = digits > i && digits < line.length() && ".)".indexOf(line.charAt(digits)) >= 0;
        boolean spaced = digits + 1 < line.length() && Ascii.isSpace(line.charAt(digits + 1));
        return (bullet || number) && spaced ? Ascii.runEnd(line, digits + 1, LONGEST_PREFIX, Ascii::isSpace) : i;
    }

    /** Under a list marker the block goes on at the marker's indentation; a second marker would be a second item. */
    private static String continued(String prefix) {
        StringBuilder out = new StringBuilder(prefix);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (!Ascii.isSpace(c) && c != '>') {
                out.setCharAt(i, ' ');
            }
        }
        return out.toString();
    }

    private static int columns(String line, int end) {
        int columns = 0;
        for (int i = 0; i < end; i++) {
            columns += line.charAt(i) == '\t' ? 4 : 1;
        }
        return columns;
    }
}
