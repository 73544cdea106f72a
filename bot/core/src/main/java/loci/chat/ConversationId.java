package loci.chat;

import org.jspecify.annotations.Nullable;

/**
 * Names a conversation, Loci's durable unit of memory: one per channel, and one per thread only where threads are kept apart
 * (private threads, direct messages, {@code memory.threads: separate}).
 *
 * <p>Immutable. Every part has 1 to 200 characters and no control characters.
 *
 * @param platform the adapter's name, such as {@code discord}, {@code slack} or {@code console}
 * @param space the guild or workspace
 * @param channel the channel within the space
 * @param thread the thread within the channel, or null where the channel's own conversation is meant
 */
public record ConversationId(
        String platform,
        String space,
        String channel,
        @Nullable String thread) {

    public ConversationId {
        Identifiers.require("platform", platform);
        Identifiers.require("space", space);
        Identifiers.require("channel", channel);
        if (thread != null) {
            Identifiers.require("thread", thread);
        }
    }

    /** Returns the conversation of a whole channel. */
    public static ConversationId ofChannel(String platform, String space, String channel) {
        return new ConversationId(platform, space, channel, null);
    }

    @Override
    public String toString() {
        String place = platform + "/" + space + "/" + channel;
        return thread == null ? place : place + "/" + thread;
    }
}
