package loci.memory;

import java.util.List;
import loci.chat.Author;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.ReplyPlace;

/**
 * An addressed turn that has no reply yet.
 *
 * @param exchange the exchange that the message opened
 * @param key the idempotency key of its reply, recorded with the question itself
 * @param message the platform's id of the question
 * @param author who asks
 * @param posted the messages that an earlier reply to it became, where another one was asked for
 */
public record OpenQuestion(long exchange, String key, MessageRef message, Author author, List<MessageRef> posted) {

    public OpenQuestion {
        posted = List.copyOf(posted);
    }

    /** Returns where its reply goes. */
    public ReplyPlace place(ConversationId conversation) {
        return new ReplyPlace(key, conversation, message, posted);
    }
}
