package loci.prompt;

import java.util.List;
import loci.model.ImageTokens;
import loci.model.Prompt;
import loci.model.PromptImage;
import loci.model.PromptMessage;
import loci.model.TokenCounter;
import loci.model.ToolCall;
import loci.model.ToolSchema;

/**
 * Counts whole messages as chat models do: the text's tokens and a fixed overhead. Thread-safe.
 *
 * <p>The overheads are those of OpenAI's chat format: three tokens around each message, its role, and three that prime the reply
 * (<a href="https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken">How to count tokens</a>). Tool calls are counted
 * by name, arguments and id with the same overhead again, which is never too low.
 */
public final class PromptCounter {

    /** No encoding in use needs fewer than one token for so many characters of ordinary text; bounds the work before counting. */
    static final int CHARS_PER_TOKEN = 8;

    private static final int PER_MESSAGE = 3;
    private static final int PER_PROMPT = 3;
    private static final int PER_TOOL_CALL = 8;

    private final TokenCounter counter;
    private final ImageTokens images;

    /** @param images how the model counts images */
    public PromptCounter(TokenCounter counter, ImageTokens images) {
        this.counter = counter;
        this.images = images;
    }

    public PromptCounter(TokenCounter counter) {
        this(counter, new ImageTokens.Area());
    }

    /** Returns the tokens of all that a model is sent. */
    public int count(Prompt prompt) {
        return count(prompt.messages()) + countTools(prompt.tools());
    }

    /** Returns the tokens of a whole prompt. */
    public int count(List<PromptMessage> messages) {
        return PER_PROMPT + messages.stream().mapToInt(this::count).sum();
    }

    /** Returns the tokens that one message adds to a prompt. */
    public int count(PromptMessage message) {
        int tokens = PER_MESSAGE + 1 + counter.count(message.content());
        for (ToolCall call : message.toolCalls()) {
            tokens += PER_TOOL_CALL
                    + counter.count(call.id())
                    + counter.count(call.name())
                    + counter.count(call.arguments());
        }
        for (PromptImage image : message.images()) {
            tokens += images.of(image);
        }
        String answersCall = message.answersCall();
        return answersCall == null ? tokens : tokens + PER_MESSAGE + counter.count(answersCall);
    }

    /** Returns the tokens that the description of tools adds to a prompt. */
    public int countTools(List<ToolSchema> tools) {
        return tools.stream()
                .mapToInt(tool -> PER_TOOL_CALL
                        + counter.count(tool.name())
                        + counter.count(tool.description())
                        + counter.count(tool.parameters()))
                .sum();
    }

    /** Returns the tokens of bare text. */
    public int count(String text) {
        return counter.count(text);
    }
}
