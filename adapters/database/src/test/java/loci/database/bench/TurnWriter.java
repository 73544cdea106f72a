package loci.database.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/**
 * Inserts and commits one turn after another into whichever file is in force, and notes how long each took, waiting
 * included. One thread runs it; others may stop it by holding {@link #world}.
 */
public final class TurnWriter {

    /** Held by the writer for each insert, and by whoever must keep it from writing. */
    final ReentrantLock world = new ReentrantLock(true);

    private final BiFunction<Long, String, Object> seal;
    private final List<Long> nanos = new ArrayList<>();
    private final Random random = new Random(1);
    private Connection connection;
    private long next;

    /** Begins with turn number {@code first}; {@code seal} makes of a number and a text what is stored. */
    public TurnWriter(Connection connection, long first, BiFunction<Long, String, Object> seal) {
        this.connection = connection;
        this.next = first;
        this.seal = seal;
    }

    /** From now on writes there; {@link #world} must be held. */
    void moveTo(Connection other) {
        connection = other;
    }

    /** The number of the next turn; {@link #world} should be held. */
    long next() {
        return next;
    }

    /** Inserts so many turns. */
    public String run(int inserts) {
        nanos.clear();
        for (int i = 0; i < inserts; i++) {
            timed();
        }
        return quantiles();
    }

    /** Inserts until told to stop. */
    public void runUntil(AtomicBoolean stop) {
        nanos.clear();
        while (!stop.get()) {
            timed();
        }
    }

    /** How long the inserts of the last run took. */
    public String quantiles() {
        return TurnFile.quantiles(nanos.stream().mapToLong(n -> n).toArray());
    }

    private void timed() {
        long start = System.nanoTime();
        world.lock();
        try {
            insert();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            world.unlock();
        }
        nanos.add(System.nanoTime() - start);
    }

    /** One insert and its commit. */
    void insert() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(TurnFile.INSERT)) {
            long n = next++;
            TurnFile.add(insert, n % TurnFile.CONVERSATIONS, n, seal.apply(n, TurnFile.text(random, "")));
            insert.executeBatch();
            connection.commit();
        }
    }
}
