package loci.app.config;

/**
 * What values a key takes.
 *
 * @param <T> what a value becomes
 */
interface Kind<T> {

    /** Returns what is expected, such that {@code must be …} reads well. */
    String expects();

    /** Reads a value as it was written. */
    Reading<T> read(String text);

    /** What became of a text. */
    sealed interface Reading<T> {}

    /** It is a value. */
    record Understood<T>(T value) implements Reading<T> {}

    /**
     * It is none.
     *
     * @param hint what to write instead, as one sentence; empty where what is expected says enough
     */
    record Misread<T>(String hint) implements Reading<T> {}
}
