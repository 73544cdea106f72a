package loci.app.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loci.command.Spelling;

/** What is said about keys and variables that do not exist. Pure. */
final class UnknownKeys {

    private static final String PREFIX = "LOCI_";

    private UnknownKeys() {}

    static Problem inFile(YamlFile.Entry entry) {
        String path = entry.path();
        String place = entry.origin().place();
        if (Shown.namesSecret(path) || Shown.looksSecret(entry.text())) {
            return new Problem(
                    place,
                    Shown.plain(path) + " looks like a secret, and secrets are not read from this file",
                    "Remove it here, and set " + secretFor(path) + " in the environment instead.");
        }
        List<String> paths = Key.ALL.stream().map(Key::path).toList();
        List<String> within =
                paths.stream().filter(key -> key.startsWith(path + ".")).toList();
        if (!within.isEmpty()) {
            return new Problem(
                    place,
                    path + " is a group of keys, but " + Shown.quoted(entry.text()) + " was found",
                    "Write the keys below it, indented, such as " + within.getFirst() + ".");
        }
        String unknown = "there is no key " + Shown.plain(path);
        return Renamed.of(path)
                .map(renamed -> renamed.problem(place, unknown, key -> key))
                .orElseGet(() -> new Problem(
                        place,
                        unknown,
                        closest(path, paths)
                                .map(key -> "Did you mean " + key + "?")
                                .orElse("Remove it; loci config --keys lists the keys there are.")));
    }

    static Problem inEnvironment(String variable, Collection<String> known) {
        String place = Shown.plain(variable);
        String unknown = "there is no key that this variable sets";
        String name = variable.substring(PREFIX.length());
        if (Shown.namesSecret(name.replace('_', '.').toLowerCase(Locale.ROOT)) || Shown.namesSecret(name)) {
            return new Problem(place, "no secret is read from this variable", "Set " + secretFor(name) + " instead.");
        }
        return Renamed.of(name)
                .map(renamed -> renamed.problem(place, unknown, UnknownKeys::variable))
                .orElseGet(() -> new Problem(
                        place,
                        unknown,
                        Spelling.closest(variable, known)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Unset it; loci config --keys lists the variables there are.")));
    }

    private static String variable(String path) {
        return Key.of(path).map(Key::variable).orElse(path);
    }

    /** A misplaced key (windowTurns at the top level) is nearest by its last segment. */
    private static Optional<String> closest(String path, List<String> paths) {
        return Spelling.closest(path, paths).or(() -> {
            String last = path.substring(path.lastIndexOf('.') + 1);
            List<String> lasts = paths.stream()
                    .map(key -> key.substring(key.lastIndexOf('.') + 1))
                    .toList();
            return Spelling.closest(last, lasts).map(lasts::indexOf).map(paths::get);
        });
    }

    private static String secretFor(String path) {
        List<String> names =
                List.of(SecretName.values()).stream().map(Enum::name).toList();
        String last = path.substring(path.lastIndexOf('.') + 1);
        return Spelling.closest(path, names)
                .or(() -> Spelling.closest(last, names))
                .orElseGet(() -> {
                    String group = path.toLowerCase(Locale.ROOT);
                    if (group.startsWith("database")) {
                        return SecretName.LOCI_DATABASE_PASSWORD.name();
                    }
                    if (group.startsWith("summary")) {
                        return SecretName.LOCI_SUMMARY_API_KEY.name();
                    }
                    if (group.startsWith("model")) {
                        return SecretName.OPENAI_API_KEY.name();
                    }
                    return group.endsWith("key")
                            ? "a variable " + Secrets.KEY_PREFIX + "…, named in model.fallbacks or model.choices,"
                            : "its variable";
                });
    }
}
