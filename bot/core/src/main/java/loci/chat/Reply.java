package loci.chat;

import java.util.List;

/**
 * What the bot says to one addressed message, sanitised for sending but not yet rendered in a platform's markup.
 *
 * @param key the idempotency key, recorded before anything is sent: at most 25 characters of {@code [a-z0-9-]}, the same for every
 *     attempt to deliver this reply
 * @param conversation where the question was asked
 * @param question the message that is answered
 * @param askedBy who asked
 * @param text what to send; never blank
 * @param kind whose words these are
 * @param posted the messages that an earlier reply to the same question became, in order, whose place this one takes; mostly empty
 */
public record Reply(
        String key,
        ConversationId conversation,
        MessageRef question,
        Author askedBy,
        String text,
        Kind kind,
        List<MessageRef> posted) {

    public Reply {
        posted = List.copyOf(posted);
    }

    /** The first reply to its question. */
    public Reply(String key, ConversationId conversation, MessageRef question, Author askedBy, String text, Kind kind) {
        this(key, conversation, question, askedBy, text, kind, List.of());
    }

    /** Returns where it goes. */
    public ReplyPlace place() {
        return new ReplyPlace(key, conversation, question, posted);
    }

    /** Whose words a reply holds, and so whether they are remembered. */
    public enum Kind {
        /** The model's words; they become a turn. */
        ANSWER,
        /** Loci's words, saying why there is no answer; shown and not remembered. */
        FAILURE,
        /** Loci's words that are answer enough, such as help; shown and not remembered. */
        NOTICE
    }
}
