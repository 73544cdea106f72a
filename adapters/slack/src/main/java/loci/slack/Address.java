package loci.slack;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a link may lead, and whether its text says so. */
final class Address {

    /** An address written into a text; what ends a sentence, or closes a bracket that was not opened in it, is no part of it. */
    static final Pattern BARE = Pattern.compile("(?i)\\bhttps?://[\\p{L}\\p{N}\\[][^\\s<>|\"`\uFDD0-\uFDEF]*");

    private static final Pattern ALLOWED =
            Pattern.compile("(?i)(?:https?://[^/?#]|mailto:[\\w.+%-]+@[\\p{L}\\p{N}.-]+(?:$|\\?)).*", Pattern.DOTALL);

    /** Longer ones are shown and not linked, so that each fits into a message whole. */
    private static final int LONGEST = 1_500;

    private static final Pattern HOST = Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]{0,20}://)?(?:[^\\s/@]{0,100}@)?"
            + "(?<host>[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,10})");

    /** Endings of file names that are top-level domains too, or none at all. */
    private static final Pattern NO_HOST = Pattern.compile(
            "(?i).*\\.(?:[0-9].*|.|md|py|rs|sh|ts|js|java|json|html|txt|xml|ya?ml|toml|cc|zip|png|jpg|pdf|csv|log|kt|go|rb|php|css|sql|cpp)");

    private Address() {}

    /** The address as it may stand in a link of Slack's; null where there must be no link. */
    static @Nullable String linked(String destination) {
        String bare = destination.strip();
        if (bare.length() > LONGEST || !ALLOWED.matcher(bare).matches()) {
            return null;
        }
        StringBuilder out = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c <= ' ' || c == 0x7F || "<>|\"`\\^{}".indexOf(c) >= 0) {
                out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else {
                out.append(c == '&' ? "&amp;" : String.valueOf(c));
            }
        }
        return out.toString();
    }

    /** Where an address that was found in a text ends. */
    static int end(String text, int from, int found) {
        int end = found;
        while (end > from && ".,;:!?'*_~)]}”’»…".indexOf(text.charAt(end - 1)) >= 0) {
            char last = text.charAt(end - 1);
            if (last == ')'
                    && text.substring(from, end - 1).lastIndexOf('(')
                            > text.substring(from, end - 1).lastIndexOf(')')) {
                break;
            }
            end--;
        }
        return end;
    }

    /** True when the text of a link names a host that the link does not lead to. */
    static boolean misleads(String label, String destination) {
        String actual = host(destination);
        String shown = Normalizer.normalize(label, Normalizer.Form.NFKC)
                .replace('。', '.')
                .toLowerCase(Locale.ROOT);
        Matcher word = HOST.matcher(shown);
        while (word.find()) {
            String host = withoutWww(word.group("host"));
            boolean file = NO_HOST.matcher(host).matches() && !word.group().contains("://");
            if (!file && !actual.equals(host) && !actual.endsWith("." + host)) {
                return true;
            }
        }
        return false;
    }

    private static String host(String destination) {
        int start = destination.indexOf(':') + 1;
        while (start < destination.length() && destination.charAt(start) == '/') {
            start++;
        }
        int end = start;
        while (end < destination.length() && "/?#\\".indexOf(destination.charAt(end)) < 0) {
            end++;
        }
        String authority = destination.substring(start, end).toLowerCase(Locale.ROOT);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.lastIndexOf(':');
        return withoutWww(port < 0 ? host : host.substring(0, port));
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
