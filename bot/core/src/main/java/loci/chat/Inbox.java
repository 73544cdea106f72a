package loci.chat;

import java.time.Instant;
import java.util.List;
import loci.chat.ChatEvent.MessagePosted;

/** Where adapters hand in what happened; the engine's entrance. */
public interface Inbox {

    /**
     * Takes an event. When this returns, the platform may be acknowledged and the process may die: a message, an edit or a deletion is
     * durable, and so is it that a place is gone, whose messages go a little later. A command is only taken up, since whoever ran it sees whether it answers, and runs it again where it does not.
     *
     * <p>Safe to call from any thread. Returns in milliseconds: it waits for the database and never for a model.
     *
     * @throws RuntimeException if the event could not be stored; the platform must not be acknowledged, so that it delivers again
     */
    Acceptance accept(ChatEvent event);

    /**
     * Returns the conversation that a message in a public thread belongs to: its channel's, or one of its own where the channel keeps its
     * threads apart. As fast and as safe to call as {@link #accept}.
     *
     * @param channel the conversation of the channel that the thread is in
     * @param thread the platform's id of the thread
     */
    default ConversationId inThread(ConversationId channel, String thread) {
        return channel;
    }

    /**
     * Takes a message that was said too long ago to be answered: it is kept as one said to the bot, and no reply is owed to it. Otherwise as
     * {@link #accept}.
     */
    default Acceptance remember(MessagePosted message) {
        return accept(message);
    }

    /** Returns a platform's conversations of which something is remembered, the one last spoken in first. For the start of a connection. */
    default List<ConversationId> conversations(String platform) {
        return List.of();
    }

    /**
     * Returns the platform's ids of the newest remembered messages of people, newest first. It reads back so far at most as a start can afford.
     *
     * @param most how many at most
     */
    default List<MessageRef> lately(ConversationId conversation, int most) {
        return List.of();
    }

    /**
     * Returns whether what is not said to the bot is listened to there. As fast and as safe to call as {@link #accept}; adapters need not
     * ask, but may spare themselves fetching what would be ignored.
     */
    default boolean hearsAll(ConversationId conversation) {
        return true;
    }

    /**
     * Returns when somebody last changed what is listened to there: what was said earlier was heard at its time, or was not to be, and must
     * not be fetched later. {@link Instant#EPOCH} where nobody did.
     */
    default Instant heardFrom(ConversationId conversation) {
        return Instant.EPOCH;
    }

    /**
     * Returns whether all that an answer was made from is still remembered, so that it may be shown to others. It errs on the side of
     * forgetting: whatever else of the conversation is forgotten, edited or answered anew ends that too. As safe to call as {@link #accept}.
     *
     * @throws RuntimeException if that cannot be known at the moment
     */
    default boolean stands(CommandAnswer.Basis madeFrom) {
        return false;
    }

    /** What became of an event that was handed in. */
    enum Acceptance {
        /** Stored, and on its way. */
        ACCEPTED,
        /** Seen before; nothing was changed. */
        REPEATED,
        /** Understood and left alone: nothing in it is for the bot. */
        IGNORED,
        /** Not stored and not answered; whoever wrote it is told why by {@link ChatPlatform#answer}. */
        REFUSED
    }
}
