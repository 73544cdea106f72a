package loci.prompt;

import java.util.List;
import java.util.Optional;
import loci.model.ImageTokens;
import loci.model.Prompt;
import loci.model.PromptImage;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;
import loci.model.TokenCounter;
import loci.model.ToolCall;
import loci.model.ToolSchema;

/**
 * Counts prompts as chat models do. Thread-safe; a text is counted once while it is in use ({@link CountedTexts}).
 *
 * <p>Messages of text are counted exactly, by OpenAI's chat format: three tokens around each, its role, its content, and three that prime
 * the reply (<a href="https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken">How to count tokens</a>). Tools are counted
 * exactly where their published form is known ({@link ToolDeclarations}), images by the model's own rule. How calls of tools and their
 * results are sent to the model is not published: their overheads are the least that is never below the usage which the API
 * reported for 15 such prompts
 * (<a href="https://community.openai.com/t/strange-token-cost-calculation-for-tool-calls/538914">the forum</a>,
 * <a href="https://github.com/chrisdinn/tokens">chrisdinn/tokens</a>,
 * <a href="https://github.com/forestwanglin/openai-java/issues/5">openai-java issue 5</a>), and at most
 * five tokens above it for one call with up to three arguments.
 */
public final class PromptCounter {

    /** No encoding in use needs fewer than one token for so many characters of ordinary text; bounds the work before counting. */
    static final int CHARS_PER_TOKEN = 8;

    private static final int PER_MESSAGE = 3;
    private static final int ROLE = 1;
    private static final int PER_PROMPT = 3;

    private static final int CALL = 5;
    private static final int CALL_BESIDE_CONTENT = 4;
    private static final int ONE_OF_SEVERAL_CALLS = 8;
    private static final int SEVERAL_CALLS = 19;

    private static final int TOOLS = 9;
    private static final int TOOLS_SHARE_THE_SYSTEM_MESSAGE = 4;

    private final CountedTexts texts;
    private final ImageTokens images;

    /** @param images how the model counts images */
    public PromptCounter(TokenCounter counter, ImageTokens images) {
        this.texts = new CountedTexts(counter);
        this.images = images;
    }

    public PromptCounter(TokenCounter counter) {
        this(counter, new ImageTokens.Area());
    }

    /** Returns the tokens of all that a model is sent; never more than its messages and {@linkplain #countTools tools} one by one. */
    public int count(Prompt prompt) {
        int tokens = count(prompt.messages()) + countTools(prompt.tools());
        Optional<PromptMessage> system = prompt.messages().stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .findFirst();
        if (prompt.tools().isEmpty() || system.isEmpty()) {
            return tokens;
        }
        // The tools are then told at the end of the first system message, on a line of their own, and not in one of
        // their own.
        String content = system.get().content();
        int newline = content.isEmpty() || content.endsWith("\n") ? 0 : count(content + "\n") - count(content);
        return tokens + newline - TOOLS_SHARE_THE_SYSTEM_MESSAGE;
    }

    /** Returns the tokens of messages without tools. */
    public int count(List<PromptMessage> messages) {
        int tokens = PER_PROMPT;
        boolean answersSeveral = false;
        for (PromptMessage message : messages) {
            if (message.role() != Role.TOOL) {
                answersSeveral = message.toolCalls().size() > 1;
            }
            tokens += answersSeveral && message.role() == Role.TOOL ? countOneOfSeveral(message) : count(message);
        }
        return tokens;
    }

    /** Returns the tokens that one message adds to a prompt, but for the result of a tool that was called together with others. */
    public int count(PromptMessage message) {
        int tokens = PER_MESSAGE + ROLE + count(message.content()) + countCalls(message);
        for (PromptImage image : message.images()) {
            tokens += images.of(image);
        }
        return tokens;
    }

    /**
     * The result of a tool that was called together with others is sent to the model escaped, which multiplies the tokens of any script
     * but Latin (<a href="https://community.openai.com/t/1375117">measured on the forum</a>: 39,235 tokens for three results in Korean of
     * 1,001 each; escaped they are 13,001 each).
     */
    private int countOneOfSeveral(PromptMessage result) {
        int escaped = count(Json.escaped(result.content())) - count(result.content());
        return count(result) + Math.max(0, escaped);
    }

    /** The tool's name is counted twice, since it stands before its result again. The ids are not sent to the model. */
    private int countCalls(PromptMessage message) {
        List<ToolCall> calls = message.toolCalls();
        if (calls.isEmpty()) {
            return 0;
        }
        int tokens = calls.size() == 1 ? CALL : SEVERAL_CALLS + ONE_OF_SEVERAL_CALLS * calls.size();
        for (ToolCall call : calls) {
            tokens += 2 * count(call.name()) + count(call.arguments());
        }
        return message.content().isEmpty() ? tokens : tokens + CALL_BESIDE_CONTENT;
    }

    /**
     * Returns the tokens that the description of tools adds to a prompt, at most; some four less in a prompt with a system message.
     *
     * @throws IllegalArgumentException where the parameters of a tool are no JSON
     */
    public int countTools(List<ToolSchema> tools) {
        return tools.isEmpty() ? 0 : TOOLS + count(ToolDeclarations.of(tools));
    }

    /** Returns the tokens of bare text. */
    public int count(String text) {
        return texts.count(text);
    }
}
