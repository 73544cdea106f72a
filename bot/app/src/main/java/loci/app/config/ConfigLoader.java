package loci.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration from everywhere it may stand and checks all of it.
 *
 * <p>Later layers win, key by key: the packaged defaults, the user's file, the environment, the command line. Reads files and
 * creates none.
 */
public final class ConfigLoader {

    /** Ample for every key there is with a page of comments each. */
    private static final int LARGEST_FILE = 256 * 1024;

    /** Variables that are the launcher's, not keys. */
    private static final List<String> LAUNCHER_VARIABLES = List.of("LOCI_JAVA_HOME", "LOCI_JAVA_OPTS");

    private static final String FILE_VARIABLE = "LOCI_CONFIG";

    /** What the configuration amounts to. */
    public sealed interface Loaded {}

    /** All is well. */
    public record Accepted(LociConfig config) implements Loaded {}

    /** Nothing may be started. */
    public record Refused(List<Problem> problems) implements Loaded {

        public Refused {
            problems = Problem.inOrder(problems);
        }
    }

    private final Surroundings surroundings;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Key<?>, Written> written = new LinkedHashMap<>();

    private ConfigLoader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Reads and checks the configuration.
     *
     * @param file the file named on the command line, or null
     * @param options what the command line sets: paths of keys, such as {@code model.name}, to the option and its value
     */
    public static Loaded load(Surroundings surroundings, @Nullable String file, Map<String, OptionValue> options) {
        return new ConfigLoader(surroundings).load(file, options);
    }

    /**
     * A value from the command line.
     *
     * @param option the option's name, with its dashes
     */
    public record OptionValue(String option, String value) {}

    private Loaded load(@Nullable String file, Map<String, OptionValue> options) {
        Packaged.defaults().forEach((key, text) -> written.put(key, new Written(text, new Origin.Default(), null)));
        userFile(file);
        environment();
        options.forEach((path, value) -> {
            Key<?> key = Key.of(path).orElseThrow(() -> new IllegalArgumentException("no such key: " + path));
            put(key, value.value(), new Origin.Option(value.option()), surroundings.workingDirectory());
        });
        Values values = Values.read(written, problems);
        Secrets secrets = Secrets.read(surroundings, problems);
        return new Settling(surroundings, values, secrets, problems).settle();
    }

    private void userFile(@Nullable String option) {
        String variable = surroundings.environment().getOrDefault(FILE_VARIABLE, "");
        String named = option != null ? option : variable;
        boolean isNamed = option != null || !variable.isEmpty();
        Path path = isNamed
                ? Paths.resolve(surroundings.workingDirectory(), surroundings.home(), named)
                : surroundings.defaultFile();
        if (path == null || (option != null && option.isBlank())) {
            problems.add(new Problem(
                    option != null ? "--config" : FILE_VARIABLE,
                    Shown.quoted(named) + " is not a file name",
                    "Name the configuration file."));
            return;
        }
        String shown = isNamed ? named : path.toString();
        switch (TextFile.read(path, LARGEST_FILE)) {
            case TextFile.Missing() -> {
                if (isNamed) {
                    String from = option != null ? "--config" : FILE_VARIABLE;
                    problems.add(new Problem(from, "there is no file " + Shown.quoted(named), "Check its name."));
                }
            }
            case TextFile.Unusable(String place, String wrong, String advice) ->
                problems.add(new Problem(shown + place, wrong, advice));
            case TextFile.Text(String text) -> fileText(shown, path, text);
        }
    }

    private void fileText(String shown, Path path, String text) {
        if (text.isBlank()) {
            // Not taken for "all defaults": a truncated file would quietly drop every setting it held.
            problems.add(new Problem(
                    shown, "the file is empty", "Write a key, or a comment if the defaults are what you want."));
            return;
        }
        YamlFile.Content content = YamlFile.read(shown, text);
        problems.addAll(content.problems());
        Path directory = path.toAbsolutePath().getParent();
        Path base = directory == null ? surroundings.workingDirectory() : directory;
        Set<String> known = new HashSet<>();
        for (YamlFile.Entry entry : content.entries()) {
            // Of a key written twice the first counts; the second is reported already.
            if (known.add(entry.path())) {
                Key.of(entry.path())
                        .ifPresentOrElse(
                                key -> put(key, entry.text(), entry.origin(), base),
                                () -> problems.add(UnknownKeys.inFile(entry)));
            }
        }
    }

    private void environment() {
        Map<String, String> variables = new TreeMap<>(surroundings.environment());
        Map<String, Key<?>> keys = new LinkedHashMap<>();
        Key.ALL.forEach(key -> keys.put(key.variable(), key));
        String shared = variables.getOrDefault("OPENAI_BASE_URL", "");
        if (!shared.isBlank()) {
            put(Key.MODEL_BASE_URL, shared, new Origin.Variable("OPENAI_BASE_URL"), surroundings.workingDirectory());
        }
        variables.forEach((name, text) -> {
            Key<?> key = keys.get(name);
            if (key != null) {
                // Set but empty is how compose files and shells say "not set".
                if (!text.isBlank()) {
                    put(key, text.strip(), new Origin.Variable(name), surroundings.workingDirectory());
                }
            } else if (name.startsWith("LOCI_") && !isKnown(name)) {
                problems.add(UnknownKeys.inEnvironment(name, keys.keySet()));
            }
        });
    }

    private static boolean isKnown(String variable) {
        return variable.equals(FILE_VARIABLE)
                || Secrets.isKeyOrItsFile(variable)
                || LAUNCHER_VARIABLES.contains(variable)
                || Stream.of(SecretName.values())
                        .anyMatch(secret -> variable.equals(secret.name()) || variable.equals(secret.fileVariable()));
    }

    private void put(Key<?> key, String text, Origin origin, Path base) {
        written.put(key, new Written(text, origin, base));
    }

    /**
     * A key's value before it is read.
     *
     * @param base what a relative path in it is relative to; null for defaults, which hold none
     */
    record Written(String text, Origin origin, @Nullable Path base) {}
}
