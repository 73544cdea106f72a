package loci.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.ReplyRecord;
import loci.model.Usage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** SQL on the tables {@code reply} and {@code posted}. Thread-safe; each method works in its caller's transaction. */
final class ReplyRows {

    private static final int LONGEST_MODEL_NAME = 200;

    private static final String SELECT =
            "SELECT exchange, reply_key, kind, answer_seq, sealed, below FROM reply WHERE conversation ="
                    + " :conversation ";

    private final SealedTexts texts;

    ReplyRows(SealedTexts texts) {
        this.texts = texts;
    }

    /** A reply that is owed or under way; the answer's turn, or the sealed text of another kind, once it is finished, and what is delivered below it. */
    @SuppressWarnings("ArrayRecordComponent") // rows are never compared
    record Row(
            long exchange,
            String key,
            Reply.@Nullable Kind kind,
            @Nullable Long answer,
            byte @Nullable [] sealed,
            String below) {

        static Row read(ResultSet row) throws SQLException {
            String kind = row.getString("kind");
            return new Row(
                    row.getLong("exchange"),
                    row.getString("reply_key"),
                    kind == null ? null : Reply.Kind.valueOf(kind),
                    row.getObject("answer_seq", Long.class),
                    row.getBytes("sealed"),
                    row.getString("below"));
        }
    }

    static void open(Handle handle, long conversation, long exchange, String key, Instant at) {
        handle.createUpdate("""
            INSERT INTO reply (conversation, exchange, reply_key, state, opened_at)
            VALUES (:conversation, :exchange, :key, 'OPEN', :at)
            """)
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .bind("key", key)
                .bind("at", SqlTimes.column(at))
                .execute();
    }

    /** The oldest open reply. */
    static Optional<Row> oldestOpen(Handle handle, long conversation) {
        return inState(handle, conversation, "OPEN", 1).stream().findFirst();
    }

    static List<Row> finished(Handle handle, long conversation) {
        return inState(handle, conversation, "FINISHED", Integer.MAX_VALUE);
    }

    static List<Row> open(Handle handle, long conversation) {
        return inState(handle, conversation, "OPEN", Integer.MAX_VALUE);
    }

    private static List<Row> inState(Handle handle, long conversation, String state, int limit) {
        return handle.createQuery(SELECT + """
            AND state = :state
            ORDER BY state, conversation, exchange
            FETCH FIRST :limit ROWS ONLY
            """)
                .bind("conversation", conversation)
                .bind("state", state)
                .bind("limit", limit)
                .map((row, all) -> Row.read(row))
                .list();
    }

    static boolean isOpen(Handle handle, long conversation, long exchange) {
        return anyOpen(handle, conversation, exchange, exchange);
    }

