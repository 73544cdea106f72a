package loci.database;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import org.jdbi.v3.core.Jdbi;

/**
 * The numbers of conversations, by which rows and key files are named: looked up once, then remembered, since they never change. At most
 * {@value #REMEMBERED} are kept in memory. Thread-safe.
 */
final class Numbers {

    private static final int REMEMBERED = 10_000;
    private static final int RADIX = 36;

    /** A conversation that has a row. */
    record Known(long number, Instant createdAt) {

        /**
         * The idempotency key of the reply to an exchange. Numbers make it unique in this database; the second in which the
         * conversation began sets it apart from the keys of another database that spoke in the same channel before.
         */
        String key(long exchange) {
            return Long.toString(number, RADIX)
                    + "-" + Long.toString(exchange, RADIX)
                    + "-" + Long.toString(Math.max(0, createdAt.getEpochSecond()), RADIX);
        }
    }

    private final Jdbi jdbi;
    private final Keyring keyring;
    private final Supplier<String> marks;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<ConversationId, Known> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    Numbers(Jdbi jdbi, Keyring keyring, Supplier<String> marks, InstantSource clock) {
        this.jdbi = jdbi;
        this.keyring = keyring;
        this.marks = marks;
        this.clock = clock;
    }

    Optional<Known> find(ConversationId id) {
        lock.lock();
        try {
            Known known = remembered.get(id);
            if (known != null) {
                return Optional.of(known);
            }
        } finally {
            lock.unlock();
        }
        Optional<Known> found = jdbi.withHandle(handle -> ConversationRows.find(handle, id));
        found.ifPresent(known -> remember(id, known));
        return found;
    }

    /** To be called by one thread at a time for a conversation. */
    Known findOrCreate(ConversationId id) {
        return find(id).orElseGet(() -> {
            Known created = create(id);
            remember(id, created);
            return created;
        });
    }

    /**
     * Where an older database was put back beside newer keys, its next numbers name key files of conversations that it does not know;
     * these are passed over, because part of their keys may be destroyed.
     */
    private Known create(ConversationId id) {
        Instant at = clock.instant();
        String mark = marks.get();
        while (true) {
            Optional<Known> created = jdbi.inTransaction(handle -> {
                long number = ConversationRows.insert(handle, id, mark, at);
                if (keyring.create(number)) {
                    return Optional.of(new Known(number, SqlTimes.column(at).toInstant()));
                }
                handle.rollback();
                return Optional.empty();
            });
            if (created.isPresent()) {
                return created.get();
            }
        }
    }

    private void remember(ConversationId id, Known known) {
        lock.lock();
        try {
            remembered.put(id, known);
        } finally {
            lock.unlock();
        }
    }
}
