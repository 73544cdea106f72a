package loci.chat;

import java.util.List;

/**
 * A place where people chat: what an adapter offers the engine.
 *
 * <p>The engine calls from many threads at once, but never twice at once for the same question. Blocking is allowed: each call
 * comes on a virtual thread of its own conversation.
 */
public interface ChatPlatform extends AutoCloseable {

    /** The platform part of the {@link ConversationId}s this adapter makes. */
    String name();

    /** Starts to listen: from now on events go to the inbox. Called once. */
    void start(Inbox inbox);

    /**
     * Shows that an answer is being written; may be shown late, thinned out or not at all.
     *
     * @param textSoFar the sanitised beginning of the answer, empty while the model only thinks; a later call may hold a text that
     *     does not continue the earlier one, where an answer had to be begun again
     */
    void progress(ReplyPlace place, String textSoFar);

    /**
     * Takes back what {@link #progress} showed of an answer that will not be finished, because its question was deleted or forgotten.
     * Best effort: nothing is told where it cannot be done.
     */
    default void withdraw(ReplyPlace place) {}

    /**
     * Returns the images of a message for a model to see, at most as many as one prompt should hold. They are fetched anew each time and
     * kept nowhere, so that they are gone with their message.
     *
     * @return empty where the message has none, is gone or cannot be read
     */
    default List<Image> images(ConversationId conversation, MessageRef message) {
        return List.of();
    }

    /**
     * Delivers a finished reply, splitting it where the platform must. A second call with the same key must not post a second
     * message: the adapter finishes or finds the first one. Its text may differ where what the first one quoted was forgotten before its
     * delivery was recorded; then the new text takes the old one's place.
     */
    Delivery deliver(Reply reply);

    /**
     * Says something to the person who gave an event, privately where the platform can: what a command or a confirmation has to say, or
     * why a message is not answered. For {@link ChatEvent.SpaceJoined} it is said to everybody there.
     */
    void answer(ChatEvent invocation, CommandAnswer answer);

    /**
     * Says something to those who run the bot, in the place that its configuration names for that: what is in trouble, and what is well
     * again. Best effort, on a thread that may wait: what cannot be said is at most logged, and nothing is thrown.
     *
     * @param text a sentence or two, without people's words and without secrets
     */
    default void tellOperators(String text) {}

    /** Returns what of a conversation the platform shows the bot. */
    default Shown shown(ConversationId conversation) {
        return Shown.ALL;
    }

    /** What a platform shows of a conversation. */
    enum Shown {
        /** All that is said. */
        ALL,
        /** All that is said, and all of it is said to the bot, as in a direct message. */
        DIRECT,
        /** What is said to the bot, and nothing else. */
        ADDRESSED
    }

    /** Stops listening and returns when no more events will be handed in. */
    @Override
    void close();
}
