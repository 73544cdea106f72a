package loci.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Supplier;
import loci.memory.Digest;
import loci.memory.Exchanges;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** SQL on the table {@code digest}, and the sealing of what is in it. Thread-safe; each method works in its caller's transaction. */
final class DigestRows {

    private static final char VERSION = '1';

    private final SealedTexts texts;

    DigestRows(SealedTexts texts) {
        this.texts = texts;
    }

    /** A node of the tree as stored; {@code covered} counts the living turns in its range. */
    @SuppressWarnings("ArrayRecordComponent") // rows are never compared
    record Row(long number, int level, Exchanges covers, int turns, long covered, Instant at, byte[] sealed) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("number"),
                    row.getInt("level"),
                    new Exchanges(row.getLong("from_exchange"), row.getLong("to_exchange")),
                    row.getInt("turns"),
                    row.getLong("covered"),
                    SqlTimes.read(row, "made_at"),
                    row.getBytes("sealed"));
        }
    }

    /** The nodes below a parent, or the frontier where that is null; oldest first. */
    static List<Row> below(Handle handle, long conversation, @Nullable Long parent) {
        Query query = handle.createQuery("""
            SELECT number, level, from_exchange, to_exchange, turns, covered, made_at, sealed FROM digest
            WHERE conversation = :conversation AND parent %s
            ORDER BY from_exchange
            """.formatted(parent == null ? "IS NULL" : "= :parent"));
        if (parent != null) {
            query.bind("parent", parent);
        }
        return query.bind("conversation", conversation)
                .map((row, all) -> Row.read(row))
                .list();
    }

    /**
     * Adds a digest, as the parent of those it covers.
     *
     * @param marks asked for the conversation's new mark where the digest is added
     * @return false where {@link loci.memory.ConversationStore#commit} says so
     */
    boolean fold(Handle handle, ConversationRows.Row conversation, Digest digest, long epoch, Supplier<String> marks) {
        Exchanges range = digest.covers();
        if (conversation.epoch() != epoch
                || range.to() > conversation.newestExchange()
                || ReplyRows.anyOpen(handle, conversation.number(), range.from(), range.to())) {
            return false;
        }
        List<Row> children = below(handle, conversation.number(), null).stream()
                .filter(other -> other.covers().from() <= range.to()
                        && range.from() <= other.covers().to())
                .toList();
        if (!children.stream().allMatch(child -> range.covers(child.covers()) && child.level() < digest.level())) {
            return false;
        }
        long number = texts.free(conversation.number(), CellKind.DIGEST, conversation.nextDigest());
        long covered = covered(handle, conversation.number(), range, children);
        insert(handle, conversation.number(), digest.numbered(number), covered, children);
        ConversationRows.update(handle, conversation.digested(number, marks.get()));
        return true;
    }

    /** The living turns of a range: those its children know of, and those counted in the gaps between them. */
    private static long covered(Handle handle, long conversation, Exchanges range, List<Row> children) {
        long covered = 0;
        long next = range.from();
        for (Row child : children) {
            covered +=
                    TurnRows.living(handle, conversation, next, child.covers().from() - 1) + child.covered();
            next = child.covers().to() + 1;
        }
        return covered + TurnRows.living(handle, conversation, next, range.to());
    }

    private void insert(Handle handle, long conversation, Digest digest, long covered, List<Row> children) {
        handle.createUpdate("""
            INSERT INTO digest (conversation, number, level, from_exchange, to_exchange, turns, covered, sealed, made_at)
            VALUES (:conversation, :number, :level, :from, :to, :turns, :covered, :sealed, :at)
            """)
                .bind("conversation", conversation)
                .bind("number", digest.number())
                .bind("level", digest.level())
                .bind("from", digest.covers().from())
                .bind("to", digest.covers().to())
                .bind("turns", digest.turns())
                .bind("covered", covered)
                .bind("sealed", texts.seal(conversation, Cell.digest(digest.number()), encode(digest)))
                .bind("at", SqlTimes.column(digest.at()))
                .execute();
        for (Row child : children) {
            handle.createUpdate("UPDATE digest SET parent = :parent WHERE conversation = :conversation AND number ="
                            + " :number")
                    .bind("parent", digest.number())
                    .bind("conversation", conversation)
                    .bind("number", child.number())
                    .execute();
        }
    }

    /** Every digest made from one of these exchanges. Only subtrees that hold one are entered. */
    static List<Row> madeFrom(Handle handle, long conversation, NavigableSet<Long> exchanges) {
        List<Row> stale = new ArrayList<>();
        Deque<Row> unseen = new ArrayDeque<>(below(handle, conversation, null));
        while (!unseen.isEmpty()) {
            Row row = unseen.pop();
            Long nearest = exchanges.ceiling(row.covers().from());
            if (nearest != null && nearest <= row.covers().to()) {
                stale.add(row);
                unseen.addAll(below(handle, conversation, row.number()));
            }
        }
        return stale;
    }

    /** Removes these digests; what they were folded from becomes frontier again. */
    static void delete(Handle handle, long conversation, List<Row> stale) {
        if (stale.isEmpty()) {
            return;
        }
        PreparedBatch orphan = handle.prepareBatch(
                "UPDATE digest SET parent = NULL WHERE conversation = :conversation AND parent = :number");
        PreparedBatch delete =
                handle.prepareBatch("DELETE FROM digest WHERE conversation = :conversation AND number = :number");
        for (Row row : stale) {
            orphan.bind("conversation", conversation)
                    .bind("number", row.number())
                    .add();
            delete.bind("conversation", conversation)
                    .bind("number", row.number())
                    .add();
        }
        orphan.execute();
        delete.execute();
    }

    List<Digest> open(long conversation, List<Row> rows) {
        return rows.stream().flatMap(row -> open(conversation, row).stream()).toList();
    }

    private Optional<Digest> open(long conversation, Row row) {
        return texts.open(conversation, Cell.digest(row.number()), row.sealed()).map(encoded -> {
            TextFields.Reader fields = new TextFields.Reader(VERSION, encoded);
            return new Digest(
                    row.number(), row.level(), row.covers(), row.turns(), fields.next(), fields.next(), row.at());
        });
    }

    private static String encode(Digest digest) {
        return new TextFields.Writer(VERSION)
                .add(digest.contentHash())
                .add(digest.text())
                .joined();
    }
}
