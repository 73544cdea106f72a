package loci.sanitize;

import java.util.List;
import java.util.Locale;

/**
 * Secrets known by the name they are given to: {@code password=…}, {@code "api_key": "…"}, {@code Authorization: Bearer …},
 * {@code --token …}, {@code <password>…</password>}, "my password is …". Finds name and value; whether the value is a
 * secret, or prose or code, is {@link SecretValue}'s judgement.
 */
final class AssignedSecrets implements SecretRule {
    static final String BEARER = "bearer token";

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 512;
    private static final String QUOTES = "\"'`“”„«»‘’";

    @Override
    public void find(String seen, List<Finding> found) {
        int i = 0;
        while (i < seen.length()) {
            if (!isName(seen.charAt(i))) {
                i++;
                continue;
            }
            int end = Ascii.runEnd(seen, i, Integer.MAX_VALUE, AssignedSecrets::isName);
            if (end - i <= LONGEST_NAME) {
                named(seen, i, end, found);
            }
            i = end;
        }
    }

    private static void named(String seen, int from, int to, List<Finding> found) {
        String word = seen.substring(from, to).toLowerCase(Locale.ROOT);
        if (word.equals("bearer")) {
            bearer(seen, to, found);
            return;
        }
        SecretName name = SecretName.of(word, previousWord(seen, from));
        if (name == SecretName.NONE) {
            return;
        }
        if (word.startsWith("--") && to < seen.length() && seen.charAt(to) == ' ') {
            value(seen, to + 1, name, SecretValue.Assigned.FLAG, found);
        } else if (from > 0 && seen.charAt(from - 1) == '<' && to < seen.length() && seen.charAt(to) == '>') {
            value(seen, to + 1, name, SecretValue.Assigned.ELEMENT, found);
        } else {
            assigned(seen, to, name, found);
        }
    }

    private static void assigned(String seen, int nameEnd, SecretName name, List<Finding> found) {
        int i = afterNameQuote(seen, nameEnd);
        int sign = Ascii.runEnd(seen, i, 8, Ascii::isSpace);
        if (sign >= seen.length()) {
            return;
        }
        char c = seen.charAt(sign);
        if (c == ':' || c == '=') {
            boolean arrow = sign + 1 < seen.length()
                    && ((c == ':' && seen.charAt(sign + 1) == '=') || (c == '=' && seen.charAt(sign + 1) == '>'));
            boolean compared = (c == '=' && seen.startsWith("==", sign)) || seen.startsWith("::", sign);
            if (!compared) {
                int after = Ascii.runEnd(seen, sign + (arrow ? 2 : 1), 2, star -> star == '*' || star == '_');
                int start = Ascii.runEnd(seen, after, 16, Ascii::isSpace);
                if (c == ':' && start < seen.length() && seen.charAt(start) == '\n') {
                    value(seen, start + 1, name, SecretValue.Assigned.SAID, found); // alone on the next line
                    return;
                }
                boolean tight = sign == i && start == after;
                SecretValue.Assigned how = c == ':' && !arrow
                        ? SecretValue.Assigned.COLON
                        : tight ? SecretValue.Assigned.TIGHT : SecretValue.Assigned.SPACED;
                value(seen, afterType(seen, start), name, how, found);
            }
        } else {
            said(seen, nameEnd, name, found);
        }
    }

    /** "password is …", "password was: …": the one form of prose that is plain enough. */
    private static void said(String seen, int nameEnd, SecretName name, List<Finding> found) {
        for (String verb :
                new String[] {" is ", "'s ", " is: ", " is now ", " was ", " = ", " ist ", " es ", " est "}) {
            if (seen.regionMatches(true, nameEnd, verb, 0, verb.length())) {
                int start = Ascii.runEnd(seen, nameEnd + verb.length(), 2, Ascii::isSpace);
                if (verb.equals(" is ") && seen.regionMatches(true, start, "now ", 0, 4)) {
                    continue;
                }
                value(seen, start, name, SecretValue.Assigned.SAID, found);
                return;
            }
        }
    }

    private static void value(String seen, int at, SecretName name, SecretValue.Assigned how, List<Finding> found) {
        int open = Ascii.runEnd(seen, at, 3, c -> c == '\\');
        if (open + 1 < seen.length()
                && "bBfFrRuU".indexOf(seen.charAt(open)) >= 0
                && QUOTES.indexOf(seen.charAt(open + 1)) >= 0) {
            open++; // a literal's prefix, as in Python
        }
        if (open >= seen.length()) {
            return;
        }
        char quote = seen.charAt(open);
        if (QUOTES.indexOf(quote) >= 0) {
            int close = closing(seen, open, open > at);
            if (close > open + 1) {
                int start = name == SecretName.AUTHORIZATION ? afterScheme(seen, open + 1, close) : open + 1;
                add(seen, start, close, name, how, true, found);
                return;
            }
        }
        int start = QUOTES.indexOf(quote) >= 0 ? open + 1 : at;
        if (name == SecretName.AUTHORIZATION) {
            start = afterScheme(seen, start, Math.min(seen.length(), start + LONGEST_VALUE));
        }
        add(seen, start, bareEnd(seen, start, how), name, how, false, found);
    }

