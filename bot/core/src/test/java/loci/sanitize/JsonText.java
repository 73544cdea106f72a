package loci.sanitize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the strings of the JSON test data; core has no JSON library. Numbers and literals come back as written. */
final class JsonText {
    private final String json;
    private int at;

    private JsonText(String json) {
        this.json = json;
    }

    /** A map, a list or a string. */
    static Object read(String json) {
        return new JsonText(json).value();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String json) {
        return (Map<String, Object>) read(json);
    }

    /** A string field that the data always has. */
    static String string(Map<String, Object> object, String name) {
        return (String) Objects.requireNonNull(object.get(name), name);
    }

    static List<String> strings(Map<String, Object> object, String name) {
        return strings(Objects.requireNonNull(object.get(name), name));
    }

    @SuppressWarnings("unchecked")
    static List<String> strings(Object list) {
        return (List<String>) list;
    }

    private Object value() {
        space();
        return switch (json.charAt(at)) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> string();
            default -> literal();
        };
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        for (space(); json.charAt(at) != '}'; space()) {
            String name = string();
            space();
            at++; // the colon
            map.put(name, value());
            separator();
        }
        at++;
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        at++;
        for (space(); json.charAt(at) != ']'; space()) {
            list.add(value());
            separator();
        }
        at++;
        return list;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; json.charAt(at) != '"'; at++) {
            char c = json.charAt(at);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = json.charAt(++at);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    out.append((char) Integer.parseInt(json.substring(at + 1, at + 5), 16));
                    at += 4;
                }
                default -> out.append(escape);
            }
        }
        at++;
        return out.toString();
    }

    private String literal() {
        int from = at;
        while (at < json.length() && ",]} \n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        return json.substring(from, at);
    }

    private void separator() {
        space();
        if (json.charAt(at) == ',') {
            at++;
        }
    }

    private void space() {
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
    }
}
