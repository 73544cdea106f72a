package loci.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code conversation}. Stateless; each method works in its caller's transaction. */
final class ConversationRows {

    /** What a transaction knows of its conversation. */
    record Row(long number, long nextSeq, long nextDigest, long newestExchange, long living, long epoch, String mark) {

        /** With one more turn, in an exchange that was there. */
        Row appended(long seq) {
            return new Row(number, seq + 1, nextDigest, newestExchange, living + 1, epoch, mark);
        }

        /** With one more turn, which begins an exchange. */
        Row began(long seq) {
            return new Row(number, seq + 1, nextDigest, seq, living + 1, epoch, mark);
        }

        /** With one more digest. */
        Row digested(long digest, String newMark) {
            return new Row(number, nextSeq, digest + 1, newestExchange, living, epoch, newMark);
        }

        /** With so many turns fewer, after one more erasure. */
        Row erased(int turns, String newMark) {
            return new Row(number, nextSeq, nextDigest, newestExchange, living - turns, epoch + 1, newMark);
        }
    }

    private static final String COLUMNS = "number, next_seq, next_digest, newest_exchange, living, epoch, mark";

    private ConversationRows() {}

    static Optional<Numbers.Known> find(Handle handle, ConversationId id) {
        return handle.createQuery("""
            SELECT number, created_at FROM conversation
            WHERE platform = :platform AND space = :space AND channel = :channel AND thread = :thread
            """)
                .bind("platform", id.platform())
                .bind("space", id.space())
                .bind("channel", id.channel())
                .bind("thread", thread(id))
                .map((row, all) -> new Numbers.Known(row.getLong("number"), SqlTimes.read(row, "created_at")))
                .findOne();
    }

    /** Makes the row of a conversation in which nothing was said yet, and returns its number. */
    static long insert(Handle handle, ConversationId id, String mark, Instant at) {
        return handle.createUpdate("""
            INSERT INTO conversation (platform, space, channel, thread, next_seq, next_digest, newest_exchange,
                living, epoch, mark, created_at)
            VALUES (:platform, :space, :channel, :thread, 1, 1, 0, 0, 0, :mark, :at)
            """)
                .bind("platform", id.platform())
                .bind("space", id.space())
                .bind("channel", id.channel())
                .bind("thread", thread(id))
                .bind("mark", mark)
                .bind("at", SqlTimes.column(at))
                .executeAndReturnGeneratedKeys("number")
                .mapTo(Long.class)
                .one();
    }

    static List<ConversationId> within(Handle handle, String platform, String space) {
        return handle.createQuery("""
            SELECT platform, space, channel, thread FROM conversation
            WHERE platform = :platform AND space = :space
            ORDER BY number
            """)
                .bind("platform", platform)
                .bind("space", space)
                .map((row, all) -> id(row))
                .list();
    }

    /** Whose row it is. */
    static ConversationId id(ResultSet row) throws SQLException {
        String thread = row.getString("thread");
        return new ConversationId(
                row.getString("platform"),
                row.getString("space"),
                row.getString("channel"),
                thread.isEmpty() ? null : thread);
    }

    /** Reads the row and holds its lock, which orders the conversation's writers, until the transaction ends. */
    static Row lock(Handle handle, long number) {
        return row(handle, number, " FOR UPDATE");
    }

    static Row read(Handle handle, long number) {
        return row(handle, number, "");
    }

    private static Row row(Handle handle, long number, String lock) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM conversation WHERE number = :number" + lock)
                .bind("number", number)
                .map((row, all) -> new Row(
                        row.getLong("number"),
                        row.getLong("next_seq"),
                        row.getLong("next_digest"),
                        row.getLong("newest_exchange"),
                        row.getLong("living"),
                        row.getLong("epoch"),
                        row.getString("mark")))
                .one();
    }

    /** Writes back a row that was {@linkplain #lock locked} and changed. */
    static void update(Handle handle, Row row) {
        handle.createUpdate("""
            UPDATE conversation SET next_seq = :seq, next_digest = :digest, newest_exchange = :newest,
                living = :living, epoch = :epoch, mark = :mark
            WHERE number = :number
            """)
                .bind("seq", row.nextSeq())
                .bind("digest", row.nextDigest())
                .bind("newest", row.newestExchange())
                .bind("living", row.living())
                .bind("epoch", row.epoch())
                .bind("mark", row.mark())
                .bind("number", row.number())
                .execute();
    }

    /** A unique constraint takes nulls for different from each other, so that no thread is an empty text. */
    private static String thread(ConversationId id) {
        String thread = id.thread();
        return thread == null ? "" : thread;
    }
}
