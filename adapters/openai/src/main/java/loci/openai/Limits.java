package loci.openai;

/**
 * What a server may send before it is taken for broken or hostile.
 *
 * @param replyChars the most characters of content (or of a refusal); UTF-16 units
 * @param eventBytes the most bytes of one server-sent event
 * @param totalBytes the most bytes of one response, decompressed
 */
record Limits(int replyChars, int eventBytes, long totalBytes) {

    /** Room for the longest replies there are: 128,000 tokens, each in an event of some 300 bytes. */
    static final Limits DEFAULT = new Limits(1_000_000, 1 << 20, 64L << 20);
}
