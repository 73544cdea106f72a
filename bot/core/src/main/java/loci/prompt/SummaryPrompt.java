package loci.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import loci.memory.Digest;
import loci.memory.Turn;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.sanitize.Fence;
import loci.sanitize.PromptSanitizer;

/**
 * Builds the prompt by which a stretch of conversation is condensed into one digest. Pure, immutable, thread-safe.
 *
 * <p>What is condensed goes in as a fenced record under the conversation's mark: a turn that tries to give orders is summarised as
 * having tried.
 */
public final class SummaryPrompt {

    /** Cut to less than this, a turn would say nothing; then some turns are left out instead. */
    private static final int FEWEST_CHARS = 32;

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
     * Shares the window between a stretch of conversation and its digest. Reasoning models think inside the same limit, so the reserve
     * is larger than a digest; what the digest may have is checked on what comes back.
     */
    public static TokenBudget budget(ModelProfile model, int digestTokens) {
        return TokenBudget.of(model, 0, Math.max(digestTokens * 4, 1_000));
    }

    /**
     * Asks for a digest of turns.
     *
     * @return the prompt; it may be larger than any budget, which the caller checks with {@link #fits}
     */
    public Prompt ofTurns(List<Turn> turns, String mark, int digestTokens, ModelProfile model, TokenBudget budget) {
        TurnRenderer renderer = new TurnRenderer(
                mark, Speakers.of(turns), Math.max(64, budget.promptTokens() * PromptCounter.CHARS_PER_TOKEN / 4));
        return ofLines(turns, renderer, mark, digestTokens, model, budget);
    }

    /** Asks for a digest of turns that are too long together: each is cut, visibly, and where that is not enough the last are left out. */
    public Prompt ofCutTurns(List<Turn> turns, String mark, int digestTokens, ModelProfile model, TokenBudget budget) {
        Speakers speakers = Speakers.of(turns);
        int chars = Math.max(
                FEWEST_CHARS, budget.promptTokens() * PromptCounter.CHARS_PER_TOKEN / Math.max(1, turns.size()));
        List<Turn> shown = turns;
        while (true) {
            TurnRenderer renderer = new TurnRenderer(mark, speakers, chars);
            Prompt prompt = ofLines(shown, renderer, mark, digestTokens, model, budget);
            if (fits(prompt, budget) || (chars == FEWEST_CHARS && shown.size() == 1)) {
                return prompt;
            }
            if (chars > FEWEST_CHARS) {
                chars = Math.max(FEWEST_CHARS, chars / 2);
            } else {
                shown = shown.subList(0, shown.size() / 2);
            }
        }
    }

    /** Asks for a digest of digests, where the turns below them no longer fit one prompt. */
    public Prompt ofDigests(
            List<Digest> digests, String mark, int digestTokens, ModelProfile model, TokenBudget budget) {
        int chars = digestTokens * PromptCounter.CHARS_PER_TOKEN * 2;
        while (true) {
            int most = chars;
            String lines = digests.stream()
                    .map(d -> PromptSanitizer.text(d.text(), mark, most))
                    .collect(Collectors.joining("\n"));
            Prompt prompt = prompt(Fence.wrap(mark, "record", lines), digestTokens, model, budget);
            if (chars <= FEWEST_CHARS || fits(prompt, budget)) {
                return prompt;
            }
            chars /= 2;
        }
    }

    public boolean fits(Prompt prompt, TokenBudget budget) {
        return counter.count(prompt.messages()) <= budget.promptTokens();
    }

    private Prompt ofLines(
            List<Turn> turns,
            TurnRenderer renderer,
            String mark,
            int digestTokens,
            ModelProfile model,
            TokenBudget budget) {
        String lines = turns.stream().map(renderer::line).collect(Collectors.joining("\n"));
        return prompt(Fence.wrapTurns(mark, "record", lines), digestTokens, model, budget);
    }

    private Prompt prompt(String record, int digestTokens, ModelProfile model, TokenBudget budget) {
        List<PromptMessage> messages = new ArrayList<>();
        messages.add(PromptMessage.system(instructions.replace("{tokens}", String.valueOf(digestTokens))));
        messages.add(PromptMessage.user(record));
        return new Prompt(MessageForm.of(messages, model), budget.replyTokens(), Prompt.Purpose.SUMMARY);
    }
}
