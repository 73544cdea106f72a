package loci.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import loci.openai.ModelCatalog;
import loci.openai.ModelCatalogFile;
import org.jspecify.annotations.Nullable;

/**
 * The models that the operator describes in a file of their own, in the form of {@code config/models.yaml}.
 *
 * @param shown the file and how many entries it has, for people; null where none is named
 */
record OwnCatalog(
        List<ModelCatalog.Entry> entries, @Nullable String shown) {

    private static final int LARGEST_FILE = 256 * 1024;

    private static final int LONGEST_MISTAKE = 240;

    private static final String ADVICE = "Correct it; the first lines of config/models.yaml explain every field.";

    OwnCatalog {
        entries = List.copyOf(entries);
    }

    private static OwnCatalog none() {
        return new OwnCatalog(List.of(), null);
    }

    /** Returns what the file named by the key describes: nothing where none is named, or where it has problems. */
    static OwnCatalog read(Surroundings surroundings, Values values, List<Problem> problems) {
        Optional<String> named = values.find(Key.MODEL_CATALOG).flatMap(file -> file);
        if (named.isEmpty()) {
            return none();
        }
        String file = named.get();
        Path base = values.base(Key.MODEL_CATALOG);
        Path path = Paths.resolve(base == null ? surroundings.workingDirectory() : base, surroundings.home(), file);
        String place = values.origin(Key.MODEL_CATALOG).place();
        TextFile.Reading reading = path == null ? new TextFile.Missing() : TextFile.read(path, LARGEST_FILE);
        switch (reading) {
            case TextFile.Text(String text) -> {
                return describe(file, String.valueOf(path), text, problems);
            }
            case TextFile.Missing() ->
                problems.add(new Problem(
                        place,
                        "model.catalog: there is no file " + Shown.quoted(file),
                        "Check its name; a relative one is looked for beside the file it is written in."));
            case TextFile.Unusable(String where, String wrong, String advice) ->
                problems.add(new Problem(place, "model.catalog: " + Shown.quoted(file) + where + ": " + wrong, advice));
        }
        return none();
    }

    private static OwnCatalog describe(String file, String path, String text, List<Problem> problems) {
        YamlPlaces places = YamlPlaces.of(file, text);
        if (!places.problems().isEmpty()) {
            problems.addAll(places.problems());
            return none();
        }
        try {
            JsonNode root = new YAMLMapper().readTree(text);
            ModelCatalogFile.Content content = ModelCatalogFile.read(root);
            content.mistakes()
                    .forEach(mistake -> problems.add(new Problem(
                            places.place(mistake.path()), Shown.line(mistake.said(), LONGEST_MISTAKE), ADVICE)));
            int count = content.entries().size();
            return content.mistakes().isEmpty()
                    ? new OwnCatalog(content.entries(), count + (count == 1 ? " entry of " : " entries of ") + path)
                    : none();
        } catch (JsonProcessingException malformed) {
            problems.add(new Problem(file, "the YAML is malformed", ADVICE));
            return none();
        }
    }
}
