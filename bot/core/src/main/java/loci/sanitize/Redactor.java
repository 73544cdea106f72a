package loci.sanitize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secrets out of text before it is stored anywhere; each leaves a visible {@code [redacted: kind]}. Idempotent:
 * redacting a redacted text changes nothing. Text is compared as a reader sees it, so a secret split by zero-width
 * characters or written full-width is found too. Immutable and safe for use by several threads; time linear in the text.
 *
 * <p>Which values of an assignment count as secret is a judgement; see {@link SecretValue}. Anything that passes for prose,
 * code, a UUID, a hash, a telephone number or an address is kept.
 */
public final class Redactor {
    /** Secrets shorter than this are not looked for: they would be found inside ordinary words. */
    public static final int SHORTEST_OWN_SECRET = 8;

    private static final String OWN = "own secret";
    private static final String OPEN = "[redacted: ";

    /** A removal can uncover another (the text around it now ends a token); two passes were the most ever seen. */
    private static final int MOST_PASSES = 8;

    private static final int LONGEST_REMOVAL = 48;

    private static final List<SecretRule> RULES = List.of(
            new PrivateKeys(),
            new KeyShapes(),
            new StructuredKeys(),
            new UrlPasswords(),
            new AccountNumbers(),
            new AssignedSecrets());

    private static final Set<String> KINDS = kinds();

    private final List<String> ownSecrets;

    /** @param ownSecrets exact secrets, such as the bot's own tokens, removed wherever they stand and in any case */
    public Redactor(Set<String> ownSecrets) {
        this.ownSecrets = ownSecrets.stream()
                .map(secret -> Folded.of(secret.strip()).lower())
                .filter(secret -> secret.length() >= SHORTEST_OWN_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text without its secrets. */
    public Redaction redact(String text) {
        List<String> kinds = new ArrayList<>();
        String before;
        String after = text;
        int passes = 0;
        do {
            before = after;
            after = pass(before, kinds);
        } while (!after.equals(before) && ++passes < MOST_PASSES);
        return new Redaction(after, kinds);
    }

    private String pass(String text, List<String> kinds) {
        Folded folded = Folded.of(text);
        String seen = folded.text();
        List<Finding> found = new ArrayList<>();
        findOwn(folded, found);
        for (SecretRule rule : RULES) {
            rule.find(seen, found);
        }
        found.removeIf(finding -> isInsideRemoval(seen, finding));
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (Finding finding : merged(found)) {
            out.append(text, done, folded.startOf(finding.from()));
            out.append(OPEN).append(finding.kind()).append(']');
            done = folded.endOf(finding.to() - 1);
            kinds.add(finding.kind());
        }
        return out.append(text, done, text.length()).toString();
    }

    private void findOwn(Folded folded, List<Finding> found) {
        if (ownSecrets.isEmpty()) {
            return;
        }
        String lower = folded.lower();
        for (String secret : ownSecrets) {
            for (int at = lower.indexOf(secret); at >= 0; at = lower.indexOf(secret, at + secret.length())) {
                found.add(new Finding(at, at + secret.length(), OWN));
            }
        }
    }

    /** What an earlier removal left is not taken again, else the result would never settle. */
    private static boolean isInsideRemoval(String seen, Finding finding) {
        for (int open = finding.from(); open >= 0 && open > finding.from() - LONGEST_REMOVAL; open--) {
            if (seen.charAt(open) == '[' && seen.startsWith(OPEN, open)) {
                int kind = open + OPEN.length();
                int close = Ascii.runEnd(seen, kind, LONGEST_REMOVAL, c -> c != ']');
                return close >= finding.to() - 1
                        && close < seen.length()
                        && KINDS.contains(seen.substring(kind, close));
            }
        }
        return false;
    }

    /** Overlapping findings become one, named after the longest; of equals, the first found (the more exact rule). */
    private static List<Finding> merged(List<Finding> found) {
        List<Finding> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Finding::from)); // stable: rule order decides among equals
        List<Finding> merged = new ArrayList<>();
        int longest = 0;
        for (Finding next : sorted) {
            Finding last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || next.from() >= last.to()) {
                merged.add(next);
                longest = next.length();
            } else {
                boolean takesName = next.length() > longest;
                longest = Math.max(longest, next.length());
                merged.set(
                        merged.size() - 1,
                        new Finding(
                                last.from(), Math.max(last.to(), next.to()), takesName ? next.kind() : last.kind()));
            }
        }
        return merged;
    }

    private static Set<String> kinds() {
        Set<String> kinds = new HashSet<>(KeyShapes.kinds());
        kinds.addAll(StructuredKeys.KINDS);
        kinds.addAll(List.of(
                OWN,
                PrivateKeys.KIND,
                UrlPasswords.KIND,
                AccountNumbers.CARD,
                AccountNumbers.IBAN,
                AssignedSecrets.BEARER));
        for (SecretName name : SecretName.values()) {
            kinds.add(name.kind());
        }
        return Set.copyOf(kinds);
    }
}
