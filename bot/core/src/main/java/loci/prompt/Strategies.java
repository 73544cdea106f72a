package loci.prompt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The strategies to choose from, and the one that holds where nobody chose. Immutable.
 *
 * @param byDefault what holds where a channel has no choice of its own
 * @param all each strategy once, in the order in which they are offered
 */
public record Strategies(Strategy byDefault, List<Strategy> all) {

    /** The name under which a channel's own choice is kept. */
    public static final String SETTING = "strategy";

    public Strategies {
        all = List.copyOf(all);
    }

    /**
     * All strategies, with the sizes of those that have one.
     *
     * @param byDefault the name of the one that holds where nobody chose
     * @param windowMessages how many messages {@code window} shows
     * @param hybridMessages how many messages {@code hybrid} shows at most
     * @throws IllegalArgumentException where there is no strategy of that name
     */
    public static Strategies of(String byDefault, int windowMessages, int hybridMessages) {
        List<Strategy> all = List.of(
                new Strategy.Hybrid(hybridMessages),
                new Strategy.Summary(),
                new Strategy.Window(windowMessages),
                new Strategy.Trim(),
                new Strategy.Full(),
                new Strategy.None());
        Strategies offered = new Strategies(all.getFirst(), all);
        return new Strategies(
                offered.named(byDefault)
                        .orElseThrow(() -> new IllegalArgumentException("there is no strategy " + byDefault)),
                all);
    }

    public Optional<Strategy> named(String name) {
        return all.stream().filter(strategy -> strategy.name().equals(name)).findFirst();
    }

    /** The strategy of a conversation with these settings; the default too where a choice is no longer on offer. */
    public Strategy chosen(Map<String, String> settings) {
        return named(settings.getOrDefault(SETTING, "")).orElse(byDefault);
    }
}
