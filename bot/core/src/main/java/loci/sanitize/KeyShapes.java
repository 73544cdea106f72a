package loci.sanitize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys and tokens that announce themselves by a published prefix. A shape is a prefix, the alphabet that follows, and the
 * least number of characters of it; the whole run is the secret. Minimums are a little under the issued lengths, so that
 * a key cut short by a copy is still taken.
 *
 * <p>Sources: the issuers' documentation, and the patterns secret scanners publish (gitleaks, GitHub secret scanning).
 */
final class KeyShapes implements SecretRule {
    private record Shape(String prefix, Ascii.Accepted alphabet, int min, String kind) {}

    private static final Ascii.Accepted DOTTED = c -> Ascii.isWord(c) || c == '.';
    private static final Ascii.Accepted ENCODED = c -> Ascii.isWord(c) || Ascii.isBase64(c) || c == '%' || c == '.';

    private static final List<Shape> SHAPES = List.of(
            shape("Anthropic key", "sk-ant-", Ascii::isWord, 16),
            shape("OpenRouter key", "sk-or-", Ascii::isWord, 20),
            shape("OpenAI key", "sk-proj-", Ascii::isWord, 16),
            shape("OpenAI key", "sk-svcacct-", Ascii::isWord, 16),
            shape("OpenAI key", "sk-service-", Ascii::isWord, 24),
            shape("OpenAI key", "sk-admin-", Ascii::isWord, 24),
            shape("OpenAI key", "sk-None-", Ascii::isWord, 16),
            shape("GitHub token", "ghp_", Ascii::isAlnum, 20),
            shape("GitHub token", "gho_", Ascii::isAlnum, 20),
            shape("GitHub token", "ghu_", Ascii::isAlnum, 20),
            shape("GitHub token", "ghs_", DOTTED, 20),
            shape("GitHub token", "ghr_", Ascii::isAlnum, 20),
            shape("GitHub token", "github_pat_", Ascii::isWord, 22),
            shape("GitLab token", "glpat-", DOTTED, 16),
            shape("GitLab token", "gldt-", DOTTED, 16),
            shape("GitLab token", "glrt-", DOTTED, 16),
            shape("GitLab token", "glcbt-", DOTTED, 16),
            shape("GitLab token", "glptt-", DOTTED, 16),
            shape("GitLab token", "glft-", DOTTED, 16),
            shape("GitLab token", "glsoat-", DOTTED, 16),
            shape("GitLab token", "glagent-", DOTTED, 20),
            shape("GitLab token", "gloas-", DOTTED, 20),
            shape("Slack token", "xoxb-", Ascii::isWord, 10),
            shape("Slack token", "xoxp-", Ascii::isWord, 10),
            shape("Slack token", "xoxa-", Ascii::isWord, 10),
            shape("Slack token", "xoxr-", Ascii::isWord, 10),
            shape("Slack token", "xoxs-", Ascii::isWord, 10),
            shape("Slack token", "xoxo-", Ascii::isWord, 10),
            shape("Slack token", "xoxc-", Ascii::isWord, 10),
            shape("Slack token", "xoxd-", ENCODED, 10),
            shape("Slack token", "xoxe-", Ascii::isWord, 10),
            shape("Slack token", "xoxe.", DOTTED, 10),
            shape("Slack token", "xapp-", Ascii::isWord, 10),
            shape("Slack token", "xwfp-", Ascii::isWord, 10),
            shape("Google key", "AIza", Ascii::isWord, 30),
            shape("Google token", "ya29.", DOTTED, 20),
            shape("Google secret", "GOCSPX-", Ascii::isWord, 20),
            shape("Stripe key", "sk_live_", Ascii::isAlnum, 10),
            shape("Stripe key", "rk_live_", Ascii::isAlnum, 10),
            shape("Stripe key", "sk_test_", Ascii::isAlnum, 10),
            shape("Stripe key", "rk_test_", Ascii::isAlnum, 10),
            shape("Stripe secret", "whsec_", Ascii::isBase64, 16),
            shape("npm token", "npm_", Ascii::isAlnum, 30),
            shape("PyPI token", "pypi-AgE", Ascii::isWord, 12),
            shape("Hugging Face token", "hf_", Ascii::isAlnum, 28),
            shape("Hugging Face token", "api_org_", Ascii::isAlnum, 28),
            shape("Groq key", "gsk_", Ascii::isAlnum, 32),
            shape("xAI key", "xai-", Ascii::isAlnum, 32),
            shape("Perplexity key", "pplx-", Ascii::isAlnum, 32),
            shape("Replicate token", "r8_", Ascii::isAlnum, 30),
            shape("Tavily key", "tvly-", Ascii::isWord, 24),
            shape("LangSmith key", "lsv2_", Ascii::isWord, 30),
            shape("DigitalOcean token", "dop_v1_", Ascii::isAlnum, 32),
            shape("DigitalOcean token", "doo_v1_", Ascii::isAlnum, 32),
            shape("Shopify token", "shpat_", Ascii::isHex, 24),
            shape("Shopify token", "shpss_", Ascii::isHex, 24),
            shape("Shopify token", "shpca_", Ascii::isHex, 24),
            shape("Linear key", "lin_api_", Ascii::isAlnum, 24),
            shape("Notion token", "ntn_", Ascii::isAlnum, 32),
            shape("Databricks token", "dapi", Ascii::isHex, 32),
            shape("Doppler token", "dp.pt.", Ascii::isAlnum, 32),
            shape("Vault token", "hvs.", Ascii::isWord, 24),
            shape("Postman key", "PMAK-", Ascii::isWord, 32),
            shape("Atlassian token", "ATATT3", ENCODED, 40),
            shape("Figma token", "figd_", Ascii::isWord, 30),
            shape("Supabase token", "sbp_", Ascii::isHex, 32),
            shape("Sentry token", "sntrys_", ENCODED, 32),
            shape("Sentry token", "sntryu_", Ascii::isHex, 32),
            shape("Grafana token", "glsa_", Ascii::isWord, 32),
            shape("Grafana token", "glc_", Ascii::isBase64, 32),
            shape("New Relic key", "NRAK-", Ascii::isAlnum, 24),
            shape("Docker token", "dckr_pat_", Ascii::isWord, 20),
            shape("RubyGems key", "rubygems_", Ascii::isHex, 32),
            shape("Airtable token", "patAirtable", Ascii::isWord, 32),
            shape("Square secret", "sq0csp-", Ascii::isWord, 30),
            shape("Square token", "sq0atp-", Ascii::isWord, 20),
            shape("Heroku key", "HRKU-", Ascii::isWord, 30),
            shape("age key", "AGE-SECRET-KEY-1", Ascii::isAlnum, 40),
            shape("Fly.io token", "fo1_", Ascii::isWord, 32),
            shape("Discord token", "mfa.", Ascii::isWord, 60));

