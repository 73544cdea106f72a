package loci.chat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a platform, normalised. Adapters build these; the engine is the only reader.
 *
 * <p>All implementations are immutable records. {@link #at} is the platform's time of the event, not of its arrival.
 */
public sealed interface ChatEvent {

    EventId event();

    ConversationId conversation();

    Instant at();

    /**
     * A message was posted.
     *
     * @param addressed whether the bot is expected to answer (mentioned, replied to, a direct message); other messages are only
     *     remembered
     * @param quoted the message that it replies to or points at; null where there is none
     */
    record MessagePosted(
            EventId event,
            ConversationId conversation,
            MessageRef message,
            Author author,
            String text,
            Instant at,
            boolean addressed,
            @Nullable Quoted quoted)
            implements ChatEvent {

        /** A message that quotes none. */
        public MessagePosted(
                EventId event,
                ConversationId conversation,
                MessageRef message,
                Author author,
                String text,
                Instant at,
                boolean addressed) {
            this(event, conversation, message, author, text, at, addressed, null);
        }

        /** The same message, to be answered or not. */
        public MessagePosted addressed(boolean toBeAnswered) {
            return new MessagePosted(event, conversation, message, author, text, at, toBeAnswered, quoted);
        }

        /** The same message, quoting another or none. */
        public MessagePosted quoting(@Nullable Quoted other) {
            return new MessagePosted(event, conversation, message, author, text, at, addressed, other);
        }

        /** The same message with another text. */
        public MessagePosted saying(String words) {
            return new MessagePosted(event, conversation, message, author, words, at, addressed, quoted);
        }
    }

    /**
     * The message that another one replies to or points at, as the platform has it now.
     *
     * @param author who wrote it; empty where it is the bot's own, or cannot be told: then it is looked for in the log alone
     * @param text what it says; blank where the platform does not show it
     * @param at when it was posted
     */
    record Quoted(MessageRef message, Optional<Author> author, String text, Instant at) {}

    /** A message that was posted earlier now reads differently. */
    record MessageEdited(EventId event, ConversationId conversation, MessageRef message, String text, Instant at)
            implements ChatEvent {}

    /** A message that was posted earlier is gone. */
    record MessageDeleted(EventId event, ConversationId conversation, MessageRef message, Instant at)
            implements ChatEvent {}

    /**
     * Someone ran one of Loci's commands.
     *
     * @param name the command without its slash, in lower case
     * @param arguments the rest of the line, trimmed; may be empty
     * @param picked the message that it was run on; null where it was run on none
     * @param admitted whether the platform itself keeps the command from those who do not manage the place, as it was asked to, and
     *     let this person run it: who manages the place may have opened it to more people there
     */
    record CommandInvoked(
            EventId event,
            ConversationId conversation,
            Caller caller,
            String name,
            String arguments,
            Instant at,
            @Nullable Picked picked,
            boolean admitted)
            implements ChatEvent {

        /** Run on no message, by somebody whom the platform itself would keep from nothing. */
        public CommandInvoked(
                EventId event, ConversationId conversation, Caller caller, String name, String arguments, Instant at) {
            this(event, conversation, caller, name, arguments, at, null, false);
        }

        public Author author() {
            return caller.author();
        }
    }

    /**
     * A message that somebody picked to have something done with it.
     *
     * @param at when it was posted
     */
    record Picked(MessageRef message, Instant at) {}

    /** Someone pressed the button, or typed the word, that confirms what a command asked. */
    record ConfirmationGiven(EventId event, ConversationId conversation, Caller caller, String token, Instant at)
            implements ChatEvent {

        public Author author() {
            return caller.author();
        }
    }

    /**
     * Someone asked that the answer being written in this conversation be stopped.
     *
     * @param question whose answer; null where it is whatever is being answered
     */
    record StopRequested(
            EventId event,
            ConversationId conversation,
            Author author,
            Instant at,
            @Nullable MessageRef question) implements ChatEvent {

        /** Whatever is being answered is to be stopped. */
        public StopRequested(EventId event, ConversationId conversation, Author author, Instant at) {
            this(event, conversation, author, at, null);
        }
    }

    /**
     * Someone asked for another answer to a question that was answered already.
     *
     * @param question the message that was answered
     */
    record RegenerateRequested(
            EventId event, ConversationId conversation, Caller caller, MessageRef question, Instant at)
            implements ChatEvent {

        public Author author() {
            return caller.author();
        }
    }

    /**
     * A place is gone, or the bot is no longer in it: all that was said there is to be forgotten.
     *
     * @param conversation one that is in the place
     * @param extent how much of what is around that conversation is gone
     */
    record PlaceGone(EventId event, ConversationId conversation, Extent extent, Instant at) implements ChatEvent {

        /** How much is gone. */
        public enum Extent {
            /** Every conversation of the space. */
            SPACE,
            /** The channel's conversation and those of its threads. */
            CHANNEL,
            /** The conversation of the thread, and what was posted in it to its channel's. */
            THREAD
        }
    }

    /**
     * The bot was invited to a space.
     *
     * @param conversation where it may say so: the space's main channel, or a direct message with whoever invited it
     */
    record SpaceJoined(EventId event, ConversationId conversation, Instant at) implements ChatEvent {}
}
