package loci.slack;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.ImageBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.MarkdownBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.RichTextElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blocks written as the mrkdwn that would show the same, so that both are read the same way. What has no words (buttons, dividers) is left
 * out, and so is what Slack may add in years to come.
 */
final class BlockText {

    private static final int MOST_BLOCKS = 100;

    private BlockText() {}

    /** @param blocks may hold anything, and nothing */
    static String of(@Nullable List<LayoutBlock> blocks) {
        List<String> texts = new ArrayList<>();
        for (LayoutBlock block : blocks == null ? List.<LayoutBlock>of() : blocks) {
            String text = block(block);
            if (!text.isBlank() && texts.size() < MOST_BLOCKS) {
                texts.add(text.strip());
            }
        }
        return String.join("\n\n", texts);
    }

    private static String block(@Nullable LayoutBlock block) {
        return switch (block) {
            case RichTextBlock rich -> rich(rich);
            case SectionBlock section -> section(section);
            case HeaderBlock header -> text(header.getText());
            case ContextBlock context -> context(context);
            case MarkdownBlock markdown -> orEmpty(markdown.getText());
            case ImageBlock image -> escaped(orEmpty(image.getAltText()));
            case null, default -> "";
        };
    }

    private static String rich(RichTextBlock block) {
        StringBuilder out = new StringBuilder();
        for (Object element : block.getElements() == null ? List.of() : block.getElements()) {
            if (element instanceof RichTextElement rich) {
                RichText.append(rich, out);
            }
        }
        return out.toString();
    }

    private static String section(SectionBlock block) {
        List<String> texts = new ArrayList<>();
        texts.add(text(block.getText()));
        for (TextObject field : block.getFields() == null ? List.<TextObject>of() : block.getFields()) {
            texts.add(text(field));
        }
        texts.removeIf(String::isBlank);
        return String.join("\n", texts);
    }

    private static String context(ContextBlock block) {
        List<String> texts = new ArrayList<>();
        for (Object element : block.getElements() == null ? List.of() : block.getElements()) {
            if (element instanceof TextObject text) {
                texts.add(text(text));
            }
        }
        texts.removeIf(String::isBlank);
        return String.join(" ", texts);
    }

    private static String text(@Nullable TextObject text) {
        if (text == null) {
            return "";
        }
        return text instanceof MarkdownTextObject ? orEmpty(text.getText()) : escaped(orEmpty(text.getText()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A text that has no markup, in mrkdwn. */
    static String escaped(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
