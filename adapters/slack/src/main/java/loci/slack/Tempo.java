package loci.slack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often something may be shown of answers that are being written: so seldom that Slack's limits are kept and enough of them is left for
 * what must be said. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/rate-limits">Rate limits</a>
 */
final class Tempo {

    /** Calls in a minute, of those that a workspace allows at least: 50 of tier 3, 100 of tier 4, 20 of tier 2. */
    private static final Map<String, Integer> IN_A_MINUTE =
            Map.of("chat.update", 35, "chat.appendStream", 85, "chat.startStream", 15, "chat.postMessage", 200);

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MOST_CHANNELS = 5_000;

    private final long pause;
    private final LongSupplier nanos;
    private final Recent<String, Long> last = new Recent<>(MOST_CHANNELS);
    private final Map<String, Deque<Long>> made = new HashMap<>();

    Tempo(Duration pause, LongSupplier nanos) {
        this.pause = pause.toNanos();
        this.nanos = nanos;
    }

    /** Whether it is time; if so, it counts as done. */
    synchronized boolean may(String method, String channel) {
        long now = nanos.getAsLong();
        Long before = last.get(channel);
        if (before != null && now - before < pause) {
            return false;
        }
        Deque<Long> calls = made.computeIfAbsent(method, any -> new ArrayDeque<>());
        while (!calls.isEmpty() && now - calls.getFirst() >= MINUTE) {
            calls.removeFirst();
        }
        if (calls.size() >= IN_A_MINUTE.getOrDefault(method, 1)) {
            return false;
        }
        calls.addLast(now);
        last.put(channel, now);
        return true;
    }
}
