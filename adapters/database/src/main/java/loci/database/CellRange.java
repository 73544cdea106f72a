package loci.database;

/**
 * A contiguous run of cells of one kind, both ends included; erasing it costs no more than erasing two cells.
 *
 * @param kind the kind of every cell in the run
 * @param first the smallest number, at least 0
 * @param last the largest number, at least {@code first}, at most {@link Cell#MAX_NUMBER}
 */
record CellRange(CellKind kind, long first, long last) {

    CellRange {
        if (first < 0 || last < first || last > Cell.MAX_NUMBER) {
            throw new IllegalArgumentException(
                    "cells %d..%d are not a range within 0..%d".formatted(first, last, Cell.MAX_NUMBER));
        }
    }

    static CellRange of(Cell cell) {
        return new CellRange(cell.kind(), cell.number(), cell.number());
    }

    static CellRange turns(long first, long last) {
        return new CellRange(CellKind.TURN, first, last);
    }

    static CellRange digests(long first, long last) {
        return new CellRange(CellKind.DIGEST, first, last);
    }

    /** The leaf of the first cell. */
    long firstLeaf() {
        return new Cell(kind, first).leaf();
    }

    /** The leaf of the last cell. */
    long lastLeaf() {
        return new Cell(kind, last).leaf();
    }
}
