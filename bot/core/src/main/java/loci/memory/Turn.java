package loci.memory;

import java.time.Instant;
import java.util.List;
import loci.chat.Author;
import loci.chat.MessageRef;
import loci.model.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * A message as remembered.
 *
 * @param seq its number in the conversation's log, from 1
 * @param exchange the number of the turn that began the exchange it belongs to; equal to {@code seq} for an opening turn
 * @param role whose words these are
 * @param author who wrote it; for the bot and tools, a name of Loci's own
 * @param message the platform's id of it, or null where it has none (a reply not yet delivered, a tool's result)
 * @param text what was said, redacted; untrusted
 * @param at when it was said
 * @param toolCalls the tool calls a bot turn makes; empty for all others
 * @param answersCall for a tool turn, the id of the call it answers
 */
public record Turn(
        long seq,
        long exchange,
        Role role,
        Author author,
        @Nullable MessageRef message,
        String text,
        Instant at,
        List<ToolCall> toolCalls,
        @Nullable String answersCall) {

    public Turn {
        toolCalls = List.copyOf(toolCalls);
    }

    /** The same turn with other calls. */
    public Turn calling(List<ToolCall> calls) {
        return calls.equals(toolCalls)
                ? this
                : new Turn(seq, exchange, role, author, message, text, at, calls, answersCall);
    }

    /** Whether this is the message that began its exchange, in its first or a later version. */
    public boolean opensExchange() {
        return role == Role.PERSON;
    }
}
