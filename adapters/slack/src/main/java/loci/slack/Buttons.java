package loci.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import java.util.List;
import java.util.regex.Pattern;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.ReplyPlace;
import org.jspecify.annotations.Nullable;

/**
 * What a button under an answer means, kept in its value: it works after a restart. Who may press it is not in it, and is seen to where it is
 * pressed. Pure.
 */
sealed interface Buttons {

    /** The action ids of the buttons here. */
    Pattern ACTIONS = Pattern.compile("loci_(stop|again|good|bad)");

    /** Stops the answer being written. */
    record Stop(MessageRef question) implements Buttons {}

    /** Has a question answered anew. */
    record Again(MessageRef question) implements Buttons {}

    /** Says whether an answer was of use; anybody's. */
    record Feedback(MessageRef question, boolean good) implements Buttons {

        /** As the log has it. */
        String word() {
            return good ? "good" : "bad";
        }
    }

    /** The question whose answer it is under. */
    MessageRef question();

    static LayoutBlock stop(ReplyPlace place) {
        return row(List.of(button(one -> one.actionId("loci_stop")
                .text(plainText("⏹ Stop"))
                .value(place.question().id()))));
    }

    /** What stands under a finished reply; null where it is Loci's own words, which nobody wants anew. */
    static @Nullable LayoutBlock under(Reply reply) {
        String value = reply.question().id();
        BlockElement again = small("loci_again", "🔄", "Answer anew", value);
        return switch (reply.kind()) {
            case ANSWER ->
                row(List.of(
                        small("loci_good", "👍", "This answer was good", value),
                        small("loci_bad", "👎", "This answer was not good", value),
                        again));
            case FAILURE -> row(List.of(again));
            case NOTICE -> null;
        };
    }

    private static BlockElement small(String action, String sign, String words, String value) {
        return button(one -> one.actionId(action)
                .text(plainText(sign))
                .accessibilityLabel(words)
                .value(value));
    }

    private static LayoutBlock row(List<BlockElement> elements) {
        return ActionsBlock.builder().elements(elements).build();
    }

    /** Reads what was pressed; null where it is none of ours. */
    static @Nullable Buttons read(String action, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        MessageRef question = new MessageRef(value);
        return switch (action) {
            case "loci_stop" -> new Stop(question);
            case "loci_again" -> new Again(question);
            case "loci_good" -> new Feedback(question, true);
            case "loci_bad" -> new Feedback(question, false);
            default -> null;
        };
    }
}
