package loci.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, taken one by one; what is wrong with them is reported with its path. Not thread-safe. */
final class JsonFields {

    private final JsonNode object;
    private final String path;
    private final Problems problems;
    private final Set<String> taken = new HashSet<>();

    JsonFields(JsonNode object, String path, Problems problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
        if (!object.isObject()) {
            problems.add(path, "an object was expected, and " + found(object) + " was found");
        }
    }

    /** A text that must be there. */
    String text(String name, int longest) {
        String text = optionalText(name, longest);
        if (text == null && object.isObject() && !object.has(name)) {
            problems.add(at(name), "this field is missing; a text was expected");
        }
        return text == null ? "" : text;
    }

    @Nullable
    String optionalText(String name, int longest) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            problems.add(at(name), "a text was expected, and " + found(value) + " was found");
            return null;
        }
        if (value.textValue().length() > longest) {
            problems.add(
                    at(name),
                    "at most " + String.format(Locale.ROOT, "%,d", longest) + " characters were expected, and "
                            + String.format(
                                    Locale.ROOT, "%,d", value.textValue().length()) + " were found");
            return null;
        }
        return value.textValue();
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = take(name);
        if (value != null && !value.isBoolean()) {
            problems.add(at(name), "true or false was expected, and " + found(value) + " was found");
        }
        return value == null ? otherwise : value.asBoolean(otherwise);
    }

    /** A time that must be there: ISO 8601 with its zone. */
    Instant time(String name) {
        String text = text(name, Limits.NAME);
        try {
            return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            problems.add(
                    at(name),
                    "a time such as 2026-05-02T14:30:00Z was expected, and " + Problems.quoted(text) + " was found");
            return Instant.EPOCH;
        }
    }

    /** A version number that must be the one understood. */
    boolean isVersion(String name, int understood) {
        JsonNode value = take(name);
        if (value == null) {
            problems.add(at(name), "this field is missing; " + understood + " was expected, the version of the format");
            return false;
        }
        if (!value.isInt() || value.intValue() != understood) {
            problems.add(
                    at(name),
                    "version " + understood + " of the format was expected, and " + found(value)
                            + " was found; a newer Loci may read it");
            return false;
        }
        return true;
    }

    /** A list of objects; an absent one is empty unless it must be there. */
    <T> List<T> objects(String name, boolean needed, int most, Function<JsonFields, T> each) {
        return list(name, needed, most, (item, place) -> each.apply(new JsonFields(item, place, problems)));
    }

    List<String> texts(String name, int most) {
        return list(name, false, most, (item, place) -> {
            if (!item.isTextual()) {
                problems.add(place, "a text was expected, and " + found(item) + " was found");
            }
            return item.asText("");
        });
    }

    private <T> List<T> list(String name, boolean needed, int most, Item<T> each) {
        JsonNode value = take(name);
        if (value == null) {
            if (needed && object.isObject()) {
                problems.add(at(name), "this field is missing; a list was expected");
            }
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            String found = value.isArray() ? "one of " + value.size() : found(value);
            problems.add(at(name), "a list of at most " + most + " was expected, and " + found + " was found");
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int index = 0; index < value.size(); index++) {
            items.add(each.of(value.get(index), at(name) + "[" + index + "]"));
        }
        return items;
    }

    private interface Item<T> {
        T of(JsonNode item, String place);
    }

    /** Reports fields that nobody took: a misspelt one would be dropped in silence otherwise. */
    void refuseOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!taken.contains(name)) {
                problems.add(
                        at(Problems.quoted(name).replace("\"", "")),
                        "there is no such field; known here are "
                                + String.join(", ", taken.stream().sorted().toList()));
            }
        });
    }

    String path(String name) {
        return at(name);
    }

    private @Nullable JsonNode take(String name) {
        taken.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> Problems.quoted(value.textValue());
            case NUMBER, BOOLEAN, NULL -> Problems.quoted(value.asText()).replace("\"", "");
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> "nothing";
        };
    }
}
