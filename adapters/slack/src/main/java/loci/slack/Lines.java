package loci.slack;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what happens in one channel be dealt with in the order in which it came, one after the other, while channels do not wait for each
 * other. Thread-safe.
 */
final class Lines {

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

    /** Slack sends again what is not acknowledged; more than this is left to that. */
    private static final int MOST_WAITING = 10_000;

    private final Executor executor;
    private final Map<String, Queue<Runnable>> lines = new HashMap<>();
    private int waiting;
    private boolean closed;

    Lines(Executor executor) {
        this.executor = executor;
    }

    /** Does it in its turn, on a thread of the line's own. Returns whether there was room for it. */
    boolean add(String channel, Runnable event) {
        synchronized (lines) {
            if (closed) {
                return true; // It was asked for no more, and is sent again to whoever comes next.
            }
            if (waiting >= MOST_WAITING) {
                return false;
            }
            waiting++;
            Queue<Runnable> line = lines.get(channel);
            if (line != null) {
                line.add(event);
                return true;
            }
            lines.put(channel, new ArrayDeque<>());
        }
        executor.execute(() -> run(channel, event));
        return true;
    }

    private void run(String channel, Runnable first) {
        for (@Nullable Runnable next = first; next != null; next = next(channel)) {
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                LOG.error("an event of Slack's could not be handled", e);
            }
        }
    }

    private @Nullable Runnable next(String channel) {
        synchronized (lines) {
            waiting--;
            Queue<Runnable> line = lines.get(channel);
            Runnable next = line == null || closed ? null : line.poll();
            if (next == null) {
                lines.remove(channel);
            }
            return next;
        }
    }

    /** What waits is not done any more. */
    void close() {
        synchronized (lines) {
            closed = true;
        }
    }
}
