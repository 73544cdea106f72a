package loci.sanitize;

import java.net.IDN;
import java.util.Locale;
import java.util.Set;

/**
 * Compares the host a link's text shows with the host it goes to. Text shows a host when a word of it is an address or
 * could pass for a domain name; anything odd enough to be read differently by a browser counts as another host.
 */
final class ShownHost {
    private static final int LONGEST = 1000;

    /** Endings of file names that are also top-level domains; only an address shows such a host. */
    private static final Set<String> FILE_ENDINGS = Set.of(
            "md", "py", "rs", "sh", "ts", "js", "java", "json", "html", "txt", "xml", "yml", "yaml", "toml", "pl", "ps",
            "cc", "so", "zip", "mov", "png", "jpg", "pdf", "csv", "log", "lock", "gradle", "kt", "go", "rb", "php",
            "css", "sql", "c", "h", "cpp");

    private ShownHost() {}

    /** True when a reader of {@code text} would expect to arrive elsewhere than at {@code target}. */
    static boolean misleads(String text, String target) {
        if (text.length() > LONGEST) {
            return true;
        }
        String plain = undecorated(Folded.of(text).lower());
        if (plain.contains("&#")
                || plain.contains("&period;")
                || plain.contains("&colon;")
                || plain.contains("&sol;")) {
            return true;
        }
        String actual = hostOf(target);
        for (String word : plain.split("[\\s()<>\\[\\]\"',;|]+", -1)) {
            String shown = shownBy(word);
            if (!shown.isEmpty() && !isSameOrBelow(actual, shown)) {
                return true;
            }
        }
        return false;
    }

    /** The host of an address as a browser finds it, or "" when there is none or it cannot be told. */
    static String hostOf(String address) {
        int colon = address.indexOf(':');
        int start = colon < 0 ? 0 : colon + 1;
        while (start < address.length() && (address.charAt(start) == '/' || address.charAt(start) == '\\')) {
            start++;
        }
        int end = Ascii.runEnd(address, start, Integer.MAX_VALUE, c -> "/\\?#".indexOf(c) < 0);
        String authority = address.substring(start, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.lastIndexOf(':');
        if (port >= 0 && Ascii.runEnd(host, port + 1, 6, Ascii::isDigit) == host.length()) {
            host = host.substring(0, port);
        }
        return host.indexOf('&') >= 0 || host.indexOf('%') >= 0 ? "" : normal(host);
    }

    private static String shownBy(String word) {
        String bare = trimmed(word);
        if (bare.contains("://")) {
            return hostOf(bare);
        }
        int end = Ascii.runEnd(bare, 0, Integer.MAX_VALUE, c -> "/?#:@".indexOf(c) < 0);
        if (end < bare.length() && bare.charAt(end) == '@') {
            return ""; // a mail address or a handle, not a host
        }
        String host = bare.substring(0, end);
        int dot = host.lastIndexOf('.');
        if (dot <= 0 || host.contains("..")) {
            return "";
        }
        String ending = host.substring(dot + 1);
        boolean letters = (ending.length() >= 2 && ending.codePoints().allMatch(Character::isLetter))
                || ending.startsWith("xn--");
        boolean file = FILE_ENDINGS.contains(ending) && !host.startsWith("www.") && end == bare.length();
        return letters && !file ? normal(host) : "";
    }

    private static boolean isSameOrBelow(String actual, String shown) {
        return actual.equals(shown) || actual.endsWith("." + shown);
    }

    private static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        name = name.startsWith("www.") ? name.substring(4) : name;
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException notAHost) {
            return name;
        }
    }

    private static String undecorated(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("*_~`\\".indexOf(c) < 0) {
                out.append(c == '。' || c == '․' ? '.' : c);
            }
        }
        return out.toString();
    }

    private static String trimmed(String word) {
        int from = Ascii.runEnd(word, 0, Integer.MAX_VALUE, c -> ".!?:…".indexOf(c) >= 0);
        int to = word.length();
        while (to > from && ".!?:…".indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }
}
