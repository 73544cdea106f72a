package loci.prompt;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import loci.memory.Turn;
import loci.model.PromptMessage;
import loci.model.ToolCall;
import loci.sanitize.Fence;
import loci.sanitize.PromptSanitizer;

/**
 * Renders turns for one prompt: people's turns carry a {@linkplain Fence#turn header} that only Loci can write;
 * the bot's own turns carry none. The date is there because people ask when things were said; it is in UTC.
 */
final class TurnRenderer {

    /** The names of others than people in a record; no person can bear them, since they are among the reserved names. */
    private static final String BOT = "bot";

    private static final String TOOL = "tool";

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
            case BOT -> new PromptMessage(PromptMessage.Role.ASSISTANT, text, calls(turn), null);
            case TOOL -> new PromptMessage(PromptMessage.Role.TOOL, text, List.of(), turn.answersCall());
        };
    }

    /** Renders a turn as a line of a record, what is not a person's under names that no person can bear. */
    String line(Turn turn) {
        return line(turn, maxChars);
    }

    /** The same of at most so many characters, visibly cut where it was longer. */
    String line(Turn turn, int chars) {
        String calls = calls(turn).stream()
                .map(call -> " (calls " + call.name() + " with " + call.arguments() + ")")
                .collect(Collectors.joining());
        return header(turn) + PromptSanitizer.text(turn.text(), mark, chars) + calls;
    }

    /** A model wrote these, from what people said: they are as untrusted as any text. */
    private List<ToolCall> calls(Turn turn) {
        return turn.toolCalls().stream()
                .map(call -> new ToolCall(
                        PromptSanitizer.text(call.id(), mark, maxChars),
                        PromptSanitizer.text(call.name(), mark, maxChars),
                        PromptSanitizer.text(call.arguments(), mark, maxChars)))
                .toList();
    }

    private String header(Turn turn) {
        String name = switch (turn.role()) {
            case PERSON -> speakers.labelOf(turn.author());
            case BOT -> BOT;
            case TOOL -> TOOL;
        };
        String day = LocalDate.ofInstant(turn.at(), ZoneOffset.UTC).toString();
        return Fence.turn(mark, name, day) + " ";
    }
}
