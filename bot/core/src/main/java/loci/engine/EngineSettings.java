package loci.engine;

import java.util.List;
import loci.command.Permissions;
import loci.model.ModelProfile;
import loci.model.ToolSchema;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Strategies;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;

/**
 * How the engine behaves.
 *
 * @param botName the bot's own name
 * @param persona the standing system message
 * @param summaryInstructions the standing instructions of the summariser; {@code {tokens}} stands for a digest's limit
 * @param strategies what prompts may show of the memory, and what they show where a channel chose nothing
 * @param noteRole as whose words the note is sent
 * @param tools the tools that every prompt describes
 * @param compaction when and how far the window is condensed
 * @param permissions who may do what
 * @param receivers which models at which addresses are sent what is said, for people to read
 * @param promptTokens the prompt budget, or 0 for the default
 * @param replyTokens the reserve for the reply
 */
public record EngineSettings(
        String botName,
        String persona,
        String summaryInstructions,
        Strategies strategies,
        NoteRole noteRole,
        List<ToolSchema> tools,
        CompactionPolicy compaction,
        Permissions permissions,
        String receivers,
        int promptTokens,
        int replyTokens) {

    public EngineSettings {
        tools = List.copyOf(tools);
    }

    /** Shares out a model's window under a strategy. */
    public TokenBudget budget(Strategy strategy, ModelProfile model) {
        return promptTokens == 0 && strategy.fillsTheWindow()
                ? TokenBudget.whole(model, replyTokens)
                : TokenBudget.of(model, promptTokens, replyTokens);
    }
}
