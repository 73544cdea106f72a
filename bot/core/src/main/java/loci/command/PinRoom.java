package loci.command;

import java.util.List;
import loci.chat.ConversationId;

/** Tells whether more can be kept in mind for good, so that nothing is promised that no prompt has room for. */
@FunctionalInterface
public interface PinRoom {

    /**
     * Returns whether texts fit beside all that is kept already.
     *
     * @param more what is to be kept too
     */
    boolean holds(ConversationId conversation, List<String> more);
}