    static boolean anyOpen(Handle handle, long conversation, long fromExchange, long toExchange) {
        return handle.createQuery("""
            SELECT 1 FROM reply
            WHERE state = 'OPEN' AND conversation = :conversation AND exchange BETWEEN :from AND :to
            FETCH FIRST ROW ONLY
            """)
                .bind("conversation", conversation)
                .bind("from", fromExchange)
                .bind("to", toExchange)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** @param answer the turn that holds an answer; null for other kinds, whose text is sealed here */
    void finish(Handle handle, long conversation, ReplyRecord reply, @Nullable Long answer, Instant at) {
        String model = reply.model();
        Usage usage = reply.usage();
        handle.createUpdate("""
            UPDATE reply SET state = 'FINISHED', kind = :kind, answer_seq = :answer, sealed = :sealed, below = :below,
                model = :model, counted_tokens = :counted, prompt_tokens = :prompt, cached_tokens = :cached,
                reply_tokens = :reply, reasoning_tokens = :reasoning, finished_at = :at
            WHERE conversation = :conversation AND exchange = :exchange
            """)
                .bind("kind", reply.kind().name())
                .bind("answer", answer)
                .bind("sealed", answer == null ? notice(conversation, reply) : null)
                .bind("below", reply.below())
                .bind("model", model.substring(0, Math.min(model.length(), LONGEST_MODEL_NAME)))
                .bind("counted", reply.countedTokens())
                .bind("prompt", usage.promptTokens())
                .bind("cached", usage.cachedTokens())
                .bind("reply", usage.replyTokens())
                .bind("reasoning", usage.reasoningTokens())
                .bind("at", SqlTimes.column(at))
                .bind("conversation", conversation)
                .bind("exchange", reply.exchange())
                .execute();
    }

    private byte[] notice(long conversation, ReplyRecord reply) {
        return texts.seal(conversation, new Cell(CellKind.NOTICE, reply.exchange()), reply.text());
    }

    /** The text of a finished reply that is no turn; empty where its key is destroyed. */
    Optional<String> notice(long conversation, Row row) {
        byte[] sealed = row.sealed();
        return sealed == null
                ? Optional.empty()
                : texts.open(conversation, new Cell(CellKind.NOTICE, row.exchange()), sealed);
    }

    /** Settles a finished reply and records what it became; nothing happens to one in any other state. */
    static void settle(Handle handle, long conversation, String key, List<MessageRef> messages, Instant at) {
        Optional<Row> finished = handle.createQuery(SELECT + "AND reply_key = :key AND state = 'FINISHED'")
                .bind("conversation", conversation)
                .bind("key", key)
                .map((row, all) -> Row.read(row))
                .findOne();
        finished.ifPresent(row -> {
            handle.createUpdate("""
                UPDATE reply SET state = 'SETTLED', settled_at = :at
                WHERE conversation = :conversation AND exchange = :exchange
                """)
                    .bind("at", SqlTimes.column(at))
                    .bind("conversation", conversation)
                    .bind("exchange", row.exchange())
                    .execute();
            post(handle, conversation, row.exchange(), messages);
            Long answer = row.answer();
            if (answer != null && !messages.isEmpty()) {
                TurnRows.posted(handle, conversation, answer, messages.getFirst());
            }
        });
    }

    private static void post(Handle handle, long conversation, long exchange, List<MessageRef> messages) {
        if (messages.isEmpty()) {
            return;
        }
        handle.createUpdate("DELETE FROM posted WHERE conversation = :conversation AND exchange = :exchange")
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .execute();
        PreparedBatch batch = handle.prepareBatch("""
            INSERT INTO posted (conversation, exchange, part, message_id)
            VALUES (:conversation, :exchange, :part, :message)
            """);
        for (int part = 0; part < messages.size(); part++) {
            batch.bind("conversation", conversation)
                    .bind("exchange", exchange)
                    .bind("part", part)
                    .bind("message", messages.get(part).id())
                    .add();
        }
        batch.execute();
    }

    /** What a reply became when it was delivered, in order. */
    static List<MessageRef> posted(Handle handle, long conversation, long exchange) {
        return handle.createQuery("""
            SELECT message_id FROM posted
            WHERE conversation = :conversation AND exchange = :exchange
            ORDER BY conversation, exchange, part
            """)
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .mapTo(String.class)
                .map(MessageRef::new)
                .list();
    }

    /** The reply of an exchange that is settled. */
    static Optional<Row> settled(Handle handle, long conversation, long exchange) {
        return handle.createQuery(SELECT + "AND exchange = :exchange AND state = 'SETTLED'")
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .map((row, all) -> Row.read(row))
                .findOne();
    }

    /** The turn of the answer that became this message of the platform. */
    static Optional<Long> answerPostedAs(Handle handle, long conversation, MessageRef message) {
        return handle.createQuery("""
            SELECT MAX(reply.answer_seq) AS seq
            FROM posted JOIN reply
                ON reply.conversation = posted.conversation AND reply.exchange = posted.exchange
            WHERE posted.conversation = :conversation AND posted.message_id = :message
            """)
                .bind("conversation", conversation)
                .bind("message", message.id())
                .map((row, all) -> row.getObject("seq", Long.class))
                .findOne();
    }

    /** The exchanges of a range whose reply holds a text of its own. */
    static List<Long> exchangesWithNotice(Handle handle, long conversation, long fromExchange, long toExchange) {
        return handle.createQuery("""
            SELECT exchange FROM reply
            WHERE conversation = :conversation AND exchange BETWEEN :from AND :to AND sealed IS NOT NULL
            """)
                .bind("conversation", conversation)
                .bind("from", fromExchange)
                .bind("to", toExchange)
                .mapTo(Long.class)
                .list();
    }

    static void withdraw(Handle handle, long conversation, long exchange) {
        handle.createUpdate("""
            UPDATE reply SET state = 'WITHDRAWN'
            WHERE conversation = :conversation AND exchange = :exchange
            """)
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .execute();
    }

    /** Undoes the end of a question: its answer was erased before it was delivered, or another one is asked for. */
    static void reopen(Handle handle, long conversation, long exchange) {
        handle.createUpdate("""
            UPDATE reply SET state = 'OPEN', kind = NULL, answer_seq = NULL, sealed = NULL, below = '', model = NULL,
                counted_tokens = NULL, prompt_tokens = NULL, cached_tokens = NULL, reply_tokens = NULL, reasoning_tokens = NULL,
                finished_at = NULL, settled_at = NULL
            WHERE conversation = :conversation AND exchange = :exchange
            """)
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .execute();
    }

    static void dropNotice(Handle handle, long conversation, long exchange) {
        handle.createUpdate(
                        "UPDATE reply SET sealed = NULL WHERE conversation = :conversation AND exchange = :exchange")
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .execute();
    }

    static List<ConversationId> unsettled(Handle handle) {
        return handle.createQuery("""
            SELECT platform, space, channel, thread FROM conversation
            WHERE number IN (SELECT conversation FROM reply WHERE state IN ('OPEN', 'FINISHED'))
            ORDER BY number
            """)
                .map((row, all) -> ConversationRows.id(row))
                .list();
    }
}
