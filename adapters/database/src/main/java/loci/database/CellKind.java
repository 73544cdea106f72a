package loci.database;

/**
 * What a piece of stored text is; each kind has its own numbering within a conversation.
 *
 * <p>The codes are part of the key derivation: a code, once released, is never changed nor given to another kind, or
 * every text of that kind becomes unreadable. There is room for codes 0 to 255.
 */
enum CellKind {
    /** The text of a turn, numbered by its {@code seq}. */
    TURN(0),
    /** The text of a digest, numbered by the digest's own number. */
    DIGEST(1),
    /** The text of a pinned fact. */
    FACT(2),
    /** The text of a reply that is no turn, such as a failure, numbered by its exchange. */
    NOTICE(3);

    private final int code;

    CellKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
