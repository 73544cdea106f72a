package loci.engine;

import java.util.List;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Retention;
import loci.command.ChannelRules.Threads;
import loci.command.Permissions;
import loci.model.ModelProfile;
import loci.model.ToolSchema;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Personas;
import loci.prompt.Strategies;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;

/**
 * How the engine behaves.
 *
 * @param botName the bot's own name
 * @param personas the standing system message, and others to choose from
 * @param summaryInstructions the standing instructions of the summariser; {@code {tokens}} stands for a digest's limit
 * @param strategies what prompts may show of the memory, and what they show where a channel chose nothing
 * @param noteRole as whose words the note is sent
 * @param tools the tools that every prompt describes
 * @param compaction when and how far the window is condensed
 * @param permissions who may do what
 * @param rules what holds where a channel chose nothing
 * @param limits how much may be asked and spent
 * @param admission whom it serves
 * @param receivers which models at which addresses are sent what is said, for people to read
 * @param promptTokens the prompt budget, or 0 for the default
 * @param replyTokens the reserve for the reply
 */
public record EngineSettings(
        String botName,
        Personas personas,
        String summaryInstructions,
        Strategies strategies,
        NoteRole noteRole,
        List<ToolSchema> tools,
        CompactionPolicy compaction,
        Permissions permissions,
        ChannelRules rules,
        Limits limits,
        Admission admission,
        String receivers,
        int promptTokens,
        int replyTokens) {

    public EngineSettings {
        tools = List.copyOf(tools);
    }

    /** One persona, everything heard and kept, nothing limited. */
    public EngineSettings(
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
        this(
                botName,
                Personas.of(persona),
                summaryInstructions,
                strategies,
                noteRole,
                tools,
                compaction,
                permissions,
                new ChannelRules(Listening.ALL, Threads.SHARED, Retention.FOREVER),
                Limits.NONE,
                Admission.EVERYWHERE,
                receivers,
                promptTokens,
                replyTokens);
    }

    /** The same under other limits. */
    public EngineSettings with(Limits otherLimits) {
        return with(personas, rules, otherLimits);
    }

    /** The same under other rules and limits. */
    public EngineSettings with(Personas others, ChannelRules otherRules, Limits otherLimits) {
        return new EngineSettings(
                botName,
                others,
                summaryInstructions,
                strategies,
                noteRole,
                tools,
                compaction,
                permissions,
                otherRules,
                otherLimits,
                admission,
                receivers,
                promptTokens,
                replyTokens);
    }

    /** The same for those only whom this admits. */
    public EngineSettings with(Admission otherAdmission) {
        return new EngineSettings(
                botName,
                personas,
                summaryInstructions,
                strategies,
                noteRole,
                tools,
                compaction,
                permissions,
                rules,
                limits,
                otherAdmission,
                receivers,
                promptTokens,
                replyTokens);
    }

    /** Shares out a model's window under a strategy. */
    public TokenBudget budget(Strategy strategy, ModelProfile model) {
        return promptTokens == 0 && strategy.fillsTheWindow()
                ? TokenBudget.whole(model, replyTokens)
                : TokenBudget.of(model, promptTokens, replyTokens);
    }
}