    private static final List<List<Shape>> BY_FIRST = byFirst();

    @Override
    public void find(String seen, List<Finding> found) {
        int looked = 0; // where the last run that was no bare key ended: a later start inside it is none either
        for (int i = 0; i < seen.length(); i++) {
            char first = seen.charAt(i);
            if (first >= 128 || !Ascii.isAlnum(first) || !Ascii.startsToken(seen, i)) {
                continue;
            }
            int end = shapeEnd(seen, i, found);
            boolean bare = seen.startsWith("sk-", i) || seen.startsWith("pypi-", i);
            if (end < 0 && bare && i >= looked) {
                looked = Ascii.runEnd(seen, i, Integer.MAX_VALUE, Ascii::isWord);
                end = first == 's' ? bareOpenAi(seen, i, looked, found) : barePyPi(seen, i, looked, found);
            }
            i = Math.max(i, end - 1);
        }
    }

    /** The names of what this rule finds. */
    static Set<String> kinds() {
        return SHAPES.stream().map(Shape::kind).collect(Collectors.toUnmodifiableSet());
    }

    private static int shapeEnd(String seen, int from, List<Finding> found) {
        for (Shape shape : BY_FIRST.get(seen.charAt(from))) {
            if (!seen.startsWith(shape.prefix, from)) {
                continue;
            }
            int body = from + shape.prefix.length();
            int end = withoutFullStop(seen, body, Ascii.runEnd(seen, body, Integer.MAX_VALUE, shape.alphabet));
            if (end - body >= shape.min) {
                found.add(new Finding(from, end, shape.kind));
                return end;
            }
        }
        return -1;
    }

    /**
     * The old OpenAI form (also DeepSeek's and others') has no second word: one long unbroken run tells it from a
     * hyphenated word or a CSS class such as {@code sk-folding-cube}.
     */
    private static int bareOpenAi(String seen, int from, int end, List<Finding> found) {
        int body = from + 3;
        int run = 0;
        int longest = 0;
        for (int i = body; i < end; i++) {
            run = Ascii.isAlnum(seen.charAt(i)) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        boolean mixed = end - body >= 32
                && Ascii.count(seen, body, end, Ascii::isDigit) >= 2
                && Ascii.count(seen, body, end, Ascii::isUpper) >= 2
                && Ascii.count(seen, body, end, Ascii::isLower) >= 2;
        if (longest >= 20 || mixed) {
            found.add(new Finding(from, end, "OpenAI key"));
            return end;
        }
        return -1;
    }

    /** A PyPI token is a long macaroon; {@code pypi-publish-action} is not. */
    private static int barePyPi(String seen, int from, int end, List<Finding> found) {
        int body = from + 5;
        if (end - body >= 40
                && Ascii.count(seen, body, end, Ascii::isUpper) >= 2
                && Ascii.count(seen, body, end, Ascii::isDigit) >= 2) {
            found.add(new Finding(from, end, "PyPI token"));
            return end;
        }
        return -1;
    }

    /** A dot that ends the sentence is not part of the token. */
    private static int withoutFullStop(String seen, int from, int to) {
        int end = to;
        while (end > from && seen.charAt(end - 1) == '.') {
            end--;
        }
        return end;
    }

    private static Shape shape(String kind, String prefix, Ascii.Accepted alphabet, int min) {
        return new Shape(prefix, alphabet, min, kind);
    }

    private static List<List<Shape>> byFirst() {
        List<List<Shape>> table = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            char first = (char) i;
            table.add(SHAPES.stream()
                    .filter(shape -> shape.prefix.charAt(0) == first)
                    .toList());
        }
        return List.copyOf(table);
    }
}
