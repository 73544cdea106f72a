package loci.database;

import java.util.Optional;
import java.util.OptionalLong;
import loci.database.KeyNode.Gone;
import loci.database.KeyNode.Seed;
import loci.database.KeyNode.Split;

/**
 * The keys of every cell of one conversation that has not been erased: a puncturable pseudo-random function.
 *
 * <p>Picture a binary tree of depth {@value #DEPTH} with one leaf for each {@link Cell}. Every node has a seed of 32
 * bytes; a parent's seed gives its two children's seeds by a one-way function ({@link SeedStep}), and a leaf's gives the
 * cell's key. A new tree is one random seed at the root, and every key follows from it, so that <em>appending a cell
 * writes nothing</em>. To erase cells, the seed that covers them is replaced by the seeds of the largest subtrees beside
 * them: at most {@value #DEPTH} for a cell, and twice that for a range of any length. What is left gives every other key
 * exactly as before, and the erased ones can no longer be computed by anybody who holds all that remains.
 *
 * <p>The tree is that of Goldreich, Goldwasser and Micali, <em>How to construct random functions</em>, J. ACM 33 (1986), <a
 * href="https://doi.org/10.1145/6490.6503">doi:10.1145/6490.6503</a>; erasing by keeping the siblings on the path is the
 * puncturable function made of it in <a href="https://eprint.iacr.org/2013/352">Boneh and Waters 2013</a>, <a
 * href="https://eprint.iacr.org/2013/379">Kiayias and others 2013</a> and <a
 * href="https://eprint.iacr.org/2013/401">Boyle, Goldwasser and Ivan 2013</a>; it serves to forget TLS resumption keys in
 * <a href="https://eprint.iacr.org/2019/228">Aviram, Gellert and Jager 2019</a>.
 *
 * <p>Immutable, and safe to share between threads, except for the wiping methods: no other thread may be using a tree
 * that is being wiped.
 */
final class KeyTree {

    /** Levels below the root: 8 bits of kind and {@link Cell#NUMBER_BITS} of number. */
    static final int DEPTH = 8 + Cell.NUMBER_BITS;

    private static final long LAST_LEAF = (1L << DEPTH) - 1;

    private final KeyNode root;

    KeyTree(KeyNode root) {
        this.root = root;
    }

    /**
     * A tree in which nothing has been erased.
     *
     * @param rootSeed 32 bytes from a secure random source; the tree takes ownership of the array
     */
    static KeyTree fresh(byte[] rootSeed) {
        return new KeyTree(new Seed(rootSeed));
    }

    KeyNode root() {
        return root;
    }

    /**
     * The cell's key.
     *
     * @return 32 new bytes, which the caller may wipe; empty when the cell has been erased
     */
    Optional<byte[]> derive(Cell cell) {
        long leaf = cell.leaf();
        KeyNode node = root;
        int level = DEPTH;
        while (node instanceof Split(KeyNode left, KeyNode right)) {
            level--;
            node = isRight(leaf, level) ? right : left;
        }
        if (!(node instanceof Seed seed)) {
            return Optional.empty();
        }
        SeedStep step = SeedStep.from(seed.bytes());
        while (level > 0) {
            level--;
            if (isRight(leaf, level)) {
                step.right();
            } else {
                step.left();
            }
        }
        return Optional.of(step.key());
    }

    /** This tree without one cell's key. */
    KeyTree erase(Cell cell) {
        return erase(CellRange.of(cell));
    }

    /**
     * This tree without the keys of a range of cells.
     *
     * @return a tree that shares what is unchanged with this one; this very tree when the whole range was erased already
     */
    @SuppressWarnings("ReferenceEquality") // an unchanged subtree is the very same object
    KeyTree erase(CellRange range) {
        KeyNode after = erase(root, 0, LAST_LEAF, range.firstLeaf(), range.lastLeaf());
        return after == root ? this : new KeyTree(after);
    }

