package loci.database;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import loci.chat.Author;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.Quoted;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.database.Erasing.Erased;
import loci.database.Transactions.Writing;
import loci.database.TurnCodec.Words;
import loci.memory.PastExchange;
import loci.memory.PastExchange.PastTurn;
import loci.memory.Recorded;
import loci.memory.ReplyRecord;
import loci.memory.Role;
import loci.memory.Turn;
import loci.model.ToolCall;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which the log grows: a message, a whole exchange from elsewhere, a new version of a message, an answer. Thread-safe; works
 * in its caller's transaction.
 */
final class Appending {

    private final TurnRows turns;
    private final ReplyRows replies;
    private final Supplier<String> marks;
    private final InstantSource clock;

    Appending(TurnRows turns, ReplyRows replies, Supplier<String> marks, InstantSource clock) {
        this.turns = turns;
        this.replies = replies;
        this.marks = marks;
        this.clock = clock;
    }

    Recorded record(Writing writing, MessagePosted event) {
        Handle handle = writing.handle();
        ConversationRows.Row row = writing.row();
        Optional<Long> before = TurnRows.repeated(handle, row.number(), event.event(), event.message());
        if (before.isPresent()) {
            return new Recorded(before.get(), true);
        }
        long seq = begin(handle, row, event);
        if (event.addressed()) {
            ReplyRows.open(handle, row.number(), seq, writing.conversation().key(seq), clock.instant());
        }
        ConversationRows.update(handle, row.began(seq));
        return new Recorded(seq, false);
    }

    Recorded restore(Writing writing, PastExchange past) {
        Handle handle = writing.handle();
        ConversationRows.Row row = writing.row();
        MessagePosted opening = past.opening();
        Optional<Long> before = TurnRows.repeated(handle, row.number(), opening.event(), opening.message());
        if (before.isPresent()) {
            return new Recorded(before.get(), true);
        }
        long exchange = begin(handle, row, opening);
        ConversationRows.Row grown = row.began(exchange);
        for (PastTurn turn : past.rest()) {
            long seq = turns.free(grown);
            Words words = new Words(Author.LOCI, turn.text(), turn.toolCalls(), turn.answersCall());
            turns.insert(handle, row.number(), seq, exchange, turn.role(), words, turn.message(), null, turn.at());
            grown = grown.appended(seq);
        }
        ConversationRows.update(handle, grown);
        return new Recorded(exchange, false);
    }

    /** How much is sealed of a turn: its calls, and which it answers, stand beside its text in one cell. */
    static long length(PastTurn turn) {
        String answersCall = turn.answersCall();
        long length = turn.text().length();
        length += answersCall == null ? 0 : answersCall.length();
        for (ToolCall call : turn.toolCalls()) {
            length +=
                    call.id().length() + call.name().length() + call.arguments().length();
        }
        return length;
    }

    /** Appends the message that begins an exchange, and returns its number. */
    private long begin(Handle handle, ConversationRows.Row row, MessagePosted event) {
        long seq = turns.free(row);
        Words words = Words.of(event.author(), event.text());
        turns.insert(handle, row.number(), seq, seq, Role.PERSON, words, event.message(), event.event(), event.at());
        Quoted quoted = event.quoted();
        if (quoted != null) {
            TurnRows.quotes(handle, row.number(), seq, quoted.message());
        }
        return seq;
    }

    /** Returns what was erased of the version before, or null where nothing happens. */
    @Nullable
    Erased supersede(Writing writing, MessageEdited event) {
        Handle handle = writing.handle();
        ConversationRows.Row row = writing.row();
        Turn old = turns.holding(handle, row.number(), event.message()).orElse(null);
        if (old == null
                || old.role() != Role.PERSON
                || old.text().equals(event.text())
                || TurnRows.knows(handle, row.number(), event.event())) {
            return null;
        }
        long seq = turns.free(row);
        Words words = Words.of(old.author(), event.text());
        turns.insert(
                handle,
                row.number(),
                seq,
                old.exchange(),
                Role.PERSON,
                words,
                event.message(),
                event.event(),
                event.at());
        return new Erasing(handle, row.appended(seq), clock.instant())
                .erase(new TreeSet<>(List.of(old.seq())), marks.get());
    }

    /** Returns what was erased of the reply that another one is to replace, or null where nothing happens. */
    @Nullable
    Erased again(Writing writing, MessageRef question) {
        Handle handle = writing.handle();
        ConversationRows.Row row = writing.row();
        Turn asked = turns.holding(handle, row.number(), question).orElse(null);
        if (asked == null || !asked.opensExchange()) {
            return null;
        }
        ReplyRows.Row reply =
                ReplyRows.settled(handle, row.number(), asked.exchange()).orElse(null);
        if (reply == null) {
            return null;
        }
        Erased erased =
                new Erasing(handle, row, clock.instant()).replaced(reply.exchange(), reply.answer(), marks.get());
        ReplyRows.reopen(handle, row.number(), reply.exchange());
        return erased;
    }

    boolean finish(Writing writing, ReplyRecord reply, long epoch) {
        Handle handle = writing.handle();
        ConversationRows.Row row = writing.row();
        if (row.epoch() != epoch || !ReplyRows.isOpen(handle, row.number(), reply.exchange())) {
            return false;
        }
        if (reply.kind() != Reply.Kind.ANSWER) {
            replies.finish(handle, row.number(), reply, null, clock.instant());
            return true;
        }
        long seq = turns.free(row);
        Words words = Words.of(Author.LOCI, reply.text());
        turns.insert(handle, row.number(), seq, reply.exchange(), Role.BOT, words, null, null, clock.instant());
        replies.finish(handle, row.number(), reply, seq, clock.instant());
        ConversationRows.update(handle, row.appended(seq));
        return true;
    }
}
