package loci.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import loci.app.config.LociConfig.HeldSecret;
import loci.app.config.LociConfig.Setting;

/** The effective configuration as people, and Loci itself, can read it: YAML, each value with its origin as a comment. Pure. */
public final class ConfigReport {

    private ConfigReport() {}

    /** Returns the text, ending with a line break. */
    public static String of(LociConfig config) {
        List<String[]> rows = new ArrayList<>();
        String group = "";
        for (Setting setting : config.settings()) {
            int dot = setting.path().indexOf('.');
            String groupOfKey = dot < 0 ? "" : setting.path().substring(0, dot);
            if (!groupOfKey.equals(group)) {
                rows.add(new String[] {groupOfKey + ":", ""});
            }
            group = groupOfKey;
            String name = (dot < 0 ? "" : "  ") + setting.path().substring(dot + 1);
            rows.add(new String[] {name + ": " + scalar(setting.text()), origin(setting)});
        }
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            String padding = row[1].isEmpty() ? "" : " ".repeat(width - row[0].length());
            text.append((row[0] + padding + row[1]).stripTrailing()).append('\n');
        }
        text.append("\n# Secrets, which are never shown:\n");
        for (SecretName name : SecretName.values()) {
            HeldSecret held = config.secrets().get(name.name());
            text.append(secret(name.name(), held == null ? "not set" : from(held)));
        }
        config.secrets().keySet().stream()
                .filter(Secrets::isKey)
                .sorted()
                .forEach(name -> text.append(secret(
                        name, from(Objects.requireNonNull(config.secrets().get(name))))));
        return text.toString();
    }

    private static String secret(String name, String state) {
        return "#   " + name + ": " + state + "\n";
    }

    private static String from(HeldSecret held) {
        return "set (from " + held.variable() + ")";
    }

    private static String origin(Setting setting) {
        String settled = setting.settled() == null ? "" : "; in effect: " + Shown.plain(setting.settled());
        return "  # " + setting.origin().place() + settled;
    }

    /** Quotes what YAML would otherwise take for something else. */
    private static String scalar(String text) {
        if (text.isEmpty() || text.matches("[A-Za-z0-9/~][A-Za-z0-9 /._+-]*")) {
            return text;
        }
        return "'" + text.replace("'", "''") + "'";
    }
}
