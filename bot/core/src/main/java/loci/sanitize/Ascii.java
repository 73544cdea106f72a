package loci.sanitize;

/** The few character classes that token formats are written in. Stateless. */
final class Ascii {
    private Ascii() {}

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlnum(char c) {
        return isLower(c) || isUpper(c) || isDigit(c);
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** A character of base64url: the alphabet most tokens use. */
    static boolean isWord(char c) {
        return isAlnum(c) || c == '_' || c == '-';
    }

    /** A character of base64, padding included. */
    static boolean isBase64(char c) {
        return isAlnum(c) || c == '+' || c == '/' || c == '=';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** True when a token may begin at {@code index}: nothing alphanumeric before it, or the tail of an escape. */
    static boolean startsToken(CharSequence text, int index) {
        if (index == 0 || !isAlnum(text.charAt(index - 1))) {
            return true;
        }
        char before = text.charAt(index - 1);
        boolean escaped =
                index >= 2 && text.charAt(index - 2) == '\\' && (before == 'n' || before == 'r' || before == 't');
        return escaped
                || (index >= 3 && text.charAt(index - 3) == '%' && isHex(text.charAt(index - 2)) && isHex(before));
    }

    /** The end of the run of characters at {@code from} that {@code accepted} takes, looking no further than {@code most}. */
    static int runEnd(CharSequence text, int from, int most, Accepted accepted) {
        int end = (int) Math.min(text.length(), (long) from + most);
        int i = from;
        while (i < end && accepted.test(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int count(CharSequence text, int from, int to, Accepted accepted) {
        int n = 0;
        for (int i = from; i < to; i++) {
            n += accepted.test(text.charAt(i)) ? 1 : 0;
        }
        return n;
    }

    /** Whether a character belongs to a class. */
    @FunctionalInterface
    interface Accepted {
        boolean test(char c);
    }
}
