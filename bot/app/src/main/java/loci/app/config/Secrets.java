package loci.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import loci.app.config.LociConfig.HeldSecret;

/** Reads the secrets from the environment and from the files it names. */
final class Secrets {

    private static final int LARGEST_FILE = 16 * 1024;

    /** The variables of the operator's own naming, each for the key of a server that a list of models names. */
    static final String KEY_PREFIX = "LOCI_KEY_";

    private static final Pattern KEY = Pattern.compile(KEY_PREFIX + "[A-Z0-9_]{1,64}");

    private final Map<String, HeldSecret> held = new TreeMap<>();

    private Secrets() {}

    static Secrets read(Surroundings surroundings, List<Problem> problems) {
        Secrets secrets = new Secrets();
        Stream.of(SecretName.values()).forEach(name -> secrets.read(name.name(), surroundings, problems));
        new TreeSet<>(surroundings.environment().keySet())
                .stream()
                        .filter(Secrets::isKeyOrItsFile)
                        .map(Secrets::keyOf)
                        .distinct()
                        .forEach(name -> secrets.read(name, surroundings, problems));
        return secrets;
    }

    private void read(String name, Surroundings surroundings, List<Problem> problems) {
        String value = surroundings.environment().getOrDefault(name, "").strip();
        String file = surroundings.environment().getOrDefault(SecretName.fileVariable(name), "");
        if (!value.isEmpty() && !file.isEmpty()) {
            problems.add(new Problem(
                    SecretName.fileVariable(name), "both this and " + name + " are set", "Unset one of them."));
        } else if (!file.isEmpty()) {
            fromFile(name, file, surroundings, problems);
        } else if (!value.isEmpty()) {
            hold(name, name, value, problems);
        }
    }

    /** Whether a key can be held by a variable of this name, and an entry of a list name it. */
    static boolean isKey(String variable) {
        return KEY.matcher(variable).matches() && !variable.endsWith(SecretName.FILE);
    }

    /** Whether a key, or the name of a file that holds it, is read from a variable of this name. */
    static boolean isKeyOrItsFile(String variable) {
        return isKey(keyOf(variable));
    }

    private static String keyOf(String variable) {
        return variable.endsWith(SecretName.FILE)
                ? variable.substring(0, variable.length() - SecretName.FILE.length())
                : variable;
    }

    private void fromFile(String name, String file, Surroundings surroundings, List<Problem> problems) {
        String variable = SecretName.fileVariable(name);
        Path path = Paths.resolve(surroundings.workingDirectory(), surroundings.home(), file);
        TextFile.Reading reading = path == null ? new TextFile.Missing() : TextFile.read(path, LARGEST_FILE);
        switch (reading) {
            case TextFile.Text(String text) -> {
                String secret = text.strip();
                if (secret.isEmpty()) {
                    problems.add(new Problem(
                            variable, "the file " + Shown.quoted(file) + " is empty", "Write the secret into it."));
                } else {
                    hold(name, variable, secret, problems);
                }
            }
            case TextFile.Missing() ->
                problems.add(new Problem(variable, "there is no file " + Shown.quoted(file), "Check its name."));
            case TextFile.Unusable(String place, String wrong, String advice) ->
                problems.add(new Problem(variable, Shown.quoted(file) + ": " + wrong, advice));
        }
    }

    /** A line break within would break, or forge, the header it is sent in; found now, it can be explained. */
    private void hold(String name, String variable, String secret, List<Problem> problems) {
        if (secret.chars().anyMatch(Character::isISOControl)) {
            problems.add(new Problem(
                    variable,
                    "the secret holds a line break or another control character",
                    "Set it again, as one line."));
        } else {
            held.put(name, new HeldSecret(new Secret(secret), variable));
        }
    }

    Optional<Secret> find(SecretName name) {
        return find(name.name());
    }

    Optional<Secret> find(String variable) {
        return Optional.ofNullable(held.get(variable)).map(HeldSecret::secret);
    }

    /** Returns them by the variable that holds each, or would if no file did. */
    Map<String, HeldSecret> held() {
        return Map.copyOf(held);
    }
}
