package loci.memory;

/**
 * How much was said in a conversation so far, in tokens, for what resending everything would cost.
 *
 * @param throughSeq the newest turn that is counted; 0 for none
 * @param tokens what all turns up to that one have together
 */
public record Said(long throughSeq, long tokens) {

    /** Before anything was counted. */
    public static final Said NOTHING = new Said(0, 0);

    public Said {
        if (throughSeq < 0 || tokens < 0) {
            throw new IllegalArgumentException("less than nothing was said: " + throughSeq + ", " + tokens);
        }
    }
}
