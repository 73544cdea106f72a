package loci.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import loci.memory.ConversationStatus;
import org.jdbi.v3.core.Handle;

/** SQL over the tables of all conversations, for how each of them stands. Stateless; works in its caller's transaction. */
final class StatusRows {

    /**
     * Each part reads an index as far as what it counts, so that no conversation costs more the longer it is, or the more others there are:
     * with {@code state IN (...)} H2 would read every conversation's replies. ORDER BY names the conversation for the reason that
     * {@link TurnRows} gives. No turn has the next number yet. A tombstone keeps its time, so that an edited question is as old as it is.
     */
    static final String ALL = """
        SELECT platform, space, channel, thread, living,
            (SELECT COUNT(*) FROM digest
                WHERE digest.conversation = conversation.number AND parent IS NULL) AS digests,
            (SELECT COUNT(*) FROM pin WHERE pin.conversation = conversation.number) AS pinned,
            (SELECT COUNT(*) FROM reply
                WHERE state = 'OPEN' AND reply.conversation = conversation.number) AS unanswered,
            (SELECT COUNT(*) FROM reply
                WHERE state = 'FINISHED' AND reply.conversation = conversation.number) AS undelivered,
            (SELECT said_at FROM turn
                WHERE turn.conversation = conversation.number AND exchange >= 1
                ORDER BY turn.conversation DESC, exchange DESC, seq DESC
                FETCH FIRST ROW ONLY) AS last_said,
            (SELECT said_at FROM turn
                WHERE turn.conversation = conversation.number AND seq = LEAST(
                    COALESCE((SELECT MIN(reply.exchange) FROM reply
                        WHERE state = 'OPEN' AND reply.conversation = conversation.number), next_seq),
                    COALESCE((SELECT MIN(reply.exchange) FROM reply
                        WHERE state = 'FINISHED' AND reply.conversation = conversation.number), next_seq))) AS oldest_owed
        FROM conversation
        WHERE newest_exchange >= 1
        ORDER BY last_said DESC NULLS LAST, number
        """;

    private StatusRows() {}

    static List<ConversationStatus> all(Handle handle) {
        return handle.createQuery(ALL).map((row, all) -> read(row)).list();
    }

    private static ConversationStatus read(ResultSet row) throws SQLException {
        return new ConversationStatus(
                ConversationRows.id(row),
                row.getLong("living"),
                row.getInt("digests"),
                row.getInt("pinned"),
                row.getInt("unanswered"),
                row.getInt("undelivered"),
                time(row, "last_said"),
                time(row, "oldest_owed"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
