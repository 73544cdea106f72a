package loci.replay;

import java.util.List;
import loci.transcript.Entry;

/** What happened at one point of a replay. */
public sealed interface Line {

    /**
     * A person's message, and the prompt that the model would have been sent for it.
     *
     * @param number the message's place in the transcript, from 1
     * @param tokens the prompt's tokens, or 0 where nothing was sent
     * @param window how many messages it shows word for word in their place, besides this one
     * @param digests how many digests of the note it shows
     * @param pinned how many messages it shows because they are pinned
     * @param waiting how many older messages wait for a digest, unseen
     * @param liveCut whether the message itself had to be cut
     * @param left what the prompt before showed and this one does not
     */
    record Asked(
            int number,
            Entry entry,
            int tokens,
            int window,
            int digests,
            int pinned,
            int waiting,
            boolean liveCut,
            List<Departure> left)
            implements Line {

        public Asked {
            left = List.copyOf(left);
        }
    }

    /**
     * A person's message for which no prompt could be made, so that nothing would have been sent.
     *
     * @param needed the tokens it would have had
     * @param budget the tokens it may have
     */
    record Refused(int number, Entry entry, int needed, int budget) implements Line {}

    /** A message of the bot or of a tool; it went into the log and had no prompt of its own. */
    record Followed(int number, Entry entry, int tokens) implements Line {}

    /**
     * Messages were condensed into a digest, or digests into one.
     *
     * @param level 0 for a digest of messages; above it, a fold
     * @param from the number of the first message that the digest stands for
     * @param to the number of the last
     * @param messages how many it stands for
     * @param tokens its length
     * @param digests how many digests the note then has
     */
    record Condensed(int level, int from, int to, int messages, int tokens, int digests) implements Line {}

    /** The summariser failed; nothing is lost, and it is tried again. */
    record NoteFailed() implements Line {}

    /**
     * Messages that left the prompt.
     *
     * @param numbers their places in the transcript, ascending
     */
    record Departure(Reason reason, List<Integer> numbers) {

        public Departure {
            numbers = List.copyOf(numbers);
        }
    }

    /** Why a message is not in a prompt. */
    enum Reason {
        /** A digest that the prompt shows stands for it. */
        IN_THE_NOTE,
        /** The prompt's budget was full. */
        NO_ROOM,
        /** The strategy does not look back so far. */
        OUTSIDE
    }
}
