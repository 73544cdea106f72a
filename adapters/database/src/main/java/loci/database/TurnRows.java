package loci.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.database.TurnCodec.Words;
import loci.memory.Exchanges;
import loci.memory.Role;
import loci.memory.Turn;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * SQL on the table {@code turn}, and the sealing of what is in it. Thread-safe; each method works in its caller's transaction.
 *
 * <p>Queries name the conversation in ORDER BY too: only then does H2 walk the index in that order, instead of sorting a conversation.
 */
final class TurnRows {

    /** The order in which turns are read: by exchange, its opening message first. */
    private static final Comparator<Turn> READING = Comparator.comparingLong(Turn::exchange)
            .thenComparing(turn -> !turn.opensExchange())
            .thenComparingLong(Turn::seq);

    private static final String SELECT =
            "SELECT seq, exchange, role, message_id, said_at, sealed FROM turn WHERE conversation = :conversation ";

    private final SealedTexts texts;

    TurnRows(SealedTexts texts) {
        this.texts = texts;
    }

    /** A living turn as stored. */
    @SuppressWarnings("ArrayRecordComponent") // rows are never compared
    record Row(long seq, long exchange, Role role, @Nullable String message, Instant at, byte[] sealed) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("seq"),
                    row.getLong("exchange"),
                    Role.valueOf(row.getString("role")),
                    row.getString("message_id"),
                    SqlTimes.read(row, "said_at"),
                    row.getBytes("sealed"));
        }
    }

    /** The number for the next turn. */
    long free(ConversationRows.Row conversation) {
        return texts.free(conversation.number(), CellKind.TURN, conversation.nextSeq());
    }

    void insert(
            Handle handle,
            long conversation,
            long seq,
            long exchange,
            Role role,
            Words words,
            @Nullable MessageRef message,
            @Nullable EventId event,
            Instant at) {
        handle.createUpdate("""
            INSERT INTO turn (conversation, seq, exchange, role, message_id, event_id, said_at, sealed)
            VALUES (:conversation, :seq, :exchange, :role, :message, :event, :at, :sealed)
            """)
                .bind("conversation", conversation)
                .bind("seq", seq)
                .bind("exchange", exchange)
                .bind("role", role.name())
                .bind("message", message == null ? null : message.id())
                .bind("event", event == null ? null : event.id())
                .bind("at", SqlTimes.column(at))
                .bind("sealed", texts.seal(conversation, Cell.turn(seq), TurnCodec.encode(words)))
                .execute();
    }

    /** The newest turn, erased or not, that this event or this message brought. */
    static Optional<Long> repeated(Handle handle, long conversation, EventId event, MessageRef message) {
        return handle.createQuery("""
            SELECT MAX(seq) AS seq FROM (
                SELECT seq FROM turn WHERE conversation = :conversation AND event_id = :event
                UNION ALL
                SELECT seq FROM turn WHERE conversation = :conversation AND message_id = :message) AS same
            """)
                .bind("conversation", conversation)
                .bind("event", event.id())
                .bind("message", message.id())
                .map((row, all) -> row.getObject("seq", Long.class))
                .findOne();
    }

    static boolean knows(Handle handle, long conversation, EventId event) {
        return handle.createQuery("SELECT 1 FROM turn WHERE conversation = :conversation AND event_id = :event")
                .bind("conversation", conversation)
                .bind("event", event.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    Optional<Turn> holding(Handle handle, long conversation, MessageRef message) {
        return handle
                .createQuery(SELECT + "AND message_id = :message AND exchange IS NOT NULL")
                .bind("conversation", conversation)
                .bind("message", message.id())
                .map((row, all) -> Row.read(row))
                .stream()
                .max(Comparator.comparingLong(Row::seq))
                .flatMap(row -> open(conversation, row));
    }

    Optional<Turn> numbered(Handle handle, long conversation, long seq) {
        return handle.createQuery(SELECT + "AND seq = :seq AND exchange IS NOT NULL")
                .bind("conversation", conversation)
                .bind("seq", seq)
                .map((row, all) -> Row.read(row))
                .findOne()
                .flatMap(row -> open(conversation, row));
    }

    /** The newest version of the message that began an exchange. */
    Optional<Turn> opening(Handle handle, long conversation, long exchange) {
        return handle.createQuery(SELECT + "AND exchange = :exchange AND role = 'PERSON'")
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .map((row, all) -> Row.read(row))
                .findOne()
                .flatMap(row -> open(conversation, row));
    }

    /** Whether the message that began an exchange is still there, in any version. */
    static boolean hasOpening(Handle handle, long conversation, long exchange) {
        return handle.createQuery("""
            SELECT 1 FROM turn
            WHERE conversation = :conversation AND exchange = :exchange AND role = 'PERSON'
            FETCH FIRST ROW ONLY
            """)
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Whether an exchange has a turn that is not erased. */
    static boolean lives(Handle handle, long conversation, long exchange) {
        return handle.createQuery("""
            SELECT 1 FROM turn
            WHERE conversation = :conversation AND exchange = :exchange
            FETCH FIRST ROW ONLY
            """)
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** All of one exchange, in reading order. */
    List<Turn> exchange(Handle handle, long conversation, long exchange) {
        return open(conversation, all(handle, conversation, exchange));
    }

    /**
     * A page of a range, newest row first and still sealed.
     *
     * @param last the last row of the page before; null for the first page
     */
    static List<Row> newest(Handle handle, long conversation, Exchanges within, @Nullable Row last, int rows) {
        return handle.createQuery(SELECT + """
            AND exchange BETWEEN :from AND :to AND (exchange < :to OR seq < :before)
            ORDER BY conversation DESC, exchange DESC, seq DESC
            FETCH FIRST :rows ROWS ONLY
            """)
                .bind("conversation", conversation)
                .bind("from", within.from())
                .bind("to", last == null ? within.to() : last.exchange())
                .bind("before", last == null ? Long.MAX_VALUE : last.seq())
                .bind("rows", rows)
                .map((row, all) -> Row.read(row))
                .list();
    }

    /** The oldest turns of a range, at most {@code limit} but at least one exchange, whole exchanges only, in reading order. */
    List<Turn> oldest(Handle handle, long conversation, Exchanges within, int limit) {
        // One row more than the limit, to see whether the last exchange goes on.
        List<Row> rows = oldestRows(handle, conversation, within, Math.max(0, limit) + 1L);
        List<Row> whole = whole(rows, Math.max(0, limit));
        if (whole.isEmpty() && !rows.isEmpty()) {
            whole = all(handle, conversation, rows.getFirst().exchange());
        }
        return open(conversation, whole);
    }

    private static List<Row> all(Handle handle, long conversation, long exchange) {
        return oldestRows(handle, conversation, new Exchanges(exchange, exchange), Long.MAX_VALUE);
    }

    private static List<Row> oldestRows(Handle handle, long conversation, Exchanges within, long rows) {
        return handle.createQuery(SELECT + """
            AND exchange BETWEEN :from AND :to
            ORDER BY conversation, exchange, seq
            FETCH FIRST :rows ROWS ONLY
            """)
                .bind("conversation", conversation)
                .bind("from", within.from())
                .bind("to", within.to())
                .bind("rows", rows)
                .map((row, all) -> Row.read(row))
                .list();
    }

    private static List<Row> whole(List<Row> rows, int limit) {
        if (rows.size() <= limit) {
            return rows;
        }
        long cut = rows.get(limit).exchange();
        return rows.stream().limit(limit).filter(row -> row.exchange() != cut).toList();
    }

    /** How many turns of a range are not erased. */
    static long living(Handle handle, long conversation, long fromExchange, long toExchange) {
        return handle.createQuery("""
            SELECT COUNT(*) FROM turn
            WHERE conversation = :conversation AND exchange BETWEEN :from AND :to
            """)
                .bind("conversation", conversation)
                .bind("from", fromExchange)
                .bind("to", toExchange)
                .mapTo(Long.class)
                .one();
    }

    /** Records under which message of the platform a turn was posted. */
    static void posted(Handle handle, long conversation, long seq, MessageRef message) {
        handle.createUpdate("UPDATE turn SET message_id = :message WHERE conversation = :conversation AND seq = :seq")
                .bind("message", message.id())
                .bind("conversation", conversation)
                .bind("seq", seq)
                .execute();
    }

    /** Records which message the message that begins an exchange quotes. */
    static void quotes(Handle handle, long conversation, long exchange, MessageRef quoted) {
        handle.createUpdate("UPDATE turn SET quotes = :quoted WHERE conversation = :conversation AND seq = :seq")
                .bind("quoted", quoted.id())
                .bind("conversation", conversation)
                .bind("seq", exchange)
                .execute();
    }

    /** Which message the one that began an exchange quotes, also where a newer version has taken its place. */
    static Optional<MessageRef> quotedBy(Handle handle, long conversation, long exchange) {
        return handle.createQuery(
                        "SELECT quotes FROM turn WHERE conversation = :conversation AND seq = :seq AND quotes IS NOT"
                                + " NULL")
                .bind("conversation", conversation)
                .bind("seq", exchange)
                .mapTo(String.class)
                .map(MessageRef::new)
                .findOne();
    }

    /** The turn that now holds a message of the platform, or the answer of which it is a part. */
    Optional<Turn> find(Handle handle, long conversation, MessageRef message) {
        return holding(handle, conversation, message)
                .or(() -> ReplyRows.answerPostedAs(handle, conversation, message)
                        .flatMap(seq -> numbered(handle, conversation, seq)));
    }

    /** What these rows say, in reading order. */
    List<Turn> open(long conversation, List<Row> rows) {
        List<Turn> turns = new ArrayList<>(rows.size());
        for (Row row : rows) {
            open(conversation, row).ifPresent(turns::add);
        }
        turns.sort(READING);
        return turns;
    }

    /** Empty where an erasure that began after this transaction has destroyed the key already. */
    private Optional<Turn> open(long conversation, Row row) {
        return texts.open(conversation, Cell.turn(row.seq()), row.sealed())
                .map(TurnCodec::decode)
                .map(words -> new Turn(
                        row.seq(),
                        row.exchange(),
                        row.role(),
                        words.author(),
                        row.message() == null ? null : new MessageRef(row.message()),
                        words.text(),
                        row.at(),
                        words.toolCalls(),
                        words.answersCall()));
    }
}
