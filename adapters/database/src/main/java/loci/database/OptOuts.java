package loci.database;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code opt_out}: who is not to be remembered where. Thread-safe; each method is one transaction. */
final class OptOuts {

    private static final int LONGEST = 200;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** One at a time, since the same person may be noted twice at once; nobody else writes to the database. */
    private final ReentrantLock writing = new ReentrantLock();

    OptOuts(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A person in a space. */
    record Person(String platform, String space, String authorId) {

        private <S extends SqlStatement<S>> S in(S statement) {
            return statement.bind("platform", platform).bind("space", space).bind("author", authorId);
        }
    }

    void set(Person person, boolean out) {
        for (String part : List.of(person.platform(), person.space(), person.authorId())) {
            if (part.isBlank() || part.length() > LONGEST) {
                throw new IllegalArgumentException("nobody can be named so");
            }
        }
        writing.lock();
        try {
            jdbi.useTransaction(handle -> {
                if (!out) {
                    delete(handle, person);
                } else if (!contains(handle, person)) {
                    insert(handle, person);
                }
            });
        } finally {
            writing.unlock();
        }
    }

    /** Reads one row of the primary key, which costs less than a cache that has to be kept right. */
    boolean contains(Person person) {
        return jdbi.withHandle(handle -> contains(handle, person));
    }

    private static boolean contains(Handle handle, Person person) {
        return person.in(handle.createQuery("""
            SELECT 1 FROM opt_out WHERE platform = :platform AND space = :space AND author_id = :author
            """)).mapTo(Integer.class).findOne().isPresent();
    }

    private void insert(Handle handle, Person person) {
        person.in(handle.createUpdate("""
            INSERT INTO opt_out (platform, space, author_id, opted_out_at) VALUES (:platform, :space, :author, :at)
            """))
                .bind("at", SqlTimes.column(clock.instant()))
                .execute();
    }

    private static void delete(Handle handle, Person person) {
        person.in(handle.createUpdate("""
            DELETE FROM opt_out WHERE platform = :platform AND space = :space AND author_id = :author
            """)).execute();
    }
}
