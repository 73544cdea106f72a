package loci.discord;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what comes with a message be read off the gateway's thread, and what is said after it in the channel wait for that, so that order is
 * kept. Thread-safe.
 */
final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final Executor executor;
    /** What waits in the channels where something is being read. */
    private final Map<String, Line> lines = new HashMap<>();

    /** What waits in one channel of a server, or of direct messages. */
    private record Line(String space, Queue<Runnable> waiting) {}

    Reading(Executor executor) {
        this.executor = executor;
    }

    /** The channels of a server in which something is being read. */
    List<String> channels(String space) {
        synchronized (lines) {
            return lines.entrySet().stream()
                    .filter(line -> line.getValue().space().equals(space))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Does something at once, or behind what is being read in its channel. */
    void pass(String channel, Runnable event) {
        synchronized (lines) {
            Line line = lines.get(channel);
            if (line != null) {
                line.waiting().add(event);
                return;
            }
        }
        event.run();
    }

    /** Does something that takes its time, on a thread of its own; what comes after it in the channel waits. */
    void begin(String space, String channel, Runnable slow) {
        synchronized (lines) {
            Line line = lines.get(channel);
            if (line != null) {
                line.waiting().add(slow);
                return;
            }
            lines.put(channel, new Line(space, new ArrayDeque<>()));
        }
        executor.execute(() -> {
            for (@Nullable Runnable next = slow; next != null; next = next(channel)) {
                try {
                    next.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("an event of Discord's that had to wait could not be handled", e);
                }
            }
        });
    }

    private @Nullable Runnable next(String channel) {
        synchronized (lines) {
            Line line = lines.get(channel);
            Runnable next = line == null ? null : line.waiting().poll();
            if (next == null) {
                lines.remove(channel);
            }
            return next;
        }
    }
}
