package loci.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import loci.app.config.LociConfig.Persona;
import org.jspecify.annotations.Nullable;

/** Reads the personas from their files. */
final class Personas {

    /** Ample for a persona; what the model's window leaves room for is checked where tokens are counted. */
    private static final int LARGEST = 64 * 1024;

    /** As many as a platform offers in one list, with room for the standing one and a channel's own. */
    private static final int MOST = 20;

    private static final String ENDING = ".md";

    private final Surroundings surroundings;
    private final Values values;
    private final List<Problem> problems;

    Personas(Surroundings surroundings, Values values, List<Problem> problems) {
        this.surroundings = surroundings;
        this.values = values;
        this.problems = problems;
    }

    /** The one that stands above every prompt where nobody chose; empty where there is a problem. */
    Optional<Persona> standing() {
        Optional<Optional<String>> written = values.find(Key.PERSONA);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (written.get().isEmpty()) {
            return Optional.of(named(Packaged.persona(), "built-in"));
        }
        String file = written.get().get();
        Path path = path(Key.PERSONA, file, surroundings, values, problems);
        return path == null ? Optional.empty() : read(Key.PERSONA, path, file);
    }

    /** Those of the directory, by name, in alphabetical order. */
    SequencedMap<String, Persona> others() {
        Optional<String> written = values.find(Key.PERSONAS).flatMap(directory -> directory);
        Path directory = written.isEmpty() ? null : path(Key.PERSONAS, written.get(), surroundings, values, problems);
        SequencedMap<String, Persona> others = new LinkedHashMap<>();
        if (directory == null) {
            return others;
        }
        for (Path file : files(directory, written.orElse(""))) {
            String shown = directory.relativize(file).toString();
            String name = shown.substring(0, shown.length() - ENDING.length());
            if (!name.matches("[a-z0-9][a-z0-9-]{0,30}") || RESERVED.contains(name)) {
                problem(
                        Key.PERSONAS,
                        "no persona can be called " + Shown.quoted(name),
                        "Use lower-case letters, digits and dashes, and not " + String.join(", ", RESERVED) + ".");
            } else {
                read(Key.PERSONAS, file, shown).ifPresent(persona -> others.put(name, persona));
            }
        }
        return others;
    }

    private List<Path> files(Path directory, String written) {
        try (Stream<Path> found = Files.list(directory)) {
            List<Path> files = found.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
            if (files.isEmpty() || files.size() > MOST) {
                problem(
                        Key.PERSONAS,
                        "there are " + files.size() + " files NAME.md in " + Shown.quoted(written),
                        "Put 1 to " + MOST + " of them there.");
            }
            return files;
        } catch (IOException unreadable) {
            problem(
                    Key.PERSONAS,
                    Shown.quoted(written) + " is no directory that can be read",
                    "Name a directory that holds one NAME.md for each persona.");
            return List.of();
        }
    }

    /** Words that mean something else after {@code /persona}. */
    private static final List<String> RESERVED =
            List.of(loci.prompt.Personas.STANDING, loci.prompt.Personas.CUSTOM, "default");

    private Optional<Persona> read(Key<?> key, Path path, String file) {
        switch (TextFile.read(path, LARGEST)) {
            case TextFile.Text(String text)
            when !text.isBlank() -> {
                return Optional.of(named(text, path.toString()));
            }
            case TextFile.Text(String blank) ->
                problem(key, "the file " + Shown.quoted(file) + " is empty", "Write the instructions into it.");
            case TextFile.Missing() ->
                problem(
                        key,
                        "there is no file " + Shown.quoted(file),
                        "Check its name; a relative one is looked for beside the file it is written in.");
            case TextFile.Unusable(String where, String wrong, String advice) ->
                problem(key, Shown.quoted(file) + ": " + wrong, advice);
        }
        return Optional.empty();
    }

    private Persona named(String text, String source) {
        // A name that could not be read is a problem already, so that this persona is only read to be checked.
        String botName = values.find(Key.BOT_NAME).orElse("");
        return new Persona(text.strip().replace("{botName}", botName), source);
    }

    /** The path that a key names, or null, and a problem, where no file can be called that. */
    static @Nullable Path path(
            Key<?> key, String text, Surroundings surroundings, Values values, List<Problem> problems) {
        Path base = values.base(key);
        Path path = Paths.resolve(base == null ? surroundings.workingDirectory() : base, surroundings.home(), text);
        if (path == null) {
            problems.add(new Problem(
                    values.origin(key).place(),
                    key.path() + ": no file can be called " + Shown.quoted(text),
                    "Correct it."));
        }
        return path;
    }

    private void problem(Key<?> key, String wrong, String advice) {
        problems.add(new Problem(values.origin(key).place(), key.path() + ": " + wrong, advice));
    }
}
