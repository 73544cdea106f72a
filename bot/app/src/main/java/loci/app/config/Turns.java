package loci.app.config;

import java.util.Optional;
import loci.prompt.Strategy;

/**
 * The numbers of turns, settled.
 *
 * @param hybrid how many {@code hybrid} shows at most
 * @param window how many {@code window} shows
 * @param compactAfter at how many the older are condensed
 * @param keep how many that leaves
 */
record Turns(int hybrid, int window, int compactAfter, int keep) {

    /** Returns them, unless one could not be read. */
    static Optional<Turns> settle(Values values) {
        Optional<Optional<Integer>> window = values.find(Key.MEMORY_WINDOW_TURNS);
        Optional<Optional<Integer>> compactAfter = values.find(Key.MEMORY_COMPACT_AFTER_TURNS);
        Optional<Optional<Integer>> keep = values.find(Key.MEMORY_KEEP_TURNS);
        if (window.isEmpty() || compactAfter.isEmpty() || keep.isEmpty()) {
            return Optional.empty();
        }
        int least = compactAfter
                .get()
                .map(after -> Math.max(after, Strategy.Hybrid.DEFAULT_MESSAGES))
                .orElse(Strategy.Hybrid.DEFAULT_MESSAGES);
        int hybrid = window.get().orElse(least);
        int settledCompactAfter = compactAfter.get().orElse(hybrid);
        return Optional.of(new Turns(
                hybrid,
                window.get().orElse(Strategy.Window.DEFAULT_MESSAGES),
                settledCompactAfter,
                keep.get().orElse(settledCompactAfter / 2)));
    }
}
