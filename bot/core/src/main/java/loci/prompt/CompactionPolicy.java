package loci.prompt;

/**
 * When the window is condensed, and how far; and when the note is.
 *
 * @param compactAfterTurns the high-water mark: more uncovered turns than this are condensed
 * @param keepTurns the low-water mark: condensing stops when no more than this are left, so that the prompt's beginning then stays the
 *     same for many messages and the provider's cache holds
 * @param compactAfterTokens the same high-water mark by tokens
 * @param noteTokens the most tokens of the note: above it, digests are folded before their level is full
 * @param digestTokens the most tokens of one digest
 * @param fanout how many digests of one level are folded into one of the next; at least 2
 */
public record CompactionPolicy(
        int compactAfterTurns, int keepTurns, int compactAfterTokens, int noteTokens, int digestTokens, int fanout) {

    /** The parts of the prompt budget that the window and the note may fill; the rest is for persona, pins and the live message. */
    private static final double WINDOW_SHARE = 0.4;

    private static final double NOTE_SHARE = 0.3;

    private static final int SMALLEST_DIGEST = 16;

    public CompactionPolicy {
        if (compactAfterTurns < 1 || keepTurns < 0 || keepTurns >= compactAfterTurns) {
            throw new IllegalArgumentException("keepTurns must be smaller than compactAfterTurns");
        }
        if (digestTokens < SMALLEST_DIGEST || fanout < 2) {
            throw new IllegalArgumentException("a digest needs 16 tokens and a fold two digests");
        }
    }

    /** The same marks, lowered where a prompt budget leaves less room; a digest is at most half the note, so that the note can hold two. */
    public CompactionPolicy within(int promptTokens) {
        int note = Math.min(noteTokens, (int) (promptTokens * NOTE_SHARE));
        return new CompactionPolicy(
                compactAfterTurns,
                keepTurns,
                Math.min(compactAfterTokens, (int) (promptTokens * WINDOW_SHARE)),
                note,
                Math.clamp(note / 2, SMALLEST_DIGEST, digestTokens),
                fanout);
    }

    /** The same marks, lowered so that no turn waits for a digest unseen where only so many are shown. */
    public CompactionPolicy showing(int turns) {
        int high = Math.clamp(turns, 1, compactAfterTurns);
        return new CompactionPolicy(
                high, Math.min(keepTurns, high / 2), compactAfterTokens, noteTokens, digestTokens, fanout);
    }
}
