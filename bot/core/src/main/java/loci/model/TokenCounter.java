package loci.model;

/** Counts the tokens of plain text in one encoding. Thread-safe and deterministic. */
public interface TokenCounter {

    /** The encoding's name, such as {@code o200k_base}. */
    String encoding();

    /**
     * Counts, taking special tokens such as {@code <|endoftext|>} for the plain characters they are.
     *
     * @param text any text; time is about linear in its length, so callers cap it first
     */
    int count(String text);
}
