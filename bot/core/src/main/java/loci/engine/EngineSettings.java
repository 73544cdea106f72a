package loci.engine;

import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Strategy;

/**
 * How the engine behaves.
 *
 * @param botName the bot's own name
 * @param persona the standing system message
 * @param summaryInstructions the standing instructions of the summariser; {@code {tokens}} stands for a digest's limit
 * @param strategy what prompts show of the memory
 * @param noteRole as whose words the note is sent
 * @param compaction when and how far the window is condensed
 * @param promptTokens the prompt budget, or 0 for the default
 * @param replyTokens the reserve for the reply
 */
public record EngineSettings(
        String botName,
        String persona,
        String summaryInstructions,
        Strategy strategy,
        NoteRole noteRole,
        CompactionPolicy compaction,
        int promptTokens,
        int replyTokens) {}
