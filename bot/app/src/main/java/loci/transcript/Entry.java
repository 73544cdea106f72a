package loci.transcript;

import java.time.Instant;
import java.util.List;
import loci.memory.Role;
import loci.model.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * One message of a transcript.
 *
 * @param id names it in the transcript; 1 to 200 characters without control characters, each once
 * @param role whose words these are; of a bot's and a tool's, author and name are Loci's own
 * @param authorId who wrote it
 * @param authorName the name shown to people; untrusted
 * @param text what was said; untrusted
 * @param at when it was said
 * @param addressed whether the bot was expected to answer
 * @param pinned whether its exchange is to be shown however old it is
 * @param toolCalls the calls that a bot's message makes; empty for all others
 * @param answersCall for a tool's, the id of the call it answers; otherwise null
 */
public record Entry(
        String id,
        Role role,
        String authorId,
        String authorName,
        String text,
        Instant at,
        boolean addressed,
        boolean pinned,
        List<ToolCall> toolCalls,
        @Nullable String answersCall) {

    public Entry {
        toolCalls = List.copyOf(toolCalls);
    }

    /** A person's message to the bot, not pinned. */
    static Entry ofPerson(String id, String name, String text, Instant at) {
        return new Entry(id, Role.PERSON, name, name, text, at, true, false, List.of(), null);
    }
}
