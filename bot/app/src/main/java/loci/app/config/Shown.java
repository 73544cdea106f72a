package loci.app.config;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How what was found is quoted in a problem: short, on one line, and never if it may be a secret. Pure. */
final class Shown {

    private static final int LONGEST = 60;

    /** The beginnings of the keys and tokens of the providers Loci knows, and long random-looking words. */
    private static final Pattern SECRET_LOOKING = Pattern.compile(
            "(?i)(sk-|xox[a-z]-|xapp-|Bot |Bearer ).*|(?=\\S*[0-9])(?=\\S*[A-Za-z])[A-Za-z0-9_.\\-]{40,}");

    private static final Pattern SECRET_NAMED =
            Pattern.compile("(?i).*(api_?key|token|secret|password|passwd|credential).*");

    private static final Pattern KEY_INLINE =
            Pattern.compile("(?i)\\skey\\s+(?-i)(?!" + Secrets.KEY_PREFIX + "[A-Z0-9_]+(?:[\\s,]|$))\\S");

    private Shown() {}

    /** Returns a value in quotes. */
    static String quoted(String text) {
        if (text.isEmpty()) {
            return "nothing";
        }
        return holdsSecret(text) ? "something that looks like a secret" : "\"" + plain(text) + "\"";
    }

    static String plain(String text) {
        return line(text, LONGEST);
    }

    /** Returns it on one line of at most so many characters, without what cannot be seen and without passwords of addresses. */
    static String line(String text, int most) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?").replaceAll("//[^/@\\s]*@", "//…@");
        if (line.length() <= most) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most;
        return line.substring(0, end) + "…";
    }

    /** Whether it, or a word of it, looks like a secret, or a word stands where a list of models names the variable of a key. */
    private static boolean holdsSecret(String text) {
        return looksSecret(text)
                || Stream.of(text.split("[\\s,]+")).anyMatch(Shown::looksSecret)
                || KEY_INLINE.matcher(text).find();
    }

    static boolean looksSecret(String text) {
        return SECRET_LOOKING.matcher(text).matches();
    }

    /** Whether a key's last segment names a secret; {@code maxReplyTokens} and its like name numbers. */
    static boolean namesSecret(String path) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        return SECRET_NAMED.matcher(last).matches()
                && !last.toLowerCase(Locale.ROOT).endsWith("tokens");
    }
}
