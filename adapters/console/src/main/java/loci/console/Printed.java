package loci.console;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** The keys of the newest replies that were printed, so that a repeated delivery prints nothing. Thread-safe. */
final class Printed {

    /** Deliveries are repeated within seconds; a limit keeps a long run's memory bounded. */
    private static final int MOST = 10_000;

    private final SequencedSet<String> keys = new LinkedHashSet<>();

    synchronized boolean before(String key) {
        return keys.contains(key);
    }

    synchronized void add(String key) {
        keys.add(key);
        if (keys.size() > MOST) {
            keys.removeFirst();
        }
    }
}
