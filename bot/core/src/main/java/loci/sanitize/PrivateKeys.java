package loci.sanitize;

import java.util.List;
import java.util.Locale;

/**
 * Private key blocks: PEM (<a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>), OpenSSH, PGP, SSH2. A block
 * ends at its END line; one cut off before that ends where the text stops looking like key material.
 */
final class PrivateKeys implements SecretRule {
    static final String KIND = "private key";
    private static final int LONGEST_LABEL = 48;
    private static final int LONGEST_BLOCK = 32_768;
    private static final int LONG_TOKEN = 16;

    @Override
    public void find(String seen, List<Finding> found) {
        String upper = seen.toUpperCase(Locale.ROOT);
        if (upper.length() != seen.length()) {
            upper = seen;
        }
        int next = 0;
        for (int at = upper.indexOf("BEGIN ", next); at >= 0; at = upper.indexOf("BEGIN ", next)) {
            next = at + 6;
            int body = headerEnd(upper, at, "BEGIN ");
            if (body < 0) {
                continue;
            }
            int end = blockEnd(upper, body);
            if (end > body) {
                int start = at;
                while (start > 0
                        && (upper.charAt(start - 1) == '-' || (upper.charAt(start - 1) == ' ' && start == at))) {
                    start--;
                }
                found.add(new Finding(start, end, KIND));
                next = end;
            }
        }
    }

    /** The index after the dashes that close the line {@code -----BEGIN … PRIVATE KEY…-----}, or -1. */
    private static int headerEnd(String upper, int at, String word) {
        int before = at > 0 && upper.charAt(at - 1) == ' ' ? at - 1 : at;
        if (before < 3 || !upper.startsWith("---", before - 3)) {
            return -1;
        }
        int label = at + word.length();
        int end = Ascii.runEnd(upper, label, LONGEST_LABEL, c -> Ascii.isUpper(c) || Ascii.isDigit(c) || c == ' ');
        if (!upper.substring(label, end).contains("PRIVATE KEY")) {
            return -1;
        }
        int dashes = Ascii.runEnd(upper, end, 8, c -> c == '-');
        return dashes - end >= 3 ? dashes : -1;
    }

    private static int blockEnd(String upper, int body) {
        int limit = Math.min(upper.length(), body + LONGEST_BLOCK);
        for (int at = body; at < limit; at++) {
            if (upper.charAt(at) == 'E' && upper.startsWith("END ", at)) {
                int end = headerEnd(upper, at, "END ");
                if (end >= 0) {
                    return end;
                }
            } else if (upper.charAt(at) == 'B'
                    && upper.startsWith("BEGIN ", at)
                    && headerEnd(upper, at, "BEGIN ") >= 0) {
                break;
            }
        }
        return unterminatedEnd(upper, body, limit);
    }

    /** Takes header fields and base64 for as long as they come; prose, which has short words in a row, stops it. */
    private static int unterminatedEnd(String upper, int body, int limit) {
        int end = body;
        int i = body;
        boolean shortTaken = false;
        while (i < limit) {
            int token = skipBreaks(upper, i, limit);
            int field = fieldEnd(upper, token, limit);
            if (field > token) {
                end = field;
                i = field;
                continue;
            }
            int stop = Ascii.runEnd(upper, token, limit - token, Ascii::isBase64);
            boolean alone = stop >= upper.length() || breaksLine(upper, stop);
            boolean material = stop - token >= LONG_TOKEN || (stop > token && alone && !shortTaken);
            if (!material) {
                return end;
            }
            shortTaken |= stop - token < LONG_TOKEN;
            end = stop;
            i = stop;
        }
        return end;
    }

    /** Whitespace, quote marks of a quoted reply, and line ends written as backslash and letter. */
    private static int skipBreaks(String upper, int from, int limit) {
        int i = from;
        while (i < limit) {
            char c = upper.charAt(i);
            if (c == '\\' && i + 1 < limit && (upper.charAt(i + 1) == 'N' || upper.charAt(i + 1) == 'R')) {
                i += 2;
            } else if (Character.isWhitespace(c)
                    || c == '>'
                    || c == '|'
                    || c == '"'
                    || (c == '+' && i + 1 < limit && upper.charAt(i + 1) == ' ')) {
                i++;
            } else {
                return i;
            }
        }
        return i;
    }

    private static boolean breaksLine(String upper, int at) {
        char c = upper.charAt(at);
        return c == '\n' || c == '\r' || c == '"' || c == '\'' || c == '\\';
    }

    private static int fieldEnd(String upper, int at, int limit) {
        for (String field : new String[] {"PROC-TYPE:", "DEK-INFO:", "VERSION:", "COMMENT:", "CHARSET:", "HASH:"}) {
            if (upper.startsWith(field, at)) {
                return Ascii.runEnd(upper, at, Math.min(120, limit - at), c -> c != '\n' && c != '\\');
            }
        }
        return at;
    }
}
