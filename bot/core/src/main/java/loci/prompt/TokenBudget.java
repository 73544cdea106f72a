package loci.prompt;

import loci.model.ModelProfile;

/**
 * How the context window is shared between prompt and reply.
 *
 * @param promptTokens the most tokens the prompt may have, as rendered
 * @param replyTokens the tokens kept free for the reply, hidden reasoning included
 */
public record TokenBudget(int promptTokens, int replyTokens) {

    /** A large window is no reason to fill it: cost and latency grow with every token, and attention thins. */
    public static final int DEFAULT_PROMPT_TOKENS = 8_000;

    private static final double SHARE_OF_WINDOW = 0.8;

    public TokenBudget {
        if (promptTokens < 1 || replyTokens < 1) {
            throw new IllegalArgumentException("no room: prompt " + promptTokens + ", reply " + replyTokens);
        }
    }

    /**
     * Shares out a model's window, so that prompt and reply together never exceed it.
     *
     * @param wantedPrompt the configured prompt budget, or 0 for the smaller of 8,000 tokens and 80 % of the window
     * @param wantedReply the configured reserve for the reply; lowered to what the model can write, and to half of the window
     */
    public static TokenBudget of(ModelProfile model, int wantedPrompt, int wantedReply) {
        int window = model.contextWindow();
        int reply = Math.max(1, Math.min(wantedReply, Math.min(model.maxOutput(), window / 2)));
        int prompt =
                wantedPrompt > 0 ? wantedPrompt : Math.min(DEFAULT_PROMPT_TOKENS, (int) (window * SHARE_OF_WINDOW));
        return new TokenBudget(Math.min(prompt, room(model, reply)), reply);
    }

    /** Leaves to the prompt all that the window holds beside the reply. */
    public static TokenBudget whole(ModelProfile model, int wantedReply) {
        return of(model, model.contextWindow(), wantedReply);
    }

    private static int room(ModelProfile model, int reply) {
        return Math.min(model.maxInput(), model.contextWindow() - reply);
    }
}
