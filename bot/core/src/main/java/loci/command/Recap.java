package loci.command;

import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.memory.Turn;

/** Tells in a few lines what was said in a stretch of conversation. */
@FunctionalInterface
public interface Recap {

    /**
     * Tells what was said, or nothing where the model gave nothing of use.
     *
     * @param askedBy the platform's id of who wants to know
     * @param turns oldest first, not empty; where they are too many for one telling, the newest count
     */
    Optional<Told> tell(ConversationId conversation, String askedBy, List<Turn> turns);

    /**
     * What was told.
     *
     * @param text sanitised for sending
     * @param turns how many turns it covers
     */
    record Told(String text, int turns) {}
}
