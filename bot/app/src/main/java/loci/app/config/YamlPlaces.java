package loci.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where in a YAML text the parts of its tree stand, since the tree itself has forgotten; and what a tree would hide. Not thread-safe. */
final class YamlPlaces {

    private final String file;
    private final Map<List<String>, JsonLocation> places = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private YamlPlaces(String file) {
        this.file = file;
    }

    /**
     * Goes through a text.
     *
     * @param file the name to report
     */
    static YamlPlaces of(String file, String text) {
        YamlPlaces places = new YamlPlaces(file);
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first != null) {
                places.value(parser, first, List.of());
                if (parser.nextToken() != null) {
                    places.problem(
                            parser.currentTokenLocation(),
                            "a second document begins",
                            "Keep one document: remove what follows the --- line.");
                }
            }
        } catch (JacksonYAMLParseException malformed) {
            places.problems.add(YamlFile.malformed(file, malformed));
        } catch (IOException malformed) {
            places.problems.add(
                    new Problem(file, "the YAML is malformed", "Compare it with the form of config/models.yaml."));
        }
        return places;
    }

    /** What is wrong with the text's form. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Returns the place of a part, or of the nearest part around it that is there. */
    String place(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            JsonLocation place = places.get(path.subList(0, length));
            if (place != null) {
                return YamlFile.at(file, place).place();
            }
        }
        return file;
    }

    private void value(YAMLParser parser, JsonToken token, List<String> path) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problem(parser.currentTokenLocation(), "an anchor or alias (& or *) is used", "Write the value itself.");
        }
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                List<String> field = inside(path, name);
                JsonLocation here = parser.currentTokenLocation();
                JsonLocation before = places.putIfAbsent(field, here);
                if (before != null) {
                    problem(
                            here,
                            Shown.plain(name) + " is written twice, first in line " + before.getLineNr(),
                            "Keep one of them.");
                }
                value(parser, parser.nextToken(), field);
            }
        } else if (token == JsonToken.START_ARRAY) {
            int number = 0;
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                List<String> element = inside(path, Integer.toString(number++));
                places.put(element, parser.currentTokenLocation());
                value(parser, next, element);
            }
        }
    }

    private static List<String> inside(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private void problem(JsonLocation place, String wrong, String advice) {
        problems.add(new Problem(YamlFile.at(file, place).place(), wrong, advice));
    }
}
