package loci.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import loci.model.ImageTokens;
import loci.model.ModelProfile;
import loci.model.Prices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of models, by name. Thread-safe.
 *
 * <p>A name is compared in lower case, without an owner's path before it ({@code Qwen/…}) and without the decoration of a fine-tuned model
 * ({@code ft:…:org::id}). Where several patterns match, the one with the most literal characters counts, among equals the whole name
 * rather than a pattern, and then the one listed last. A user's own entry that matches counts before any of ours.
 */
public final class ModelCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCatalog.class);

    /** What is assumed of a model that nobody described: the least that current models can do. */
    private static final Entry UNKNOWN = new Entry(
            List.of("*"),
            "o200k_base",
            8_192,
            8_192,
            2_048,
            false,
            false,
            "max_tokens",
            true,
            Optional.empty(),
            Optional.empty());

    /**
     * One description, for all models whose name matches a pattern.
     *
     * @param names patterns, in which {@code *} stands for any characters
     * @param maxInput the most tokens of a prompt; at most the window
     * @param images how images are counted; empty where the model sees none
     */
    public record Entry(
            List<String> names,
            String encoding,
            int contextWindow,
            int maxInput,
            int maxOutput,
            boolean severalSystemMessages,
            boolean alternatingRoles,
            String outputLimitField,
            boolean takesTemperature,
            Optional<ImageTokens> images,
            Optional<Prices> prices) {

        public Entry {
            names = List.copyOf(names);
        }

        private KnownModel named(String name, boolean listed) {
            ModelProfile profile = new ModelProfile(
                    name,
                    encoding,
                    contextWindow,
                    maxOutput,
                    severalSystemMessages,
                    alternatingRoles,
                    outputLimitField,
                    takesTemperature,
                    maxInput,
                    images,
                    prices);
            return new KnownModel(profile, listed);
        }
    }

    private record Rule(Pattern pattern, int weight, Entry entry) {}

    private final List<Rule> rules;
    private final List<Rule> own;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** A catalogue of the given entries; later ones override earlier ones of equal weight. */
    public ModelCatalog(List<Entry> entries) {
        this(entries, List.of());
    }

    /**
     * A catalogue of two lists.
     *
     * @param own the user's, in which each name is looked up first
     */
    public ModelCatalog(List<Entry> entries, List<Entry> own) {
        this.rules = rules(entries);
        this.own = rules(own);
    }

    private static List<Rule> rules(List<Entry> entries) {
        List<Rule> all = new ArrayList<>();
        for (Entry entry : entries) {
            for (String name : entry.names()) {
                String literal = name.toLowerCase(Locale.ROOT);
                Pattern pattern = Pattern.compile("\\Q" + literal.replace("*", "\\E.*\\Q") + "\\E", Pattern.DOTALL);
                int literals = literal.replace("*", "").length();
                all.add(new Rule(pattern, 2 * literals + (literals == literal.length() ? 1 : 0), entry));
            }
        }
        return List.copyOf(all);
    }

    /** The model of this name; a cautious guess, and one warning in the log for each name, where it is not listed. */
    public KnownModel find(String name) {
        Optional<Rule> known = best(own, name).or(() -> best(rules, name));
        if (known.isPresent()) {
            return known.get().entry().named(name, true);
        }
        if (warned.add(name)) {
            LOG.warn(
                    "model {} is not in models.yaml, nor in model.catalog: a context window of {} tokens and the"
                            + " encoding {} are assumed where model.contextWindow and model.encoding do not say better",
                    name,
                    UNKNOWN.contextWindow(),
                    UNKNOWN.encoding());
        }
        return UNKNOWN.named(name, false);
    }

    private static Optional<Rule> best(List<Rule> rules, String name) {
        String plain = plain(name);
        Rule best = null;
        for (Rule rule : rules) {
            boolean better = best == null || rule.weight() >= best.weight();
            if (better && rule.pattern().matcher(plain).matches()) {
                best = rule;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String plain(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("ft:")) {
            int end = plain.indexOf(':', 3);
            plain = plain.substring(3, end < 0 ? plain.length() : end);
        }
        return plain.substring(plain.lastIndexOf('/') + 1);
    }
}
