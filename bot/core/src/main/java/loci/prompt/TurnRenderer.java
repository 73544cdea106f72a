package loci.prompt;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import loci.memory.Role;
import loci.memory.Turn;
import loci.model.PromptMessage;
import loci.sanitize.Fence;
import loci.sanitize.PromptSanitizer;

/**
 * Renders turns for one prompt: people's turns carry a {@linkplain Fence#turn header} that only Loci can write;
 * the bot's own turns carry none. The date is there because people ask when things were said; it is in UTC.
 */
final class TurnRenderer {

    /** The bot's name in a record; no person can bear it, since it is among the reserved names. */
    private static final String BOT = "bot";

    private final String mark;
    private final Speakers speakers;
    private final int maxChars;

    /** @param maxChars the most characters of one turn; a limit before counting, since counting takes time with length */
    TurnRenderer(String mark, Speakers speakers, int maxChars) {
        this.mark = mark;
        this.speakers = speakers;
        this.maxChars = maxChars;
    }

    PromptMessage message(Turn turn) {
        return message(turn, maxChars);
    }

    /** Renders a turn as a message of at most so many characters, visibly cut where it was longer. */
    PromptMessage message(Turn turn, int chars) {
        String text = PromptSanitizer.text(turn.text(), mark, chars);
        return switch (turn.role()) {
            case PERSON -> PromptMessage.user(header(turn) + text);
            case BOT -> new PromptMessage(PromptMessage.Role.ASSISTANT, text, turn.toolCalls(), null);
            case TOOL -> new PromptMessage(PromptMessage.Role.TOOL, text, List.of(), turn.answersCall());
        };
    }

    /** Renders a turn as a line of a record, the bot's turns under the bot's name. */
    String line(Turn turn) {
        return header(turn) + PromptSanitizer.text(turn.text(), mark, maxChars);
    }

    private String header(Turn turn) {
        String name = turn.role() == Role.PERSON ? speakers.labelOf(turn.author()) : BOT;
        String day = LocalDate.ofInstant(turn.at(), ZoneOffset.UTC).toString();
        return Fence.turn(mark, name, day) + " ";
    }
}
