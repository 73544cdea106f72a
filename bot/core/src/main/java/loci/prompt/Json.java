package loci.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>), read so far as the schema of a tool needs it: core has no
 * library for it. Immutable.
 */
sealed interface Json {

    /** An object; its fields in the order in which they are written. */
    record Fields(Map<String, Json> byName) implements Json {}

    /** An array. */
    record Items(List<Json> inOrder) implements Json {}

    /** A string. */
    record Text(String value) implements Json {}

    /** A number, {@code true}, {@code false} or {@code null}, as it is written. */
    record Literal(String written) implements Json {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException where it is no JSON, or deeper than {@value Reader#DEEPEST} levels
     */
    static Json read(String text) {
        return new Reader(text).whole();
    }

    /** Writes a text as the inside of a JSON string, all of it in ASCII. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        escaped.append(c);
                    } else {
                        escaped.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** Reads one text from its beginning to its end. */
    final class Reader {

        static final int DEEPEST = 64;

        private final String text;
        private int at;
        private int depth;

        private Reader(String text) {
            this.text = text;
        }

        private Json whole() {
            Json value = value();
            skipSpace();
            if (at < text.length()) {
                throw malformed("the end");
            }
            return value;
        }

        private Json value() {
            skipSpace();
            char first = at < text.length() ? text.charAt(at) : ' ';
            return switch (first) {
                case '{' -> fields();
                case '[' -> items();
                case '"' -> new Text(string());
                default -> literal();
            };
        }

        private Json fields() {
            Map<String, Json> fields = new LinkedHashMap<>();
            enter();
            if (!ends('}')) {
                do {
                    skipSpace();
                    String name = string();
                    expect(':');
                    fields.put(name, value());
                } while (goesOn('}'));
            }
            depth--;
            return new Fields(fields);
        }

        private Json items() {
            List<Json> items = new ArrayList<>();
            enter();
            if (!ends(']')) {
                do {
                    items.add(value());
                } while (goesOn(']'));
            }
            depth--;
            return new Items(List.copyOf(items));
        }

        private String string() {
            expect('"');
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                char c = text.charAt(at++);
                value.append(c == '\\' ? afterBackslash() : c);
            }
            expect('"');
            return value.toString();
        }

        private char afterBackslash() {
            char c = at < text.length() ? text.charAt(at++) : ' ';
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> fourHexDigits();
                default -> throw malformed("an escape");
            };
        }

        private char fourHexDigits() {
            if (at + 4 > text.length()) {
                throw malformed("four digits");
            }
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }

        private Json literal() {
            int begins = at;
            while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String written = text.substring(begins, at);
            if (!written.matches("true|false|null|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
                throw malformed("a value");
            }
            return new Literal(written);
        }

        private void enter() {
            at++;
            if (++depth > DEEPEST) {
                throw malformed("at most " + DEEPEST + " levels");
            }
        }

        private boolean ends(char closing) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == closing) {
                at++;
                return true;
            }
            return false;
        }

        private boolean goesOn(char closing) {
            if (ends(closing)) {
                return false;
            }
            expect(',');
            return true;
        }

        private void expect(char wanted) {
            skipSpace();
            if (at >= text.length() || text.charAt(at) != wanted) {
                throw malformed(String.valueOf(wanted));
            }
            at++;
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private IllegalArgumentException malformed(String wanted) {
            return new IllegalArgumentException("not JSON: " + wanted + " is expected at character " + at);
        }
    }
}
