package loci.app.config;

/** Who answers. */
public enum Provider {
    /** The built-in stand-in, which is no language model. */
    OFFLINE,
    /** Any server that speaks OpenAI's Chat Completions. */
    OPENAI
}
