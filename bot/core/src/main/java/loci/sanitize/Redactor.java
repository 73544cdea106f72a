package loci.sanitize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes secrets out of text before it is stored. First form; the rules are being widened. */
public final class Redactor {
    private static final Pattern KEY =
            Pattern.compile("\\b(?:sk-|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AIza|hf_|npm_)[A-Za-z0-9_-]{20,}+");
    private final Set<String> ownSecrets;

    public Redactor(Set<String> ownSecrets) {
        this.ownSecrets = Set.copyOf(ownSecrets);
    }

    public Redaction redact(String text) {
        List<String> kinds = new ArrayList<>();
        String out = text;
        for (String secret : ownSecrets) {
            if (secret.length() >= 8 && out.contains(secret)) {
                out = out.replace(secret, "[redacted: own secret]");
                kinds.add("own secret");
            }
        }
        out = KEY.matcher(out).replaceAll(found -> {
            kinds.add("key");
            return "[redacted: key]";
        });
        return new Redaction(out, kinds);
    }
}
