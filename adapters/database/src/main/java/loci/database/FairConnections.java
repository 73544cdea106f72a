package loci.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Gives the connections of a pool in the order in which they were asked for. The pool itself prefers whoever just gave one back, so that
 * under load some conversations would wait for seconds while others do not wait at all. Thread-safe.
 */
final class FairConnections implements ConnectionFactory {

    private final HikariDataSource pool;
    private final int connections;
    private final Semaphore permits;

    FairConnections(HikariDataSource pool) {
        this.pool = pool;
        this.connections = pool.getMaximumPoolSize();
        this.permits = new Semaphore(connections, true);
    }

    /** Something that needs the database to itself. */
    interface Alone {
        void work() throws SQLException;
    }

    /** Waits for the transactions under way, closes every connection, works, and only then lets anybody have one again. */
    void withNoneOpen(Alone alone) throws SQLException {
        permits.acquireUninterruptibly(connections);
        try {
            pool.getHikariPoolMXBean().softEvictConnections();
            alone.work();
        } finally {
            permits.release(connections);
        }
    }

    @Override
    public Connection openConnection() throws SQLException {
        permits.acquireUninterruptibly();
        boolean opened = false;
        try {
            Connection connection = pool.getConnection();
            // After the database was closed, for rewriting or by itself on a full disk, the pool still holds what it
            // had opened before.
            for (int dead = 0; dead <= 2 * connections && !connection.isValid(0); dead++) {
                pool.evictConnection(connection);
                connection = pool.getConnection();
            }
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                permits.release();
            }
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            connection.close();
        } finally {
            permits.release();
        }
    }
}
