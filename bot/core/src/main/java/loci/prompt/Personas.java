package loci.prompt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The personas to choose from, and the one that holds where nobody chose. Immutable.
 *
 * @param standing the operator's persona
 * @param others further ones by name: lower-case letters, digits and dashes
 */
public record Personas(String standing, SequencedMap<String, String> others) {

    /** The name under which a channel's own choice is kept. */
    public static final String SETTING = "persona";

    /** The choice of a channel that wrote its own. */
    public static final String CUSTOM = "custom";

    /** What a channel wrote is kept as its choice itself, after this, so that another choice takes it away. */
    private static final String WRITTEN = CUSTOM + ":";

    /** The choice of the standing persona. */
    public static final String STANDING = "standing";

    public Personas {
        others = new LinkedHashMap<>(others);
    }

    public static Personas of(String standing) {
        return new Personas(standing, new LinkedHashMap<>());
    }

    /** What a channel can choose from, its own text not counted. */
    public List<String> names() {
        return Stream.concat(Stream.of(STANDING), others.keySet().stream()).toList();
    }

    /** The name of what holds under these settings; the standing persona's too where a choice is no longer on offer. */
    public String chosen(Map<String, String> settings) {
        String name = settings.getOrDefault(SETTING, STANDING);
        if (name.startsWith(WRITTEN)) {
            return CUSTOM;
        }
        return others.containsKey(name) ? name : STANDING;
    }

    /** The text that stands above every prompt under these settings. */
    public String text(Map<String, String> settings) {
        String name = chosen(settings);
        return name.equals(CUSTOM) ? withCustom(custom(settings)) : others.getOrDefault(name, standing);
    }

    /** What a channel wrote; empty where it wrote nothing. */
    public static String custom(Map<String, String> settings) {
        String name = settings.getOrDefault(SETTING, STANDING);
        return name.startsWith(WRITTEN) ? name.substring(WRITTEN.length()) : "";
    }

    /** The choice of a channel that writes its own. */
    public static String choiceOf(String text) {
        return WRITTEN + text;
    }

    /** What a channel writes adds to what the operator wrote, and takes nothing from it. */
    public String withCustom(String text) {
        return standing + "\n\nFor this channel those who manage it add:\n" + text;
    }
}
