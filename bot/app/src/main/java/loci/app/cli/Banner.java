package loci.app.cli;

import java.util.List;

/** What is said at the start. */
final class Banner {

    /** Said whenever the stand-in answers, so that nobody takes it for a language model. */
    static final List<String> OFFLINE = List.of(
            "no language model is connected: a built-in offline stand-in answers. It is not a language model; it only"
                    + " quotes",
            "what was said before. To connect a real one, set OPENAI_API_KEY; or OPENAI_BASE_URL alone for a server"
                    + " that wants",
            "no key, such as Ollama (http://localhost:11434/v1) or vLLM; and LOCI_MODEL_NAME for the model's name.");

    private Banner() {}
}
