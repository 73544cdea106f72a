package loci.app.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import loci.app.config.LociConfig.HeldSecret;

/** Reads the secrets from the environment and from the files it names. */
final class Secrets {

    private static final int LARGEST_FILE = 16 * 1024;

    private final Map<SecretName, HeldSecret> held = new EnumMap<>(SecretName.class);

    private Secrets() {}

    static Secrets read(Surroundings surroundings, List<Problem> problems) {
        Secrets secrets = new Secrets();
        for (SecretName name : SecretName.values()) {
            String value =
                    surroundings.environment().getOrDefault(name.name(), "").strip();
            String file = surroundings.environment().getOrDefault(name.fileVariable(), "");
            if (!value.isEmpty() && !file.isEmpty()) {
                problems.add(new Problem(
                        name.fileVariable(), "both this and " + name.name() + " are set", "Unset one of them."));
            } else if (!file.isEmpty()) {
                secrets.fromFile(name, file, surroundings, problems);
            } else if (!value.isEmpty()) {
                secrets.hold(name, name.name(), value, problems);
            }
        }
        return secrets;
    }

    private void fromFile(SecretName name, String file, Surroundings surroundings, List<Problem> problems) {
        String variable = name.fileVariable();
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
    private void hold(SecretName name, String variable, String secret, List<Problem> problems) {
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
        return Optional.ofNullable(held.get(name)).map(HeldSecret::secret);
    }

    Map<SecretName, HeldSecret> held() {
        return Map.copyOf(held);
    }
}
