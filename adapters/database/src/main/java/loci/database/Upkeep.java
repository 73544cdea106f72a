package loci.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the embedded database needs beside reading and writing: at intervals, on a thread of its own, everything committed is forced to
 * disk, erasures that could not be carried out are tried again, and a file that is nearly all dead is rewritten; at the end it is closed.
 *
 * <p>Each commit writes some 20 KB, and with {@code WRITE_DELAY=0} H2 gives back only part of what later commits made dead: a file grows by
 * about 4 KB a commit, for as long as it is open. {@code SHUTDOWN COMPACT} is the one way to shrink it that was killed in the middle over
 * and over and lost nothing, so it is used in operation too, and writers wait for it; see {@code ERASURE.md} for what it takes.
 */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long MEGABYTE = 1L << 20;

    /** Rewriting takes a second or two per hundred megabytes of living pages; nobody is made to wait for more than some seconds. */
    private static final long MOST_TO_REWRITE = 200 * MEGABYTE;

    /** What is dead is at least three quarters of the file. */
    private static final int DEAD_SHARE = 4;

    private static final long SMALL_WHEN_CLOSING = 16 * MEGABYTE;
    private static final long SMALL_WHEN_OPEN = 256 * MEGABYTE;

    private final DataSource source;
    private final FairConnections connections;
    private final PendingErasures erasures;
    private final ScheduledExecutorService thread;

    private Upkeep(DataSource source, FairConnections connections, PendingErasures erasures) {
        this.source = source;
        this.connections = connections;
        this.erasures = erasures;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("database-upkeep").factory());
    }

    static Upkeep start(DataSource source, FairConnections connections, PendingErasures erasures, Duration every) {
        Upkeep upkeep = new Upkeep(source, connections, erasures);
        var _ = upkeep.thread.scheduleWithFixedDelay(
                upkeep::checkpoint, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
        return upkeep;
    }

    private void checkpoint() {
        try {
            execute(source, "CHECKPOINT SYNC");
            erasures.carryOutAll();
            if (worthRewriting(source, SMALL_WHEN_OPEN)) {
                rewrite(source, connections);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "The database could not be forced to disk; what was said since the last time may not survive a"
                            + " power failure",
                    e);
        }
    }

    /** Rewrites the file while everybody waits. The next connection opens it again. */
    static void rewrite(DataSource source, FairConnections connections) throws SQLException {
        long before = System.nanoTime();
        connections.withNoneOpen(() -> execute(source, "SHUTDOWN COMPACT"));
        LOG.info("The database file was compacted in {} ms", (System.nanoTime() - before) / 1_000_000);
    }

    /** Ends the thread; to be called while the connections it works with are still open. */
    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("The last checkpoint of the database is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the database; to be called when nobody uses it any more. */
    void close() {
        shutDown(source);
    }

    /** Closes the database that {@code source} opened. */
    static void shutDown(DataSource source) {
        try {
            execute(source, worthRewriting(source, SMALL_WHEN_CLOSING) ? "SHUTDOWN COMPACT" : "SHUTDOWN");
        } catch (SQLException e) {
            LOG.warn("The database was not closed properly; it will be checked when it is opened again", e);
        }
    }

    private static boolean worthRewriting(DataSource source, long small) throws SQLException {
        Map<String, Long> sizes = new HashMap<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                    SELECT setting_name, setting_value FROM information_schema.settings
                    WHERE setting_name IN ('info.FILE_SIZE', 'info.CHUNKS_FILL_RATE')
                    """)) {
            while (rows.next()) {
                sizes.put(rows.getString(1), Long.valueOf(rows.getString(2)));
            }
        }
        long size = sizes.getOrDefault("info.FILE_SIZE", 0L);
        long living = size / 100 * sizes.getOrDefault("info.CHUNKS_FILL_RATE", 100L);
        return size > small && living < MOST_TO_REWRITE && living * DEAD_SHARE < size;
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
