package loci.prompt;

/**
 * When the window is condensed, and how far.
 *
 * @param compactAfterTurns the high-water mark: more uncovered turns than this are condensed
 * @param keepTurns the low-water mark: condensing stops when no more than this are left, so that the prompt's beginning then stays the
 *     same for many messages and the provider's cache holds
 * @param compactAfterTokens the same high-water mark by tokens
 * @param digestTokens the most tokens of one digest
 * @param fanout how many digests of one level are folded into one of the next; at least 2
 */
public record CompactionPolicy(
        int compactAfterTurns, int keepTurns, int compactAfterTokens, int digestTokens, int fanout) {

    public CompactionPolicy {
        if (compactAfterTurns < 1 || keepTurns < 0 || keepTurns >= compactAfterTurns) {
            throw new IllegalArgumentException("keepTurns must be smaller than compactAfterTurns");
        }
        if (digestTokens < 16 || fanout < 2) {
            throw new IllegalArgumentException("a digest needs 16 tokens and a fold two digests");
        }
    }
}
