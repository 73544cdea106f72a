package loci.console;

import java.util.regex.Pattern;

/**
 * Makes text fit to be printed. Pure.
 *
 * <p>Nothing that a model or a person wrote can drive the terminal: escape sequences go as wholes, then every control character
 * but line break and tab, and the marks that turn the direction of writing, which can make a line read as what it is not. The only
 * escape sequences in the result are those made here.
 */
final class ConsoleMarkup {

    /** CSI, OSC-like strings up to their end, and the short ones (ECMA-48), each begun with ESC or as one C1 character. */
    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]"
            + "|(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)"
            + "|\\x1b[ -/]*[0-~]");

    /** Everything that some reader of lines takes for a line break. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|[\\r\\x0b\\x0c\\x85\\u2028\\u2029]");

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}\\x{feff}&&[^\\n\\t]]");

    private ConsoleMarkup() {}

    /** Returns the text as it is, of several lines, with what cannot be printed taken out. */
    static String plain(String text) {
        String withoutSequences = ESCAPE_SEQUENCE.matcher(text).replaceAll("");
        String withLines = LINE_BREAK.matcher(withoutSequences).replaceAll("\n");
        return UNPRINTABLE.matcher(withLines).replaceAll("");
    }

    /** Returns the text on one line. */
    static String oneLine(String text) {
        return plain(text).replace('\n', ' ').replace('\t', ' ');
    }
}
