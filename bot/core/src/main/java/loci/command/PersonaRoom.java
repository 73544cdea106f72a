package loci.command;

import loci.chat.ConversationId;

/** Tells whether a persona leaves a conversation room in its prompts, so that none is chosen that could not be used. */
@FunctionalInterface
public interface PersonaRoom {

    /** Returns whether a persona of this text would leave at least half of a prompt to the conversation. */
    boolean holds(ConversationId conversation, String persona);
}
