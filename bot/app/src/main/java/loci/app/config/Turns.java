package loci.app.config;

import java.util.Optional;

/** The three numbers of turns, settled: how many are shown, at how many the older are condensed, how many that leaves. */
record Turns(int window, int compactAfter, int keep) {

    /** Returns them, unless one could not be read. */
    static Optional<Turns> settle(Values values) {
        Optional<Integer> window = values.find(Key.MEMORY_WINDOW_TURNS);
        Optional<Optional<Integer>> compactAfter = values.find(Key.MEMORY_COMPACT_AFTER_TURNS);
        Optional<Optional<Integer>> keep = values.find(Key.MEMORY_KEEP_TURNS);
        if (window.isEmpty() || compactAfter.isEmpty() || keep.isEmpty()) {
            return Optional.empty();
        }
        int settledCompactAfter = compactAfter.get().orElse(window.get());
        return Optional.of(
                new Turns(window.get(), settledCompactAfter, keep.get().orElse(settledCompactAfter / 2)));
    }
}
