package loci.memory;

import java.time.Instant;
import java.util.List;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.MessageRef;
import loci.model.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that took place elsewhere and is added to the log as it was: a message and what the bot and its tools made of it.
 *
 * @param opening the person's message; no answer is owed to it, whatever it says
 * @param rest the turns that followed, in order; may be empty
 */
public record PastExchange(MessagePosted opening, List<PastTurn> rest) {

    public PastExchange {
        rest = List.copyOf(rest);
        if (rest.stream().anyMatch(turn -> turn.role() == Role.PERSON)) {
            throw new IllegalArgumentException("a person's message opens an exchange of its own");
        }
    }

    /**
     * A turn of the bot or of a tool.
     *
     * @param role {@link Role#BOT} or {@link Role#TOOL}
     * @param text what was said or returned, redacted; may be empty for a bot turn that calls tools
     * @param message the platform's id of it, or null
     * @param toolCalls the calls that a bot turn makes
     * @param answersCall for a tool turn, the id of the call it answers
     */
    public record PastTurn(
            Role role,
            String text,
            Instant at,
            @Nullable MessageRef message,
            List<ToolCall> toolCalls,
            @Nullable String answersCall) {

        public PastTurn {
            toolCalls = List.copyOf(toolCalls);
        }
    }
}
