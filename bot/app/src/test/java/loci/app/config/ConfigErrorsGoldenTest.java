package loci.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import loci.app.config.ConfigLoader.OptionValue;
import loci.app.config.ConfigLoader.Refused;
import org.junit.jupiter.api.Test;

/**
 * All that is said of a configuration in which everything is wrong, as a file, so that a change to it is read as a difference.
 * {@code -Dgolden=write} writes it anew.
 */
class ConfigErrorsGoldenTest {

    private static final Path GOLDEN =
            Path.of("src/test/resources/golden/config").toAbsolutePath();

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("LOCI_MEMORY_WINDOW_TURN", "8"),
            Map.entry("LOCI_MEMORY_MAXMESSAGES", "8"),
            Map.entry("LOCI_MODEL_ENDPOINT", "http://localhost"),
            Map.entry("LOCI_MODEL_APIKEY", "sk-abcdefghijklmnopqrstuvwxyz"),
            Map.entry("LOCI_DISCORD_TOKEN", "abc"),
            Map.entry("LOCI_PERMISSIONS_READ", "all"),
            Map.entry("LOCI_DATABASE_CHECKPOINTEVERY", "soon"),
            Map.entry("LOCI_COLOUR", "blue"),
            Map.entry("LOCI_JAVA_OPTS", "-Xmx1g"),
            Map.entry("LOCI_GROQ_API_KEY", "gsk-elsewhere"),
            Map.entry("LOCI_FALLBACK_API_KEY", "gsk-elsewhere"),
            Map.entry("LOCI_MODEL_FALLBACKS", "a at http://one.test/v1 key LOCI_KEY_ONE, b key LOCI_KEY_B"),
            Map.entry("LOCI_MODEL_CHOICES", "c at http://two.test/v1 key hush"),
            Map.entry("LOCI_MEMORY_RETENTION", "31d"),
            Map.entry("LOCI_SUMMARY_API_KEY", "sk-summaries"),
            Map.entry("OPENAI_API_KEY", "sk-two\nlines"),
            Map.entry("SLACK_BOT_TOKEN", "xoxb-1"),
            Map.entry("SLACK_BOT_TOKEN_FILE", "token"),
            Map.entry("SLACK_APP_TOKEN", "xoxb-2"),
            Map.entry("SLACK_SIGNING_SECRET", "xapp-3"),
            Map.entry("DISCORD_TOKEN_FILE", "nowhere"));

    @Test
    void everything_that_can_be_wrong() throws IOException {
        Surroundings surroundings = new Surroundings(ENVIRONMENT, GOLDEN, GOLDEN, false);
        Map<String, OptionValue> options = new LinkedHashMap<>();
        options.put("model.name", new OptionValue("--model", " "));

        Refused refused = (Refused) ConfigLoader.load(surroundings, "broken.yaml", options);

        String said = Problem.describe(refused.problems()).replace(GOLDEN.toString(), "DIRECTORY");
        assertThat(said)
                .doesNotContain("abcdefghij")
                .doesNotContain("hush")
                .doesNotContain("sk-")
                .doesNotContain("xoxb-");
        Path file = GOLDEN.resolve("broken.txt");
        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(file, said);
        }
        assertThat(said).as("%s; -Dgolden=write accepts it", file).isEqualTo(Files.readString(file));
    }
}
