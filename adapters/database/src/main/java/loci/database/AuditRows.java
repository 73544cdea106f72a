package loci.database;

import java.time.Instant;
import java.util.List;
import loci.memory.AuditRow;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code audit}. Stateless; each method works in its caller's transaction. */
final class AuditRows {

    private AuditRows() {}

    static void insert(Handle handle, long conversation, AuditRow row) {
        handle.createUpdate("""
            INSERT INTO audit (conversation, run_at, run_by, action, outcome)
            VALUES (:conversation, :at, :by, :action, :outcome)
            """)
                .bind("conversation", conversation)
                .bind("at", SqlTimes.column(row.at()))
                .bind("by", row.by())
                .bind("action", row.action())
                .bind("outcome", row.outcome())
                .execute();
    }

    /** The rows that were noted last, the last one first. */
    static List<AuditRow> newest(Handle handle, long conversation, int limit) {
        return handle.createQuery("""
            SELECT run_at, run_by, action, outcome FROM audit
            WHERE conversation = :conversation
            ORDER BY conversation DESC, number DESC
            FETCH FIRST :limit ROWS ONLY
            """)
                .bind("conversation", conversation)
                .bind("limit", Math.max(0, limit))
                .map((row, all) -> new AuditRow(
                        SqlTimes.read(row, "run_at"),
                        row.getString("run_by"),
                        row.getString("action"),
                        row.getString("outcome")))
                .list();
    }

    static void dropBefore(Handle handle, Instant oldest) {
        handle.createUpdate("DELETE FROM audit WHERE run_at < :oldest")
                .bind("oldest", SqlTimes.column(oldest))
                .execute();
    }
}
