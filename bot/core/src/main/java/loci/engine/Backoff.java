package loci.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait after repeated failures of the same thing: doubling from a first delay up to a longest. Thread-safe.
 *
 * @param <K> what fails
 */
final class Backoff<K> {

    private final Duration first;
    private final Duration longest;
    private final Map<K, Integer> failures = new ConcurrentHashMap<>();

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Counts a failure and returns how long to wait now. */
    Duration failed(K key) {
        int count = failures.merge(key, 1, Integer::sum);
        Duration delay = first.multipliedBy(1L << Math.min(count - 1, 20));
        return delay.compareTo(longest) > 0 ? longest : delay;
    }

    void succeeded(K key) {
        failures.remove(key);
    }
}
