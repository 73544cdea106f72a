package loci.memory;

/**
 * What an erasure removed.
 *
 * @param turns how many turns were emptied, every version counted
 * @param digests how many digests were dropped because they were made from them
 */
public record Erasure(int turns, int digests) {

    public static final Erasure NOTHING = new Erasure(0, 0);
}
