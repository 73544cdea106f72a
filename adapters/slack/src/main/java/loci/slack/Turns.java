package loci.slack;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Has what concerns one subject done by one thread at a time. Keeps nothing of a subject with which nobody is busy. Thread-safe. */
final class Turns {

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();

        /** How many have it or wait for it. Changed only within the map's own atomic {@code compute}. */
        private int takers;
    }

    <T> T take(String subject, Supplier<T> action) {
        Turn turn = turns.compute(subject, (key, present) -> {
            Turn taken = present == null ? new Turn() : present;
            taken.takers++;
            return taken;
        });
        turn.lock.lock();
        try {
            return action.get();
        } finally {
            turn.lock.unlock();
            turns.computeIfPresent(subject, (key, present) -> --present.takers == 0 ? null : present);
        }
    }
}
