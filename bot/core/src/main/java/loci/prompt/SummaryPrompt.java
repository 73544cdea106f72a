package loci.prompt;

import java.util.ArrayList;
import java.util.List;
import loci.memory.Digest;
import loci.memory.Turn;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.sanitize.PromptSanitizer;

/**
 * Builds the prompt by which a stretch of conversation is condensed into one digest. Pure, immutable, thread-safe.
 *
 * <p>What is condensed goes in as a fenced record under the conversation's mark: a turn that tries to give orders is summarised as
 * having tried.
 */
public final class SummaryPrompt {

    private static final int CHARS_PER_TOKEN = 8;

    private final String instructions;
    private final PromptCounter counter;

    /**
     * @param instructions the standing instructions; {@code {tokens}} stands for the most tokens a digest may have
     */
    public SummaryPrompt(String instructions, PromptCounter counter) {
        this.instructions = instructions;
        this.counter = counter;
    }

    /**
     * Asks for a digest of turns.
     *
     * @return the prompt; it may be larger than any budget, which the caller checks with {@link #fits}
     */
    public Prompt ofTurns(List<Turn> turns, String mark, int digestTokens, ModelProfile model, TokenBudget budget) {
        TurnRenderer renderer =
                new TurnRenderer(mark, Speakers.of(turns), Math.max(64, budget.promptTokens() * CHARS_PER_TOKEN / 4));
        return prompt(turns.stream().map(renderer::line).toList(), mark, digestTokens, model);
    }

    /** Asks for a digest of digests, where the turns below them no longer fit one prompt. */
    public Prompt ofDigests(List<Digest> digests, String mark, int digestTokens, ModelProfile model) {
        List<String> lines = digests.stream()
                .map(d -> PromptSanitizer.text(d.text(), mark, digestTokens * CHARS_PER_TOKEN * 2))
                .toList();
        return prompt(lines, mark, digestTokens, model);
    }

    public boolean fits(Prompt prompt, TokenBudget budget) {
        return counter.count(prompt.messages()) <= budget.promptTokens();
    }

    private Prompt prompt(List<String> lines, String mark, int digestTokens, ModelProfile model) {
        List<PromptMessage> messages = new ArrayList<>();
        messages.add(PromptMessage.system(instructions.replace("{tokens}", String.valueOf(digestTokens))));
        messages.add(PromptMessage.user(record(lines, mark)));
        // Reasoning models think inside the same limit; what the digest may have is checked on what comes back.
        int room = Math.min(model.maxOutput(), Math.max(digestTokens * 4, 1_000));
        return new Prompt(MessageForm.of(messages, model), Math.min(room, model.contextWindow() / 2), Prompt.Purpose.SUMMARY);
    }

    /** Fenced by hand: here the mark also heads the turns inside, which a fence would blot out. The lines are sanitised already. */
    private static String record(List<String> lines, String mark) {
        return "[" + mark + " begin record: each turn begins with this code, a name and a date]\n" + String.join("\n", lines)
                + "\n[" + mark + " end record]";
    }
}
