package loci.database;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import loci.chat.ConversationId;

/**
 * Lets one thread at a time write to a conversation, before it takes a connection: the row lock alone would let the waiting writers
 * of one busy conversation hold every connection of the pool, and so make others wait. Keeps nothing for a conversation that nobody
 * is writing to. Thread-safe.
 */
final class WriterLocks {

    private final ConcurrentHashMap<ConversationId, Turnstile> turnstiles = new ConcurrentHashMap<>();

    private static final class Turnstile {
        final ReentrantLock lock = new ReentrantLock();

        /** Changed only within the map's own atomic {@code compute}. */
        int users;
    }

    <T> T alone(ConversationId conversation, Supplier<T> work) {
        Turnstile turnstile = turnstiles.compute(conversation, (id, present) -> {
            Turnstile entered = present == null ? new Turnstile() : present;
            entered.users++;
            return entered;
        });
        turnstile.lock.lock();
        try {
            return work.get();
        } finally {
            turnstile.lock.unlock();
            turnstiles.computeIfPresent(conversation, (id, present) -> --present.users == 0 ? null : present);
        }
    }
}
