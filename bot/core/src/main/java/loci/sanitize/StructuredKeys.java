package loci.sanitize;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tokens known by their inner structure rather than a prefix: Discord and Telegram bot tokens, JSON web tokens, AWS and
 * Twilio and SendGrid keys, webhook addresses. For AWS and Twilio the identifier gives away where the secret stands.
 */
final class StructuredKeys implements SecretRule {
    static final Set<String> KINDS = Set.of(
            "AWS key",
            "AWS secret",
            "Twilio key",
            "Twilio secret",
            "SendGrid key",
            "Discord token",
            "JSON web token",
            "Telegram token",
            "Slack webhook",
            "Discord webhook");

    /** How far after an identifier its secret is looked for, in characters. */
    private static final int NEARBY = 200;

    private static final int TOKEN_MOST = 4096;

    @Override
    public void find(String seen, List<Finding> found) {
        for (int i = 0; i < seen.length(); i++) {
            if (!Ascii.isAlnum(seen.charAt(i)) || (!Ascii.startsToken(seen, i) && !isTelegramPath(seen, i))) {
                continue;
            }
            int end = at(seen, i, found);
            i = Math.max(i, end - 1);
        }
        webhooks(seen, found);
    }

    private static int at(String seen, int i, List<Finding> found) {
        return switch (seen.charAt(i)) {
            case 'A' -> Math.max(aws(seen, i, found), twilio(seen, i, found));
            case 'S' -> Math.max(twilio(seen, i, found), sendGrid(seen, i, found));
            case 'M', 'N', 'O' -> discord(seen, i, found);
            case 'e' -> jsonWebToken(seen, i, found);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> telegram(seen, i, found);
            default -> -1;
        };
    }

    private static int aws(String seen, int i, List<Finding> found) {
        boolean issued = seen.startsWith("AKIA", i)
                || seen.startsWith("ASIA", i)
                || seen.startsWith("ABIA", i)
                || seen.startsWith("ACCA", i);
        int end = Ascii.runEnd(seen, i, 21, Ascii::isAlnum);
        if (!issued || end - i != 20 || Ascii.count(seen, i, end, Ascii::isLower) > 0) {
            return -1;
        }
        found.add(new Finding(i, end, "AWS key"));
        secretsAfter(seen, end, 40, "AWS secret", found);
        return end;
    }

    private static int twilio(String seen, int i, List<Finding> found) {
        boolean issued = seen.startsWith("AC", i) || seen.startsWith("SK", i);
        int end = Ascii.runEnd(seen, i, 35, Ascii::isAlnum);
        if (!issued
                || end - i != 34
                || Ascii.count(seen, i + 2, end, Ascii::isHex) != 32
                || Ascii.count(seen, i, end, Ascii::isDigit) == 0) {
            return -1;
        }
        found.add(new Finding(i, end, "Twilio key"));
        secretsAfter(seen, end, 32, "Twilio secret", found);
        return end;
    }

    /** A run of just the right length near its identifier: the secret that belongs to it. */
    private static void secretsAfter(String seen, int from, int length, String kind, List<Finding> found) {
        int end = Math.min(seen.length(), from + NEARBY);
        for (int i = from; i < end; i++) {
            if (!isSecretCharacter(seen.charAt(i))) {
                continue;
            }
            int stop = Ascii.runEnd(seen, i, length + 1, StructuredKeys::isSecretCharacter);
            boolean mixed =
                    Ascii.count(seen, i, stop, Ascii::isDigit) > 0 && Ascii.count(seen, i, stop, Ascii::isLower) > 0;
            boolean hash = length == 40 && Ascii.count(seen, i, stop, Ascii::isHex) == length;
            if (stop - i == length && mixed && !hash) {
                found.add(new Finding(i, stop, kind));
            }
            i = Ascii.runEnd(seen, i, TOKEN_MOST, StructuredKeys::isSecretCharacter);
        }
    }

    private static boolean isSecretCharacter(char c) {
        return Ascii.isAlnum(c) || c == '+' || c == '/';
    }

    private static int sendGrid(String seen, int i, List<Finding> found) {
        if (!seen.startsWith("SG.", i)) {
            return -1;
        }
        int first = Ascii.runEnd(seen, i + 3, 65, Ascii::isWord);
        if (first - i - 3 < 16 || first >= seen.length() || seen.charAt(first) != '.') {
            return -1;
        }
        int end = Ascii.runEnd(seen, first + 1, 129, Ascii::isWord);
        return end - first - 1 < 16 ? -1 : add(found, i, end, "SendGrid key");
    }

    /** Three dotted parts: the bot's id in base64, a time, a signature. */
    private static int discord(String seen, int i, List<Finding> found) {
        int first = Ascii.runEnd(seen, i, 40, Ascii::isWord);
        if (first - i < 22 || first - i > 32 || !isDot(seen, first)) {
            return -1;
        }
        int second = Ascii.runEnd(seen, first + 1, 12, Ascii::isWord);
        if (second - first - 1 < 5 || second - first - 1 > 8 || !isDot(seen, second)) {
            return -1;
        }
        int end = Ascii.runEnd(seen, second + 1, 80, Ascii::isWord);
        boolean looksRandom = Ascii.count(seen, i, first, Ascii::isDigit) > 0
                && Ascii.count(seen, second + 1, end, Ascii::isDigit) > 0;
        if (end - second - 1 < 25 || !(looksRandom || holdsSnowflake(seen, i, first))) {
            return -1;
        }
        return add(found, i, end, "Discord token");
    }

