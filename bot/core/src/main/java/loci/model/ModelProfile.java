package loci.model;

import java.util.Optional;

/**
 * What must be known of a model to build prompts for it.
 *
 * @param name the name the provider knows it by
 * @param encoding the tokeniser's name: {@code o200k_base} or {@code cl100k_base}
 * @param contextWindow the most tokens that prompt and reply may have together; at least 512
 * @param maxOutput the most tokens the model can write in one reply, reasoning included
 * @param severalSystemMessages whether more than one system message is understood; otherwise they are joined into one
 * @param alternatingRoles whether user and assistant messages must alternate; otherwise neighbours of one role are joined
 * @param outputLimitField the request field that limits the output: {@code max_completion_tokens} or {@code max_tokens}
 * @param takesTemperature whether the model accepts a temperature
 * @param maxInput the most tokens of a prompt, where that is less than the window; at most the window
 * @param images how images are counted; empty where the model sees none
 * @param prices what it costs, where that is known
 */
public record ModelProfile(
        String name,
        String encoding,
        int contextWindow,
        int maxOutput,
        boolean severalSystemMessages,
        boolean alternatingRoles,
        String outputLimitField,
        boolean takesTemperature,
        int maxInput,
        Optional<ImageTokens> images,
        Optional<Prices> prices) {

    public ModelProfile {
        if (contextWindow < 512 || maxOutput < 1) {
            throw new IllegalArgumentException("model " + name + ": a context window of at least 512 tokens is needed");
        }
        maxInput = Math.min(maxInput, contextWindow);
    }

    /** A model that sees no images, may be given its whole window, and costs nothing that is known. */
    public ModelProfile(
            String name,
            String encoding,
            int contextWindow,
            int maxOutput,
            boolean severalSystemMessages,
            boolean alternatingRoles,
            String outputLimitField,
            boolean takesTemperature) {
        this(
                name,
                encoding,
                contextWindow,
                maxOutput,
                severalSystemMessages,
                alternatingRoles,
                outputLimitField,
                takesTemperature,
                contextWindow,
                Optional.empty(),
                Optional.empty());
    }

    /** The same model, known to take one system message at most and to insist on alternating roles. */
    public ModelProfile withStrictRoles() {
        return new ModelProfile(
                name,
                encoding,
                contextWindow,
                maxOutput,
                false,
                true,
                outputLimitField,
                takesTemperature,
                maxInput,
                images,
                prices);
    }

    public ModelProfile withContextWindow(int tokens) {
        return withLimits(tokens, maxInput < contextWindow ? maxInput : tokens);
    }

    /** The same model with another window and another limit of a prompt. */
    public ModelProfile withLimits(int window, int input) {
        return new ModelProfile(
                name,
                encoding,
                window,
                maxOutput,
                severalSystemMessages,
                alternatingRoles,
                outputLimitField,
                takesTemperature,
                input,
                images,
                prices);
    }

    public ModelProfile withEncoding(String name) {
        return new ModelProfile(
                this.name,
                name,
                contextWindow,
                maxOutput,
                severalSystemMessages,
                alternatingRoles,
                outputLimitField,
                takesTemperature,
                maxInput,
                images,
                prices);
    }
}
