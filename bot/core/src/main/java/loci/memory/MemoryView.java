package loci.memory;

import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;

/**
 * What a conversation's memory looks like to one question, read in one transaction.
 *
 * @param conversation whose memory it is
 * @param epoch rises with every erasure; what was made under an older epoch may not be stored
 * @param mark the secret by which fences and turn headers in prompts are known to be Loci's own
 * @param note the frontier of the digest tree: fresh digests, none covered by another, oldest first
 * @param pinned the turns of pinned exchanges before the live one, in the window or not, oldest first
 * @param window the newest turns before the live one, exchange by exchange, oldest first; whole exchanges only
 * @param waiting how many older turns are in neither note nor window, because they wait for a digest: those that did not fit, and
 *     those in gaps that an erasure left in the note
 * @param quoted the older turn that the live message replies to, in the window or not; empty where it replies to none that is remembered
 * @param live the message to answer
 */
public record MemoryView(
        ConversationId conversation,
        long epoch,
        String mark,
        List<Digest> note,
        List<Turn> pinned,
        List<Turn> window,
        int waiting,
        Optional<Turn> quoted,
        Turn live) {

    public MemoryView {
        note = List.copyOf(note);
        pinned = List.copyOf(pinned);
        window = List.copyOf(window);
    }

    /** A view whose live message replies to none. */
    public MemoryView(
            ConversationId conversation,
            long epoch,
            String mark,
            List<Digest> note,
            List<Turn> pinned,
            List<Turn> window,
            int waiting,
            Turn live) {
        this(conversation, epoch, mark, note, pinned, window, waiting, Optional.empty(), live);
    }
}
