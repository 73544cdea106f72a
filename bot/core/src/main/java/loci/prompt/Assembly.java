package loci.prompt;

import java.util.List;
import loci.memory.Digest;
import loci.memory.Turn;
import loci.model.Prompt;

/** What came of assembling a prompt. */
public sealed interface Assembly {

    /**
     * The prompt, within its budget.
     *
     * @param counted its tokens, as rendered
     * @param shown what it shows of the memory
     * @param leftOut how many turns of the strategy's window, pinned turns or digests of the note did not fit; nothing is lost, but this
     *     prompt does not show them
     * @param waiting how many older turns wait for a digest and are not shown
     * @param liveCut whether the live message had to be cut
     */
    record Fits(Prompt prompt, int counted, Shown shown, int leftOut, int waiting, boolean liveCut)
            implements Assembly {}

    /**
     * No prompt can be made: under a strategy that leaves nothing out, or because persona and message alone are too long.
     *
     * @param needed the tokens it would have had
     * @param budget the tokens it may have
     * @param persona the tokens of what stands in every prompt
     */
    record DoesNotFit(int needed, int budget, int persona) implements Assembly {}

    /**
     * What a prompt shows of the memory, besides the live message.
     *
     * @param note digests of the running note, oldest first
     * @param pinned turns shown because they are pinned, oldest first
     * @param window turns shown word for word in their place, oldest first
     */
    record Shown(List<Digest> note, List<Turn> pinned, List<Turn> window) {

        public Shown {
            note = List.copyOf(note);
            pinned = List.copyOf(pinned);
            window = List.copyOf(window);
        }
    }
}
