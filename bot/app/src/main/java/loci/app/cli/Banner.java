package loci.app.cli;

import java.util.List;

/** What is said at the start. */
final class Banner {

    /** Said whenever the stand-in answers, so that nobody takes it for a language model. */
    static final List<String> OFFLINE = List.of(
            "no language model is connected. A built-in offline stand-in answers:",
            "it is not a language model and only quotes what was said before.",
            "To connect a real one, set OPENAI_API_KEY, or OPENAI_BASE_URL alone for a",
            "server that wants no key, such as Ollama (http://localhost:11434/v1) or",
            "vLLM; LOCI_MODEL_NAME names the model.");

    /** Said on a terminal. */
    static final List<String> WELCOME = List.of("/help lists what can be done; Ctrl-C stops an answer, Ctrl-D leaves.");

    private Banner() {}
}
