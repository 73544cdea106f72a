package loci.openai;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.model.ModelOutcome.PromptTooLong;

/**
 * Recognises "the prompt is too long" in the wordings of the servers that speak the protocol. Pure.
 *
 * <p>Only OpenAI and a few others give the code {@code context_length_exceeded}; the rest say it in a sentence, some with status 500. The
 * wordings are those of vLLM (issues 12165, 20409, 33418), llama.cpp (pull request 15780), llama-cpp-python, LM Studio (bug tracker 237,
 * 2256), Ollama, SGLang, Text Generation Inference, Mistral, Anthropic's and Google's compatible endpoints, and OpenAI itself.
 */
final class TooLong {

    private static final String N = "(?<counted>\\d{1,9})";
    private static final String LIMIT = "(?<limit>\\d{1,9})";

    /** Each ends after its last number; gaps are bounded so that no message is slow to search. */
    private static final List<Pattern> WORDINGS = List.of(
            // OpenAI, Azure, vLLM, DeepSeek, OpenRouter: limit first, then the prompt's share
            wording("maximum context length is " + LIMIT + " tokens.{0,80}?\\(" + N
                    + " (?:in (?:the|your) (?:messages|prompt)|of text input)"),
            wording("maximum context length is " + LIMIT + " tokens.{0,80}?resulted in " + N + " tokens"),
            wording("maximum context length is " + LIMIT + " tokens.{0,80}?(?:has|contains at least|contains) " + N
                    + " input tokens"),
            wording("configured limit of " + LIMIT + " tokens.{0,80}?resulted in " + N + " tokens"),
            wording("you passed " + N + " input tokens.{0,120}?context length is (?:only )?" + LIMIT),
            wording("maximum context length of " + LIMIT + " tokens.{0,120}?" + N + " tokens from the input"),
            // vLLM's engine
            wording("prompt \\((?:total )?length " + N + "\\).{0,120}?(?:context length|model length of) " + LIMIT),
            // llama.cpp and llama-cpp-python
            wording("request \\(" + N + " tokens\\) exceeds the available context size \\(" + LIMIT),
            wording("requested tokens \\(" + N + "\\) exceed context window of " + LIMIT),
            // LM Studio
            wording("keep the first " + N + " tokens when.{0,120}?context length of only " + LIMIT),
            wording("n_keep[:( ]{1,3}" + N + "\\)? >= n_ctx[:( ]{1,3}" + LIMIT),
            // SGLang, Mistral, TGI, Anthropic, Google
            wording("the input \\(" + N + " tokens\\) is longer than the model's context length \\(" + LIMIT),
            wording("prompt contains " + N + " tokens.{0,80}?model with " + LIMIT + " maximum context length"),
            wording("must have less than " + LIMIT + " tokens. given: " + N),
            wording("must be <= " + LIMIT + ". given: " + N + " `inputs` tokens"),
            wording("prompt is too long: " + N + " tokens > " + LIMIT),
            wording("input token count \\(" + N + "\\) exceeds the maximum.{0,60}?\\(" + LIMIT),
            // the same without numbers, or with a total that says nothing of the prompt
            wording("maximum context length (?:is|of) " + LIMIT),
            wording("exceeds the (?:available )?context (?:size|length|window)"),
            wording("exceeds (?:the )?maximum context length"),
            wording("exceeded max context length"),
            wording("reduce the length of the (?:messages|prompt)"));

    private TooLong() {}

    /** The outcome, with whatever numbers were told; empty where the error is of another kind. */
    static Optional<PromptTooLong> read(ServerError error) {
        if (error.promptTokens().isPresent() && error.window().isPresent()) {
            return Optional.of(new PromptTooLong(error.promptTokens(), error.window()));
        }
        for (Pattern wording : WORDINGS) {
            Matcher found = wording.matcher(error.message());
            if (found.find()) {
                return Optional.of(new PromptTooLong(number(found, "counted"), number(found, "limit")));
            }
        }
        boolean coded = error.is("context_length_exceeded") || error.is("exceed_context_size_error");
        return coded || (error.status() == 413 && !error.is("rate_limit_exceeded"))
                ? Optional.of(new PromptTooLong(OptionalInt.empty(), OptionalInt.empty()))
                : Optional.empty();
    }

    private static Pattern wording(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static OptionalInt number(Matcher found, String group) {
        return found.namedGroups().containsKey(group)
                ? OptionalInt.of(Integer.parseInt(found.group(group)))
                : OptionalInt.empty();
    }
}
