package loci.sanitize;

/**
 * A secret found in a folded text: from {@code from} (inclusive) to {@code to} (exclusive).
 *
 * @param kind what it is, as the reader of {@code [redacted: kind]} will see it
 */
record Finding(int from, int to, String kind) {
    int length() {
        return to - from;
    }
}
