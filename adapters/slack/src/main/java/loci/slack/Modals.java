package loci.slack;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import loci.chat.CommandAnswer.Confirmation;
import loci.command.QuestionForm;
import org.jspecify.annotations.Nullable;

/** The forms that are put before people, and the buttons under what only they see. What they mean is kept in them. Pure. */
final class Modals {

    /** What confirms, in forms and under messages. */
    static final String CONFIRM = "loci_confirm";

    /** What posts an answer for all to see, in forms and under messages. */
    static final String SHARE = "loci_share";

    /** What asks about a message. */
    static final String ASK = "loci_ask";

    /** What asks where nobody else sees it. */
    static final String PRIVATE = "loci_private";

    /** The buttons under messages. */
    static final Pattern BUTTONS = Pattern.compile(CONFIRM + "|" + SHARE);

    /** What can be sent off. */
    static final Pattern SUBMISSIONS = Pattern.compile(CONFIRM + "|" + SHARE + "|" + ASK + "|" + PRIVATE);

    private static final String ANSWER = "loci_answer";
    private static final String FIELD = "question";
    private static final String SHARED = "Share in channel";
    private static final int LONGEST_TITLE = 24;
    private static final int LONGEST_BUTTON = 75;
    private static final int LONGEST_HINT = 150;
    private static final int LONGEST_QUESTION = 3_000;
    /** Of the hundred that a form holds. */
    private static final int MOST_BLOCKS = 90;

    private Modals() {}

    /** It is being thought about. */
    static View waiting(String title) {
        return bare(title, "One moment …").build();
    }

    /** Something to read. */
    static View saying(String title, String mrkdwn) {
        return bare(title, mrkdwn).build();
    }

    private static View.ViewBuilder bare(String title, String mrkdwn) {
        List<LayoutBlock> blocks = Outgoing.blocks(mrkdwn, null);
        return View.builder()
                .type("modal")
                .callbackId(ANSWER)
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text(cut(title, LONGEST_TITLE))
                        .build())
                .close(close("Close"))
                .blocks(blocks.subList(0, Math.min(MOST_BLOCKS, blocks.size())));
    }

    /** Whether a form can hold all of this. */
    static boolean holds(String mrkdwn) {
        return Outgoing.blocks(mrkdwn, null).size() <= MOST_BLOCKS;
    }

    /** A question that can be confirmed. */
    static View asking(String title, String mrkdwn, String asker, Confirmation asked) {
        String label = asked.label();
        return bare(title, mrkdwn)
                .callbackId(CONFIRM)
                .privateMetadata(asker + "/" + asked.token())
                .submit(submit(label.length() <= LONGEST_TITLE ? label : "OK"))
                .close(close("Cancel"))
                .build();
    }

    /** Something to read that can be shared. */
    static View sharing(String title, String mrkdwn, String share) {
        return bare(title, mrkdwn)
                .callbackId(SHARE)
                .privateMetadata(share)
                .submit(submit(SHARED))
                .build();
    }

    /**
     * Asks for a question.
     *
     * @param callback what it is when sent off
     * @param about what is asked about, to be found in the form again
     */
    static View question(String callback, QuestionForm form, boolean optional, String about) {
        PlainTextInputElement field = PlainTextInputElement.builder()
                .actionId(FIELD)
                .multiline(true)
                .maxLength(LONGEST_QUESTION)
                .placeholder(optional ? plainText(cut(form.otherwise(), LONGEST_HINT)) : null)
                .build();
        InputBlock input = InputBlock.builder()
                .blockId(FIELD)
                .label(plainText(form.question()))
                .element(field)
                .optional(optional)
                .build();
        return View.builder()
                .type("modal")
                .callbackId(callback)
                .privateMetadata(about)
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text(cut(form.title(), LONGEST_TITLE))
                        .build())
                .submit(submit("Ask"))
                .close(close("Cancel"))
                .blocks(List.of(input))
                .build();
    }

    /** The question that was written into a form; empty where none was. */
    static String question(View filled) {
        if (filled.getState() == null) {
            return "";
        }
        var field = Objects.requireNonNullElse(
                        filled.getState().getValues(),
                        Map.<String, Map<String, com.slack.api.model.view.ViewState.Value>>of())
                .getOrDefault(FIELD, Map.of())
                .get(FIELD);
        return field == null || field.getValue() == null ? "" : field.getValue().strip();
    }

    /** The button under a message that confirms what it asks. */
    static LayoutBlock confirm(String asker, Confirmation asked) {
        return ActionsBlock.builder()
                .elements(List.of(button(one -> one.actionId(CONFIRM)
                        .text(plainText(cut(asked.label(), LONGEST_BUTTON)))
                        .style("danger")
                        .value(asker + "/" + asked.token()))))
                .build();
    }

    /** The button under a message that shares it. */
    static LayoutBlock share(String share) {
        return ActionsBlock.builder()
                .elements(List.of(button(
                        one -> one.actionId(SHARE).text(plainText(SHARED)).value(share))))
                .build();
    }

    private static ViewSubmit submit(String label) {
        return ViewSubmit.builder().type("plain_text").text(label).build();
    }

    private static ViewClose close(String label) {
        return ViewClose.builder().type("plain_text").text(label).build();
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }

    /** What stands before the first slash and what after it; null where there is none. */
    static String @Nullable [] halves(@Nullable String written) {
        int slash = written == null ? -1 : written.indexOf('/');
        return written == null || slash < 1
                ? null
                : new String[] {written.substring(0, slash), written.substring(slash + 1)};
    }
}
