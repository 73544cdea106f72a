package loci.memory;

import java.time.Instant;
import java.util.Optional;
import loci.chat.ConversationId;

/**
 * How a conversation stands, without a word of it.
 *
 * @param conversation which it is
 * @param turns how many turns are not erased
 * @param digests how many digests the note consists of
 * @param pinned how many exchanges are pinned
 * @param open how many questions have no reply yet
 * @param undelivered how many replies are not known to be delivered
 * @param lastSaid when the newest turn was said of the newest exchange that is not erased
 * @param oldestOwed when the oldest question was first asked that has no reply, or none that is delivered
 */
public record ConversationStatus(
        ConversationId conversation,
        long turns,
        int digests,
        int pinned,
        int open,
        int undelivered,
        Optional<Instant> lastSaid,
        Optional<Instant> oldestOwed) {}
