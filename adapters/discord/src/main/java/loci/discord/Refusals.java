package loci.discord;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.discord.DiscordEvents.Located;
import loci.discord.Places.Here;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;

/**
 * Tells people that what they said is not answered: in a direct message, once in a while for each conversation, and by a sign otherwise.
 * Thread-safe.
 */
final class Refusals {

    private static final Duration SAID_ONCE_IN = Duration.ofMinutes(5);
    private static final int MOST = 5_000;

    private final Interactions interactions;
    private final Places places;
    private final InstantSource clock;
    private final Recent<To, Instant> told = new Recent<>(MOST);

    /** Whom it was said to, and what about. */
    private record To(ConversationId conversation, String person) {}

    Refusals(Interactions interactions, Places places, InstantSource clock) {
        this.interactions = interactions;
        this.places = places;
        this.clock = clock;
    }

    void say(MessagePosted refused, CommandAnswer why) {
        if (isToBeSaid(refused) && interactions.answer(refused, why)) {
            return;
        }
        if (places.of(refused.conversation(), refused.message(), null) instanceof Here(MessageChannel channel)) {
            String message = Located.of(refused.message()).message();
            Rest.courtesy("a sign", () -> channel.addReactionById(message, Sending.NOT_ALLOWED));
        }
    }

    private synchronized boolean isToBeSaid(MessagePosted refused) {
        To to = new To(refused.conversation(), refused.author().id());
        Instant now = clock.instant();
        Instant last = told.get(to);
        if (last != null && now.isBefore(last.plus(SAID_ONCE_IN))) {
            return false;
        }
        told.put(to, now);
        return true;
    }
}