    /** Base64 of decimal digits: every third of a group has a digit's high bits. */
    private static boolean holdsSnowflake(String seen, int from, int to) {
        for (int i = from; i < to; i += 4) {
            char c = seen.charAt(i);
            if (c != 'M' && c != 'N' && c != 'O') {
                return false;
            }
        }
        return true;
    }

    private static int jsonWebToken(String seen, int i, List<Finding> found) {
        boolean insideRun = i > 0 && (seen.charAt(i - 1) == '_' || seen.charAt(i - 1) == '-');
        if (!seen.startsWith("eyJ", i) || insideRun) { // one look at each run, so that hostile runs stay linear
            return -1;
        }
        int end = Ascii.runEnd(seen, i, Integer.MAX_VALUE, Ascii::isWord);
        if (end - i < 12 || !isDot(seen, end)) {
            return -1;
        }
        int parts = 1;
        int longest = 0;
        while (parts < 5 && isDot(seen, end)) { // three parts signed, five encrypted; some may be empty
            int next = Ascii.runEnd(seen, end + 1, Integer.MAX_VALUE, Ascii::isWord);
            longest = Math.max(longest, next - end - 1);
            end = next;
            parts++;
        }
        if (parts < 2 || longest < 10) {
            return -1;
        }
        return add(found, i, seen.charAt(end - 1) == '.' ? end - 1 : end, "JSON web token");
    }

    private static int telegram(String seen, int i, List<Finding> found) {
        int colon = Ascii.runEnd(seen, i, 13, Ascii::isDigit);
        if (colon - i < 6 || colon - i > 12 || !seen.startsWith(":A", colon)) {
            return -1;
        }
        int end = Ascii.runEnd(seen, colon + 1, 50, Ascii::isWord);
        return end - colon - 1 < 32 || end - colon - 1 > 48 ? -1 : add(found, i, end, "Telegram token");
    }

    /** In an API address the token follows the word "bot" directly. */
    private static boolean isTelegramPath(String seen, int i) {
        return i >= 3 && Ascii.isDigit(seen.charAt(i)) && seen.startsWith("bot", i - 3);
    }

    private static void webhooks(String seen, List<Finding> found) {
        String lower = seen.toLowerCase(Locale.ROOT);
        if (lower.length() != seen.length()) {
            lower = seen; // a letter that changes length: no address has one
        }
        for (int at = lower.indexOf("hooks.slack"); at >= 0; at = lower.indexOf("hooks.slack", at + 1)) {
            int path = lower.startsWith("hooks.slack.com/", at)
                    ? at + 16
                    : lower.startsWith("hooks.slack-gov.com/", at) ? at + 20 : -1;
            int end = path < 0 ? -1 : Ascii.runEnd(seen, path, 512, c -> Ascii.isWord(c) || c == '/');
            if (path >= 0 && end - path >= 20) {
                found.add(new Finding(addressStart(lower, at), end, "Slack webhook"));
            }
        }
        for (int at = lower.indexOf("/webhooks/"); at >= 0; at = lower.indexOf("/webhooks/", at + 1)) {
            int id = Ascii.runEnd(seen, at + 10, 25, Ascii::isDigit);
            int end = id > at + 10 && id < seen.length() && seen.charAt(id) == '/'
                    ? Ascii.runEnd(seen, id + 1, 512, Ascii::isWord)
                    : -1;
            int host = discordHost(lower, at);
            if (end - id - 1 >= 20 && host >= 0) {
                found.add(new Finding(addressStart(lower, host), end, "Discord webhook"));
            }
        }
    }

    private static int discordHost(String lower, int path) {
        int from = Math.max(0, path - 40);
        String before = lower.substring(from, path);
        int host = Math.max(before.lastIndexOf("discord.com/api"), before.lastIndexOf("discordapp.com/api"));
        return host < 0 ? -1 : from + host;
    }

    private static int addressStart(String lower, int host) {
        int start = host;
        while (start > 0
                && start > host - 20
                && (Ascii.isAlnum(lower.charAt(start - 1)) || lower.charAt(start - 1) == '.')) {
            start--;
        }
        if (start >= 3 && lower.startsWith("://", start - 3)) {
            int scheme = start - 3;
            while (scheme > 0 && scheme > start - 9 && Ascii.isLower(lower.charAt(scheme - 1))) {
                scheme--;
            }
            return scheme;
        }
        return start;
    }

    private static boolean isDot(String seen, int at) {
        return at < seen.length() && seen.charAt(at) == '.';
    }

    private static int add(List<Finding> found, int from, int to, String kind) {
        found.add(new Finding(from, to, kind));
        return to;
    }
}
