package loci.database;

import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.OpenQuestion;
import loci.memory.ReplyRecord;
import loci.memory.Turn;
import org.jdbi.v3.core.Handle;

/** Reads what a conversation is owed, from replies and the turns they belong to. Thread-safe; works in its caller's transaction. */
final class Deliveries {

    private final TurnRows turns;
    private final ReplyRows replies;

    Deliveries(TurnRows turns, ReplyRows replies) {
        this.turns = turns;
        this.replies = replies;
    }

    Optional<OpenQuestion> nextQuestion(Handle handle, long conversation) {
        return ReplyRows.oldestOpen(handle, conversation)
                .flatMap(reply -> turns.opening(handle, conversation, reply.exchange())
                        .map(question -> new OpenQuestion(
                                reply.exchange(),
                                reply.key(),
                                messageOf(question),
                                question.author(),
                                ReplyRows.posted(handle, conversation, reply.exchange()))));
    }

    List<Reply> undelivered(Handle handle, ConversationId conversation, long number) {
        return ReplyRows.finished(handle, number).stream()
                .flatMap(row -> reply(handle, conversation, number, row).stream())
                .toList();
    }

    private Optional<Reply> reply(Handle handle, ConversationId conversation, long number, ReplyRows.Row row) {
        Long answer = row.answer();
        Optional<String> text = answer == null
                ? replies.notice(number, row)
                : turns.numbered(handle, number, answer).map(Turn::text);
        Optional<Turn> question = turns.opening(handle, number, row.exchange());
        Reply.Kind kind = row.kind();
        if (text.isEmpty() || question.isEmpty() || kind == null) {
            return Optional.empty();
        }
        return Optional.of(new Reply(
                row.key(),
                conversation,
                messageOf(question.get()),
                question.get().author(),
                ReplyRecord.delivered(text.get(), row.below()),
                kind,
                ReplyRows.posted(handle, number, row.exchange())));
    }

    private static MessageRef messageOf(Turn question) {
        MessageRef message = question.message();
        if (message == null) {
            throw new IllegalStateException("turn " + question.seq() + " is a person's and has no message id");
        }
        return message;
    }
}
