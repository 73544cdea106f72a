package loci.sanitize;

import java.util.List;

/**
 * Text with its secrets taken out, and what kinds they were (one entry per removal, never the secret itself).
 *
 * @param text what may be stored; each secret is replaced by {@code [redacted: kind]}
 * @param kinds the kind of each removal, in the order they were found; empty when the text held none
 */
public record Redaction(String text, List<String> kinds) {
    public Redaction {
        kinds = List.copyOf(kinds);
    }
}
