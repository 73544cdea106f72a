package loci.prompt;

import loci.model.Prompt;

/** What came of assembling a prompt. */
public sealed interface Assembly {

    /**
     * The prompt, within its budget.
     *
     * @param counted its tokens, as rendered
     * @param windowTurns how many turns it shows word for word, the live one included
     * @param leftOut how many turns of the strategy's window, or digests of the note, did not fit; nothing is lost, but this prompt does
     *     not show them
     * @param waiting how many older turns wait for a digest and are not shown
     * @param liveCut whether the live message had to be cut
     */
    record Fits(Prompt prompt, int counted, int windowTurns, int leftOut, int waiting, boolean liveCut)
            implements Assembly {}

    /**
     * No prompt can be made: under a strategy that leaves nothing out, or because persona and message alone are too long.
     *
     * @param needed the tokens it would have had
     * @param budget the tokens it may have
     */
    record DoesNotFit(int needed, int budget) implements Assembly {}
}
