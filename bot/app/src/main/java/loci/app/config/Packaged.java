package loci.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is packed in with the program: the defaults, the built-in texts and what is known of models. */
public final class Packaged {

    private Packaged() {}

    /**
     * Returns every key's default, in the order of the table.
     *
     * @throws IllegalStateException if the packaged file is not as the table says, which a test excludes
     */
    static Map<Key<?>, String> defaults() {
        YamlFile.Content content = YamlFile.read("loci.yaml", text("/loci/config/loci.yaml"));
        if (!content.problems().isEmpty() || content.entries().size() != Key.ALL.size()) {
            throw new IllegalStateException("the packaged loci.yaml is broken: " + content.problems());
        }
        Map<String, String> byPath = new LinkedHashMap<>();
        content.entries().forEach(entry -> byPath.put(entry.path(), entry.text()));
        Map<Key<?>, String> defaults = new LinkedHashMap<>();
        for (Key<?> key : Key.ALL) {
            String text = byPath.get(key.path());
            if (text == null) {
                throw new IllegalStateException("the packaged loci.yaml lacks " + key.path());
            }
            defaults.put(key, text);
        }
        return defaults;
    }

    static String persona() {
        return text("/loci/config/prompts/persona.md");
    }

    /** Returns the standing instructions of the summariser. */
    public static String summaryInstructions() {
        return text("/loci/config/prompts/summary.md");
    }

    /** Returns what Loci's app is on Slack, as YAML. */
    public static String slackManifest() {
        return text("/loci/config/slack-manifest.yaml");
    }

    /** Returns what is known of models, as YAML. */
    public static String models() {
        return text("/loci/config/models.yaml");
    }

    /** Returns the example of a transcript, as JSON. */
    public static String example() {
        return text("/loci/config/examples/garden-party.json");
    }

    static String text(String resource) {
        try (InputStream in = Packaged.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not packed in: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("reading " + resource, failed);
        }
    }
}
