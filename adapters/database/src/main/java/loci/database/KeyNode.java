package loci.database;

import java.util.Arrays;

/**
 * One node of a {@link KeyTree}: a seed from which a whole subtree follows, a split into two nodes, or nothing any more.
 *
 * <p>Nodes are immutable but for {@link Seed#wipe()}, which ends a seed's life.
 */
sealed interface KeyNode {

    /** A subtree in which every key has been erased. */
    enum Gone implements KeyNode {
        GONE
    }

    /**
     * A subtree from which some cells have been erased, so that it has no seed any more.
     *
     * @param left the half with the smaller leaves
     * @param right the half with the larger leaves
     */
    record Split(KeyNode left, KeyNode right) implements KeyNode {}

    /** A subtree in which no cell has been erased: one seed stands for all its keys. */
    final class Seed implements KeyNode {

        /** Bytes of a seed, and of a key derived from it. */
        static final int LENGTH = 32;

        private final byte[] bytes;

        /** Takes ownership of {@code bytes}. */
        Seed(byte[] bytes) {
            if (bytes.length != LENGTH) {
                throw new IllegalArgumentException("a seed has " + LENGTH + " bytes, not " + bytes.length);
            }
            this.bytes = bytes;
        }

        /** The seed itself, not a copy: copies would outlive {@link #wipe()}. Not to be changed nor kept. */
        byte[] bytes() {
            return bytes;
        }

        void wipe() {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
