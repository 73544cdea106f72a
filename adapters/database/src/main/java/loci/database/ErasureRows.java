package loci.database;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * SQL on the table {@code erasure}: keys whose destruction is decided but perhaps not yet done. Stateless; each method works in its
 * caller's transaction.
 */
final class ErasureRows {

    /** The erasure that began one epoch of one conversation. */
    record Pending(long conversation, long epoch) {}

    private ErasureRows() {}

    static void insert(Handle handle, Pending erasure, List<CellRange> cells) {
        PreparedBatch batch = handle.prepareBatch("""
            INSERT INTO erasure (conversation, epoch, kind, first_number, last_number)
            VALUES (:conversation, :epoch, :kind, :first, :last)
            """);
        for (CellRange range : cells) {
            batch.bind("conversation", erasure.conversation())
                    .bind("epoch", erasure.epoch())
                    .bind("kind", range.kind().name())
                    .bind("first", range.first())
                    .bind("last", range.last())
                    .add();
        }
        batch.execute();
    }

    /** Everything that is still to be carried out. */
    static Map<Pending, List<CellRange>> all(Handle handle) {
        Map<Pending, List<CellRange>> pending = new LinkedHashMap<>();
        handle.createQuery("SELECT conversation, epoch, kind, first_number, last_number FROM erasure")
                .map((row, all) -> Map.entry(
                        new Pending(row.getLong("conversation"), row.getLong("epoch")),
                        new CellRange(
                                CellKind.valueOf(row.getString("kind")),
                                row.getLong("first_number"),
                                row.getLong("last_number"))))
                .forEach(one -> pending.computeIfAbsent(one.getKey(), erasure -> new ArrayList<>())
                        .add(one.getValue()));
        return pending;
    }

    static void delete(Handle handle, Pending erasure) {
        handle.createUpdate("DELETE FROM erasure WHERE conversation = :conversation AND epoch = :epoch")
                .bind("conversation", erasure.conversation())
                .bind("epoch", erasure.epoch())
                .execute();
    }
}
