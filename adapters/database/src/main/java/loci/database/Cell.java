package loci.database;

/**
 * The place of one piece of stored text within its conversation; each cell has its own key.
 *
 * @param kind what the text is
 * @param number from 0 to {@link #MAX_NUMBER}, both included
 */
record Cell(CellKind kind, long number) {

    /** Bits in a cell's number: 2^40 turns are a million years of one message every half minute. */
    static final int NUMBER_BITS = 40;

    /** The largest number a cell can have. */
    static final long MAX_NUMBER = (1L << NUMBER_BITS) - 1;

    Cell {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("cell number %d is not within 0..%d".formatted(number, MAX_NUMBER));
        }
    }

    static Cell turn(long seq) {
        return new Cell(CellKind.TURN, seq);
    }

    static Cell digest(long number) {
        return new Cell(CellKind.DIGEST, number);
    }

    /** This cell's leaf in the conversation's key tree: the kind in the high bits, the number in the low ones. */
    long leaf() {
        return ((long) kind.code() << NUMBER_BITS) | number;
    }
}
