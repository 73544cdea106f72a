package loci.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.openai.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's own catalogue of models, from the key that names it. */
class OwnCatalogTest {

    @TempDir
    private Path home;

    @Test
    void it_is_looked_for_beside_the_file_that_names_it_and_shown() throws IOException {
        Files.createDirectory(home.resolve("etc"));
        file("etc/loci.yaml", "model: {catalog: mine.yaml}\n");
        file("etc/mine.yaml", """
            models:
              - names: [house-model]
                context_window: 20000
                max_output: 2000
                prices: {input: 0.10, output: 0.20, as_of: "2026-11"}
            """);

        LociConfig config = ((Accepted) load("etc/loci.yaml")).config();

        assertThat(config.model().described())
                .extracting(ModelCatalog.Entry::contextWindow)
                .containsExactly(20_000);
        assertThat(config.summary().described()).isEqualTo(config.model().described());
        assertThat(config.settings())
                .filteredOn(setting -> setting.path().equals("model.catalog"))
                .extracting(LociConfig.Setting::settled)
                .containsExactly("1 entry of " + home.resolve("etc/mine.yaml"));
    }

    @Test
    void its_mistakes_are_told_with_the_others_and_with_their_lines() throws IOException {
        file("loci.yaml", "model:\n  catalog: mine.yaml\n  maxRetries: 99\n");
        file("mine.yaml", """
            models:
              - names: [one]
                context_window: many
                max_output: 10
                colour: red
              - names: [two]
                context_window: 9000
                prices:
                  input: 1
                  output: -2
              - three
            """);

        assertThat(problems("loci.yaml")).isEqualTo("""
            loci: the configuration has 7 problems; nothing was started.

            loci.yaml:3:3: model.maxRetries must be a whole number from 0 to 10, but "99" was found
                Correct the value, or remove it to get the default.

            mine.yaml:3:5: models[0] ["one"]: context_window: a number of at least 512 is expected
                Correct it; the first lines of config/models.yaml explain every field.

            mine.yaml:5:5: models[0] ["one"]: there is no key colour
                Correct it; the first lines of config/models.yaml explain every field.

            mine.yaml:6:5: models[1] ["two"]: max_output: a number of at least 1 is expected
                Correct it; the first lines of config/models.yaml explain every field.

            mine.yaml:8:5: models[1] ["two"]: prices: input and output are needed, or none at all
                Correct it; the first lines of config/models.yaml explain every field.

            mine.yaml:10:7: models[1] ["two"]: prices: output: dollars for a million tokens are expected
                Correct it; the first lines of config/models.yaml explain every field.

            mine.yaml:11:5: models[2]: names, context_window and max_output are expected, each with its value
                Correct it; the first lines of config/models.yaml explain every field.
            """);
    }

    @Test
    void a_file_that_is_none_is_explained() throws IOException {
        file("loci.yaml", "model: {catalog: mine.yaml}\n");
        assertThat(problems("loci.yaml")).contains("loci.yaml:1:9: model.catalog: there is no file \"mine.yaml\"");

        file("mine.yaml", "models:\n\t- names: [a]\n");
        assertThat(problems("loci.yaml")).contains("mine.yaml:2:1: a tab was found where YAML wants spaces");

        file("mine.yaml", "models:\n  - names: [a]\n    names: [b]\n    max_output: &m 10\n    max_input: *m\n");
        assertThat(problems("loci.yaml"))
                .contains("mine.yaml:3:5: names is written twice, first in line 2")
                .contains("an anchor or alias (& or *) is used");

        file("mine.yaml", "");
        assertThat(problems("loci.yaml")).contains("mine.yaml: models: a list is expected");

        Files.delete(home.resolve("mine.yaml"));
        Files.createDirectory(home.resolve("mine.yaml"));
        assertThat(problems("loci.yaml")).contains("this is a directory, not a file");
    }

    private String problems(String file) {
        return Problem.describe(((Refused) load(file)).problems());
    }

    private ConfigLoader.Loaded load(String file) {
        Surroundings surroundings = new Surroundings(Map.of("LOCI_DATA", "data"), home, home, false);
        return ConfigLoader.load(surroundings, file, Map.of());
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(home.resolve(name), text);
    }
}
