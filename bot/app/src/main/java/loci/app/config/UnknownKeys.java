package loci.app.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import loci.command.Spelling;

/** What is said about keys and variables that do not exist. Pure. */
final class UnknownKeys {

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
        return new Problem(
                place,
                "there is no key " + Shown.plain(path),
                closest(path, paths)
                        .map(key -> "Did you mean " + key + "?")
                        .orElse("Remove it; loci config --keys lists the keys there are."));
    }

    static Problem inEnvironment(String variable, Collection<String> known) {
        return new Problem(
                Shown.plain(variable),
                "there is no key that this variable sets",
                Spelling.closest(variable, known)
                        .map(name -> "Did you mean " + name + "?")
                        .orElse("Unset it; loci config --keys lists the variables there are."));
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
                    if (path.startsWith("database")) {
                        return SecretName.LOCI_DATABASE_PASSWORD.name();
                    }
                    return path.startsWith("model") ? SecretName.OPENAI_API_KEY.name() : "its variable";
                });
    }
}
