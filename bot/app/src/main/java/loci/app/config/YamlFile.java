package loci.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A YAML text as a flat list of values with their places, and what is wrong with its form. Pure.
 *
 * <p>Token by token and not as a tree, because a tree forgets places, keeps the last of two equal keys in silence, and unfolds
 * aliases. Of a text that breaks off, the part before is kept, so that its problems are reported in the same go.
 */
final class YamlFile {

    /** Deeper than any key; a limit, because the parser's own memory grows with the depth. */
    private static final int DEEPEST = 8;

    private static final Pattern MARK = Pattern.compile("line ([0-9]{1,9}), column ([0-9]{1,9})");

    /**
     * A value in the file.
     *
     * @param path the segments joined with dots
     * @param text as written, without quotes; empty where nothing or null is written
     * @param origin the place of the key
     */
    record Entry(String path, String text, Origin.InFile origin) {}

    /** What was found. */
    record Content(List<Entry> entries, List<Problem> problems) {}

    private final String file;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Origin.InFile> seen = new HashMap<>();

    private YamlFile(String file) {
        this.file = file;
    }

    /**
     * Reads a text.
     *
     * @param file the name to report
     */
    static Content read(String file, String text) {
        YamlFile reading = new YamlFile(file);
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            reading.document(parser);
        } catch (JacksonYAMLParseException malformed) {
            reading.problems.add(malformed(file, malformed));
        } catch (JsonProcessingException malformed) {
            reading.problem(
                    at(file, malformed.getLocation()), "the YAML is malformed", "Correct it there or just above.");
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
        return new Content(List.copyOf(reading.entries), List.copyOf(reading.problems));
    }

    private void document(YAMLParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return; // comments alone: a file in which every key was commented out
        }
        if (first != JsonToken.START_OBJECT) {
            // A lone null is what Jackson makes of "---" without anything.
            if (first != JsonToken.VALUE_NULL) {
                problem(
                        here(parser),
                        "keys were expected, but a " + called(first) + " was found",
                        "Write key: value lines.");
            }
            return;
        }
        mapping(parser, "", 1);
        if (parser.nextToken() != null) {
            problem(here(parser), "a second document begins", "Keep one document: remove what follows the --- line.");
        }
    }

    private void mapping(YAMLParser parser, String prefix, int depth) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Origin.InFile place = here(parser);
            String path = prefix + parser.currentName();
            Origin.InFile before = seen.putIfAbsent(path, place);
            if (before != null) {
                problem(place, shown(path) + " is written twice, first in line " + before.line(), "Keep one of them.");
            }
            JsonToken token = parser.nextToken();
            if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                problem(place, shown(path) + " uses an anchor or alias (& or *)", "Write the value itself.");
                parser.skipChildren();
            } else {
                value(parser, token, path, place, depth);
            }
        }
    }

    private void value(YAMLParser parser, JsonToken token, String path, Origin.InFile place, int depth)
            throws IOException {
        if (token == JsonToken.START_OBJECT && depth < DEEPEST && Key.of(path).isEmpty()) {
            mapping(parser, path + ".", depth + 1);
        } else if (token.isStructStart()) {
            String what = called(token);
            problem(place, shown(path) + " must be a single value, but a " + what + " was found", "Write one value.");
            parser.skipChildren();
        } else {
            String text = token == JsonToken.VALUE_NULL ? "" : parser.getText().strip();
            entries.add(new Entry(path, text, place));
        }
    }

    /**
     * Says what is wrong with the form. The parser's message tells first what it was about, then what it found; the place it reports is
     * that of the first, where nothing is wrong.
     */
    static Problem malformed(String file, JacksonYAMLParseException malformed) {
        String said = String.valueOf(malformed.getOriginalMessage());
        Origin place = at(file, malformed.getLocation());
        for (Matcher mark = MARK.matcher(said); mark.find(); ) {
            place = new Origin.InFile(file, Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
        }
        if (said.contains("TAB")) {
            return new Problem(place.place(), "a tab was found where YAML wants spaces", "Indent with spaces.");
        }
        if (said.contains("special characters are not allowed")) {
            return new Problem(place.place(), "a control character was found", "Remove it.");
        }
        String found = said.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .reduce("", (before, last) -> last);
        return new Problem(
                place.place(),
                "the YAML is malformed" + (found.isEmpty() ? "" : " (" + Shown.plain(found) + ")"),
                "Look there and just above for a missing space after a colon, a missing quote or a wrong indent.");
    }

    private Origin.InFile here(YAMLParser parser) {
        return at(file, parser.currentTokenLocation());
    }

    static Origin.InFile at(String file, JsonLocation location) {
        return new Origin.InFile(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private void problem(Origin place, String wrong, String advice) {
        problems.add(new Problem(place.place(), wrong, advice));
    }

    private static String shown(String path) {
        return Shown.plain(path);
    }

    private static String called(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "group of keys";
            case START_ARRAY -> "list";
            default -> "single value";
        };
    }
}
