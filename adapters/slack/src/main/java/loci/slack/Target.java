package loci.slack;

import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.slack.SlackEvents.Located;
import loci.slack.SlackEvents.Place;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer goes.
 *
 * @param thread the thread it goes to; null where it stands in the channel
 * @param question the {@code ts} of the message that is answered
 */
record Target(String team, String channel, @Nullable String thread, String question) {

    /** @param inThread whether an answer to what stands in a channel opens a thread under it; in direct messages it never does */
    static Target of(ConversationId conversation, MessageRef message, boolean inThread) {
        Located at = Located.of(message);
        String channel = conversation.channel();
        String opened = inThread && !SlackEvents.isDirect(channel) ? at.ts() : null;
        return new Target(conversation.space(), channel, at.thread() == null ? opened : at.thread(), at.ts());
    }

    /** The name of a message of the answer. */
    MessageRef message(String ts) {
        return new Place(team, channel, thread).message(ts);
    }
}
