package loci.app.config;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every key for people to read, made from the one table. Pure. */
public final class KeyList {

    private static final String HEADER = """
        # Every key of Loci, with its default.
        # Copy what you want to change to ~/.config/loci/loci.yaml, or to any file and name it with --config or LOCI_CONFIG.
        # Each key is also an environment variable, which wins over files: memory.windowTurns is LOCI_MEMORY_WINDOWTURNS.
        # Secrets do not belong here: they are read from the environment only (OPENAI_API_KEY and others).
        """;

    private KeyList() {}

    /** Returns the list that {@code loci config --keys} prints. */
    public static String text() {
        StringBuilder text = new StringBuilder();
        Map<Key<?>, String> defaults = Packaged.defaults();
        for (Key<?> key : Key.ALL) {
            text.append(key.path()).append("  (").append(key.variable()).append(")\n");
            text.append("    ").append(key.meaning()).append(".\n");
            text.append("    ").append(sentence(key.kind().expects())).append(" Default: ");
            text.append(orEmpty(defaults.get(key))).append(".\n");
        }
        text.append("\nSecrets, from the environment or from a file named by the variable with _FILE behind:\n");
        for (SecretName name : SecretName.values()) {
            text.append("    ").append(name).append(": ").append(name.meaning()).append(".\n");
        }
        text.append("    ").append(Secrets.KEY_PREFIX).append("… (any name): the key of a server that an entry of");
        text.append(" model.fallbacks or model.choices names.\n");
        return text.toString();
    }

    /** Returns the rows of the README's table. */
    public static String markdown() {
        StringBuilder text = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
        Map<Key<?>, String> defaults = Packaged.defaults();
        for (Key<?> key : Key.ALL) {
            text.append("| `").append(key.path()).append("` | ").append(orEmpty(defaults.get(key)));
            text.append(" | ")
                    .append(key.meaning())
                    .append(": ")
                    .append(key.kind().expects())
                    .append(" |\n");
        }
        return text.toString();
    }

    /** Returns a {@code loci.yaml} of all keys, each under its comment. */
    static String yaml(Function<Key<?>, String> values) {
        StringBuilder text = new StringBuilder(HEADER);
        String group = "";
        for (Key<?> key : Key.ALL) {
            int dot = key.path().indexOf('.');
            String groupOfKey = dot < 0 ? "" : key.path().substring(0, dot);
            String indent = dot < 0 ? "" : "  ";
            if (groupOfKey.isEmpty() || !groupOfKey.equals(group)) {
                text.append('\n');
            }
            if (!groupOfKey.equals(group)) {
                text.append(groupOfKey).append(":\n");
            }
            group = groupOfKey;
            text.append(indent)
                    .append("# ")
                    .append(key.meaning())
                    .append(": ")
                    .append(key.kind().expects());
            String value = values.apply(key);
            text.append(".\n")
                    .append(indent)
                    .append(key.path().substring(dot + 1))
                    .append(':');
            text.append(value.isEmpty() ? "" : " " + value).append('\n');
        }
        return text.toString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? "empty" : text;
    }
}
