package loci.command;

import java.time.Instant;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.Picked;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import org.jspecify.annotations.Nullable;

/**
 * A command as it was run by somebody, and the language to answer in.
 *
 * @param event what the platform said
 * @param texts in the caller's language
 */
record Invocation(CommandInvoked event, Texts texts) {

    static Invocation of(CommandInvoked event) {
        return new Invocation(event, Texts.in(event.caller().locale()));
    }

    ConversationId conversation() {
        return event.conversation();
    }

    Caller caller() {
        return event.caller();
    }

    Author author() {
        return event.author();
    }

    Instant at() {
        return event.at();
    }

    /** The rest of the line, without blanks around it; may be empty. */
    String arguments() {
        return event.arguments().strip();
    }

    /** The message that it was run on, or null. */
    @Nullable
    Picked picked() {
        return event.picked();
    }

    String text(String key, Object... arguments) {
        return texts.get(key, arguments);
    }

    CommandAnswer answer(String key, Object... arguments) {
        return CommandAnswer.of(text(key, arguments));
    }
}