    private static void add(
            String seen,
            int from,
            int to,
            SecretName name,
            SecretValue.Assigned how,
            boolean quoted,
            List<Finding> found) {
        if (to > from && new SecretValue(seen, from, to, name, how, quoted).isSecret()) {
            found.add(new Finding(from, to, name.kind()));
        }
    }

    private static int closing(String seen, int open, boolean escaped) {
        int end = Math.min(seen.length(), open + LONGEST_VALUE);
        char opened = seen.charAt(open);
        for (int i = open + 1; i < end && seen.charAt(i) != '\n'; i++) {
            char c = seen.charAt(i);
            if (c == '\\' && !escaped) {
                i++;
            } else if (c == opened
                    || (opened == '“' && c == '”')
                    || (opened == '„' && (c == '“' || c == '”'))
                    || (opened == '«' && c == '»')
                    || (opened == '‘' && c == '’')) {
                int close = i;
                while (escaped && close > open + 1 && seen.charAt(close - 1) == '\\') {
                    close--;
                }
                return close;
            }
        }
        return -1;
    }

    private static int bareEnd(String seen, int from, SecretValue.Assigned how) {
        int end = Ascii.runEnd(seen, from, LONGEST_VALUE, c -> c > ' ' && c != 0xA0 && "\"'`<>|".indexOf(c) < 0);
        if (how == SecretValue.Assigned.TIGHT) {
            end = nextPair(seen, from, end);
        }
        while (end > from
                && (how == SecretValue.Assigned.TIGHT ? ".,;:)]}…" : ".,;:!?)]}*…").indexOf(seen.charAt(end - 1))
                        >= 0) {
            end--;
        }
        return end;
    }

    /** In {@code a=1&password=x&b=2} and {@code Password=x;User=y} the value ends where the next pair begins. */
    private static int nextPair(String seen, int from, int end) {
        for (int i = from; i < end; i++) {
            if ("&;,".indexOf(seen.charAt(i)) >= 0) {
                int key = Ascii.runEnd(seen, i + 1, LONGEST_NAME, c -> isName(c) || c == ' ');
                if (key >= seen.length() || seen.charAt(key) == '=' || (key >= end && key == i + 1)) {
                    return i;
                }
            }
        }
        return end;
    }

    private static int afterNameQuote(String seen, int nameEnd) {
        int i = Ascii.runEnd(seen, nameEnd, 3, c -> c == '\\');
        if (i < seen.length() && QUOTES.indexOf(seen.charAt(i)) >= 0) {
            return i + 1 < seen.length() && seen.charAt(i + 1) == ']' ? i + 2 : i + 1;
        }
        return Ascii.runEnd(seen, nameEnd, 2, c -> c == '*');
    }

    /** In {@code password: str = "…"} the value stands after the type. */
    private static int afterType(String seen, int at) {
        int type = Ascii.runEnd(seen, at, 24, Ascii::isAlnum);
        int sign = Ascii.runEnd(seen, type, 4, Ascii::isSpace);
        if (type > at
                && sign < seen.length()
                && seen.charAt(sign) == '='
                && !seen.startsWith("==", sign)
                && SecretValue.isTypeName(seen.substring(at, type))) {
            return Ascii.runEnd(seen, sign + 1, 8, Ascii::isSpace);
        }
        return at;
    }

    private static int afterScheme(String seen, int from, int limit) {
        int scheme = Ascii.runEnd(seen, from, 16, c -> Ascii.isAlnum(c) || c == '-');
        if (scheme > from && scheme < limit && seen.charAt(scheme) == ' ') {
            return Math.min(limit, Ascii.runEnd(seen, scheme, 8, Ascii::isSpace));
        }
        return from;
    }

    private static void bearer(String seen, int wordEnd, List<Finding> found) {
        int start = Ascii.runEnd(seen, wordEnd, 4, Ascii::isSpace);
        int end = Ascii.runEnd(
                seen, start, LONGEST_VALUE * 8, c -> Ascii.isWord(c) || Ascii.isBase64(c) || c == '.' || c == '~');
        while (end > start && seen.charAt(end - 1) == '.') {
            end--;
        }
        boolean mixed = Ascii.count(seen, start, end, Ascii::isDigit) > 0 && end - start >= 16;
        if (start > wordEnd && (mixed || end - start >= 32)) {
            found.add(new Finding(start, end, BEARER));
        }
    }

    private static String previousWord(String seen, int from) {
        int end = from;
        while (end > 0 && from - end < 2 && (seen.charAt(end - 1) == ' ' || seen.charAt(end - 1) == '-')) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < 16 && Character.isLetter(seen.charAt(start - 1))) {
            start--;
        }
        return seen.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isName(char c) {
        return Ascii.isWord(c) || (c > 0x7F && Character.isLetter(c));
    }
}
