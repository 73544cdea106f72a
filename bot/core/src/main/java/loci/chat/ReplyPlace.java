package loci.chat;

import java.util.List;

/**
 * Where a reply that is being written goes.
 *
 * @param key the key under which it will be delivered
 * @param question the message being answered
 * @param posted the messages that an earlier reply to the same question became, in order: this one takes their place; empty for the first
 */
public record ReplyPlace(String key, ConversationId conversation, MessageRef question, List<MessageRef> posted) {

    public ReplyPlace {
        posted = List.copyOf(posted);
    }
}
