package loci.transcript;

import java.util.regex.Pattern;

/** The forms in which a transcript can be written. */
public enum Format {
    /** Loci's own JSON. */
    LOCI,
    /** A LoCoMo dialogue, as JSON with {@code turns} and {@code questions}. */
    LOCOMO,
    /** An IRC log: {@code [12:18] <nick> words}. */
    IRC,
    /** {@code Name: words}, a line each. */
    PLAIN;

    /** Enough of a log to tell it by. */
    private static final int LINES_LOOKED_AT = 50;

    private static final Pattern LOCI_FIELD = Pattern.compile("\\A\\s*\\{\\s*\"loci-transcript\"");
    private static final Pattern TURNS_FIELD = Pattern.compile("\"turns\"\\s*:");

    /** Returns the form that a text most likely has. */
    static Format detect(String text) {
        if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[{")) {
            boolean own = LOCI_FIELD.matcher(text).find() || text.contains("\"" + LociJson.VERSION_FIELD + "\"");
            return !own && TURNS_FIELD.matcher(text).find() ? LOCOMO : LOCI;
        }
        long looked = text.lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_LOOKED_AT)
                .count();
        long irc = text.lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_LOOKED_AT)
                .filter(IrcLog::isLine)
                .count();
        return irc > 0 && irc * 2 >= looked ? IRC : PLAIN;
    }
}
