package loci.command;

import loci.chat.ConversationId;

/** Brings a conversation's running note up to date on demand. */
@FunctionalInterface
public interface NoteRefresher {

    /**
     * Condenses all that is said and answered into the note. Blocks until it is done or has failed.
     *
     * @return false where the summariser failed, so that the note is as it was
     */
    boolean refresh(ConversationId conversation);
}
