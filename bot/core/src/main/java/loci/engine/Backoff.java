package loci.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loci.chat.ConversationId;

/** How long to wait after repeated failures, conversation by conversation: doubling from a first delay up to a longest. Thread-safe. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final Map<ConversationId, Integer> failures = new ConcurrentHashMap<>();

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Counts a failure and returns how long to wait now. */
    Duration failed(ConversationId conversation) {
        int count = failures.merge(conversation, 1, Integer::sum);
        Duration delay = first.multipliedBy(1L << Math.min(count - 1, 20));
        return delay.compareTo(longest) > 0 ? longest : delay;
    }

    void succeeded(ConversationId conversation) {
        failures.remove(conversation);
    }
}
