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
 * disk and erasures that could not be carried out are tried again; at the end, the file is closed and, where most of it is dead,
 * rewritten.
 */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long MEGABYTE = 1L << 20;

    /** Rewriting takes about a second per hundred megabytes of living pages; more than that is not worth a user's waiting. */
    private static final long MOST_TO_REWRITE = 200 * MEGABYTE;

    private static final long SMALL_FILE = 16 * MEGABYTE;
    private static final int DEAD_SHARE = 3;

    private final DataSource source;
    private final PendingErasures erasures;
    private final ScheduledExecutorService thread;

    private Upkeep(DataSource source, PendingErasures erasures) {
        this.source = source;
        this.erasures = erasures;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("database-upkeep").factory());
    }

    static Upkeep start(DataSource source, PendingErasures erasures, Duration every) {
        Upkeep upkeep = new Upkeep(source, erasures);
        var _ = upkeep.thread.scheduleWithFixedDelay(
                upkeep::checkpoint, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
        return upkeep;
    }

    private void checkpoint() {
        try {
            execute(source, "CHECKPOINT SYNC");
            erasures.carryOutAll();
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "The database could not be forced to disk; what was said since the last time may not survive a"
                            + " power failure",
                    e);
        }
    }

    /** Ends the thread, then closes the database; to be called when nobody uses it any more. */
    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("The last checkpoint of the database is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shutDown(source);
    }

    /** Closes the database that {@code source} opened. */
    static void shutDown(DataSource source) {
        try {
            execute(source, worthRewriting(source) ? "SHUTDOWN COMPACT" : "SHUTDOWN");
        } catch (SQLException e) {
            LOG.warn("The database was not closed properly; it will be checked when it is opened again", e);
        }
    }

    private static boolean worthRewriting(DataSource source) throws SQLException {
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
        return size > SMALL_FILE && living < MOST_TO_REWRITE && living * DEAD_SHARE < size;
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
