package loci.memory;

/**
 * How much was said in a conversation so far, in tokens, for what resending everything would cost.
 *
 * @param epoch the conversation's epoch when it was counted: what was forgotten in an older one is counted no more
 * @param throughSeq the newest turn that is counted; 0 for none
 * @param tokens what all turns up to that one have together
 */
public record Said(long epoch, long throughSeq, long tokens) {

    /** Before anything was counted. */
    public static final Said NOTHING = new Said(0, 0, 0);

    public Said {
        if (epoch < 0 || throughSeq < 0 || tokens < 0) {
            throw new IllegalArgumentException("less than nothing was said: " + throughSeq + ", " + tokens);
        }
    }

    /** Whether this one is to be kept, and not the other. */
    public boolean isNewerThan(Said other) {
        return epoch == other.epoch ? throughSeq > other.throughSeq : epoch > other.epoch;
    }
}
