package loci.command;

import java.util.function.Function;
import loci.chat.ChatPlatform.Shown;
import loci.chat.ConversationId;
import loci.command.ChannelRules.Listening;
import loci.memory.ConversationStore;

/**
 * What the bot hears in a conversation, and why no more. Thread-safe.
 *
 * @param rules what holds where a channel chose nothing
 * @param shown what a conversation's platform shows of it
 */
record Earshot(ConversationStore store, ChannelRules rules, Function<ConversationId, Shown> shown) {

    /** What keeps the bot from hearing everything. */
    enum Limit {
        NONE,
        /** The channel is set so. */
        SETTING,
        /** The platform shows no more, whatever is set. */
        PLATFORM
    }

    Limit in(ConversationId conversation) {
        return switch (shown.apply(conversation)) {
            case DIRECT -> Limit.NONE;
            case ADDRESSED -> Limit.PLATFORM;
            case ALL -> rules.in(store.inForce(conversation)).listening() == Listening.ALL ? Limit.NONE : Limit.SETTING;
        };
    }
}
