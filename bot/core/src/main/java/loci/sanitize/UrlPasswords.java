package loci.sanitize;

import java.util.List;

/**
 * The password in {@code scheme://user:password@host}. User and host stay, since they say what the address was for. A
 * password may hold unescaped slashes and at signs: it ends at the last at sign before the address does.
 */
final class UrlPasswords implements SecretRule {
    static final String KIND = "URL password";

    private static final int LONGEST = 256;

    @Override
    public void find(String seen, List<Finding> found) {
        int next = 0;
        for (int at = seen.indexOf("://"); at >= 0; at = seen.indexOf("://", next)) {
            int user = at + 3;
            next = user;
            if (at == 0 || !Ascii.isAlnum(seen.charAt(at - 1))) {
                continue;
            }
            int colon = Ascii.runEnd(
                    seen, user, LONGEST, c -> isAddress(c) && c != ':' && c != '/' && c != '@' && c != '?' && c != '#');
            if (colon >= seen.length() || seen.charAt(colon) != ':') {
                continue;
            }
            int password = colon + 1;
            int end = passwordEnd(seen, password);
            if (end > password && !seen.startsWith("[redacted:", password)) {
                found.add(new Finding(password, end, KIND));
                next = end;
            }
        }
    }

    private static int passwordEnd(String seen, int from) {
        int port = Ascii.runEnd(seen, from, 6, Ascii::isDigit);
        int authority = Ascii.runEnd(seen, from, LONGEST, c -> isAddress(c) && c != '/' && c != '?' && c != '#');
        int sign = lastSign(seen, from, authority);
        if (sign > from) {
            int host = Ascii.runEnd(seen, sign + 1, LONGEST, c -> Ascii.isWord(c));
            boolean cutShort = host < seen.length()
                    && (seen.charAt(host) == '/' || seen.charAt(host) == '#' || seen.charAt(host) == '?');
            int later =
                    cutShort ? lastSign(seen, host, Ascii.runEnd(seen, host, LONGEST, UrlPasswords::isAddress)) : -1;
            return Math.max(sign, later); // a "host" without a dot, and another at sign after it: still the password
        }
        boolean hasPort = port > from
                && (port >= seen.length() || !isAddress(seen.charAt(port)) || "/?#".indexOf(seen.charAt(port)) >= 0);
        if (hasPort || authority >= seen.length() || !isAddress(seen.charAt(authority))) {
            return -1;
        }
        return lastSign(seen, from, Ascii.runEnd(seen, from, LONGEST, UrlPasswords::isAddress));
    }

    private static int lastSign(String seen, int from, int to) {
        for (int i = to - 1; i > from; i--) {
            if (seen.charAt(i) == '@') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAddress(char c) {
        return c > ' ' && "\"<>`|\\^{}".indexOf(c) < 0 && c != 0xA0;
    }
}
