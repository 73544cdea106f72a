package loci.discord.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as the gateway tells it.
 *
 * @param intents a session hears of it where it asked for any of these; 0 is for everyone
 * @param channel the event is kept from a bot that cannot see this channel
 * @param body what is sent to a session with these intents
 */
record Event(
        String type,
        @Nullable Guild guild,
        @Nullable Channel channel,
        int intents,
        Function<Integer, ObjectNode> body) {}
