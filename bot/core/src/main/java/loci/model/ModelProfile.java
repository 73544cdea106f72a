package loci.model;

/**
 * What must be known of a model to build prompts for it.
 *
 * @param name the name the provider knows it by
 * @param encoding the tokeniser's name: {@code o200k_base} or {@code cl100k_base}
 * @param contextWindow the most tokens that prompt and reply may have together
 * @param maxOutput the most tokens the model can write in one reply, reasoning included
 * @param severalSystemMessages whether more than one system message is understood; otherwise they are joined into one
 * @param alternatingRoles whether user and assistant messages must alternate; otherwise neighbours of one role are joined
 * @param outputLimitField the request field that limits the output: {@code max_completion_tokens} or {@code max_tokens}
 * @param takesTemperature whether the model accepts a temperature
 */
public record ModelProfile(
        String name,
        String encoding,
        int contextWindow,
        int maxOutput,
        boolean severalSystemMessages,
        boolean alternatingRoles,
        String outputLimitField,
        boolean takesTemperature) {

    public ModelProfile {
        if (contextWindow < 512 || maxOutput < 1) {
            throw new IllegalArgumentException("model " + name + ": a context window of at least 512 tokens is needed");
        }
    }

    /** The same model, known to take one system message at most and to insist on alternating roles. */
    public ModelProfile withStrictRoles() {
        return new ModelProfile(
                name, encoding, contextWindow, maxOutput, false, true, outputLimitField, takesTemperature);
    }

    public ModelProfile withContextWindow(int tokens) {
        return new ModelProfile(
                name,
                encoding,
                tokens,
                maxOutput,
                severalSystemMessages,
                alternatingRoles,
                outputLimitField,
                takesTemperature);
    }
}
