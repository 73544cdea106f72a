package loci.model;

/**
 * What a call cost, in tokens, as the provider reported it; all zero where it reported nothing.
 *
 * @param promptTokens tokens read, cached ones included
 * @param cachedTokens tokens read from the provider's prompt cache, at most {@code promptTokens}
 * @param replyTokens tokens written, reasoning included
 * @param reasoningTokens tokens of hidden reasoning
 */
public record Usage(int promptTokens, int cachedTokens, int replyTokens, int reasoningTokens) {

    public static final Usage UNKNOWN = new Usage(0, 0, 0, 0);

    public boolean isKnown() {
        return promptTokens > 0;
    }
}