    /** The tree in which no key is left, and from which none can be made. */
    static KeyTree erased() {
        return new KeyTree(Gone.GONE);
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static KeyNode erase(KeyNode node, long lowest, long highest, long from, long to) {
        if (node instanceof Gone || to < lowest || highest < from) {
            return node;
        }
        if (from <= lowest && highest <= to) {
            return Gone.GONE;
        }
        long middle = lowest + (highest - lowest) / 2;
        Split split = split(node);
        KeyNode left = erase(split.left(), lowest, middle, from, to);
        KeyNode right = erase(split.right(), middle + 1, highest, from, to);
        if (node instanceof Seed) { // the halves were made just now: what did not stay one must not linger in memory
            wipe(split.left(), left);
            wipe(split.right(), right);
        }
        if (left == Gone.GONE && right == Gone.GONE) {
            return Gone.GONE;
        }
        return left == split.left() && right == split.right() ? node : new Split(left, right);
    }

    private static Split split(KeyNode node) {
        return switch (node) {
            case Split split -> split;
            case Seed seed ->
                new Split(
                        new Seed(SeedStep.from(seed.bytes()).left().seed()),
                        new Seed(SeedStep.from(seed.bytes()).right().seed()));
            case Gone _ -> throw new IllegalArgumentException("an erased subtree has no halves");
        };
    }

    /**
     * The first cell of a kind that can still hold a text.
     *
     * <p>Numbers normally run ahead of what is erased; but when last week's database is restored beside today's keys, its
     * next number may have been used and erased since.
     *
     * @param kind the kind
     * @param from the smallest number wanted, from 0 to {@link Cell#MAX_NUMBER}
     * @return the smallest number at or above {@code from} that is not erased; empty when there is none
     */
    OptionalLong firstLiving(CellKind kind, long from) {
        long last = new Cell(kind, Cell.MAX_NUMBER).leaf();
        long found = firstLiving(root, 0, LAST_LEAF, new Cell(kind, from).leaf());
        return found < 0 || found > last ? OptionalLong.empty() : OptionalLong.of(found & Cell.MAX_NUMBER);
    }

    private static long firstLiving(KeyNode node, long lowest, long highest, long from) {
        if (highest < from) {
            return -1;
        }
        return switch (node) {
            case Gone _ -> -1;
            case Seed _ -> Math.max(lowest, from);
            case Split(KeyNode left, KeyNode right) -> {
                long middle = lowest + (highest - lowest) / 2;
                long inLeft = firstLiving(left, lowest, middle, from);
                yield inLeft >= 0 ? inLeft : firstLiving(right, middle + 1, highest, from);
            }
        };
    }

    /** How many seeds the tree holds: 1 when nothing was erased, 0 when everything was. */
    int seeds() {
        return seeds(root);
    }

    private static int seeds(KeyNode node) {
        return switch (node) {
            case Gone _ -> 0;
            case Seed _ -> 1;
            case Split(KeyNode left, KeyNode right) -> seeds(left) + seeds(right);
        };
    }

    /** Zeroes every seed in memory; the tree must not be used any more. */
    void wipe() {
        wipe(root, Gone.GONE);
    }

    /** Zeroes in memory the seeds that {@code next}, made from this tree by erasing, no longer holds. */
    void wipeAllBut(KeyTree next) {
        wipe(root, next.root);
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static void wipe(KeyNode node, KeyNode kept) {
        if (node == kept) {
            return;
        }
        switch (node) {
            case Gone _ -> {}
            case Seed seed -> seed.wipe();
            case Split(KeyNode left, KeyNode right) -> {
                boolean halved = kept instanceof Split;
                wipe(left, halved ? ((Split) kept).left() : Gone.GONE);
                wipe(right, halved ? ((Split) kept).right() : Gone.GONE);
            }
        }
    }

    private static boolean isRight(long leaf, int level) {
        return ((leaf >>> level) & 1) == 1;
    }
}
