package loci.discord;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what happens in a channel through in the order in which it happened, and has it wait where what was missed there is not handed in
 * yet. At first, and whenever the connection may have missed something, it waits everywhere. Thread-safe.
 */
final class Turnstile {

    private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);

    /** Where more waits in a channel, it is looked up as if it had been missed. */
    private static final int MOST_WAITING = 1_000;

    private final Map<String, Line> lines = new HashMap<>();
    private boolean everywhere = true;
    private boolean closed;
    private long gap;

    /** What waits in one channel. */
    private static final class Line {
        final String space;
        final Queue<Runnable> waiting = new ArrayDeque<>();
        boolean overflown;

        Line(String space) {
            this.space = space;
        }
    }

    /** Has what happens from now on wait, until it is known where something may have been missed. */
    synchronized void holdEverywhere() {
        everywhere = true;
        gap++;
    }

    /** Which gap it is that is open, or was open last. */
    synchronized long gap() {
        return gap;
    }

    /**
     * Goes on holding these channels only. Others in which something waits are left to be released.
     *
     * @param ofGap the gap that it is known of where something may have been missed in it
     * @param channels with the server that each is on, or what direct messages have in its place
     * @return whether that is the gap that is open; where a newer one is, nothing changes
     */
    synchronized boolean holdOnly(long ofGap, Map<String, String> channels) {
        if (ofGap != gap) {
            return false;
        }
        channels.forEach((channel, space) -> lines.computeIfAbsent(channel, any -> new Line(space)));
        everywhere = false;
        return true;
    }

    /** The channels that are held, or in which something waits. */
    synchronized List<String> held() {
        return List.copyOf(lines.keySet());
    }

    /** Those of a server's. */
    synchronized List<String> held(String space) {
        return lines.entrySet().stream()
                .filter(line -> line.getValue().space.equals(space))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Does it now, or in its turn.
     *
     * @param space the server that the channel is on, or what direct messages have in its place
     */
    void pass(String space, String channel, Runnable event) {
        synchronized (this) {
            if (closed) {
                return;
            }
            Line line = everywhere ? lines.computeIfAbsent(channel, any -> new Line(space)) : lines.get(channel);
            if (line != null) {
                line.overflown |= line.waiting.size() >= MOST_WAITING;
                if (!line.overflown) {
                    line.waiting.add(event);
                }
                return;
            }
        }
        event.run();
    }

    /**
     * Does what waits in a channel, and holds it no more.
     *
     * @return false where more came than could wait: it is still held, and what came after has to be looked up
     */
    boolean release(String channel) {
        for (Runnable next = next(channel); next != null; next = next(channel)) {
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                LOG.error("an event of Discord's that had to wait could not be handled", e);
            }
        }
        synchronized (this) {
            Line line = lines.get(channel);
            if (everywhere || line == null) {
                return true;
            }
            boolean overflown = line.overflown;
            line.overflown = false;
            return !overflown;
        }
    }

    private synchronized @Nullable Runnable next(String channel) {
        Line line = lines.get(channel);
        // Where everything waits again, what comes after another gap may be in the line already.
        if (line == null || everywhere) {
            return null;
        }
        Runnable next = line.waiting.poll();
        if (next == null && !line.overflown) {
            lines.remove(channel);
        }
        return next;
    }

    synchronized void close() {
        closed = true;
        lines.clear();
    }
}
