package loci.slack;

import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextListElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextQuoteElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import com.slack.api.model.block.element.RichTextSectionElement.TextStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of a rich text block, written as mrkdwn with the marks that Slack's own clients write. */
final class RichText {

    private static final int DEEPEST = 8;

    private RichText() {}

    static void append(RichTextElement element, StringBuilder out) {
        append(element, out, 0);
    }

    private static void append(@Nullable RichTextElement element, StringBuilder out, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (element) {
            case RichTextSectionElement section -> all(section.getElements(), out, depth);
            case RichTextListElement list -> list(list, out, depth);
            case RichTextQuoteElement quote -> {
                newLine(out);
                quoted(text(quote.getElements(), depth), out);
            }
            case RichTextPreformattedElement code -> {
                newLine(out);
                out.append("```\n").append(text(code.getElements(), depth)).append("\n```\n");
            }
            case null -> {}
            default -> out.append(inline(element));
        }
    }

    private static void all(@Nullable List<RichTextElement> elements, StringBuilder out, int depth) {
        for (RichTextElement element : elements == null ? List.<RichTextElement>of() : elements) {
            append(element, out, depth + 1);
        }
    }

    private static String text(@Nullable List<RichTextElement> elements, int depth) {
        StringBuilder text = new StringBuilder();
        all(elements, text, depth);
        return text.toString();
    }

    private static void newLine(StringBuilder out) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    /** Every line with a sign before it. */
    static void quoted(String text, StringBuilder out) {
        text.strip().lines().forEach(line -> out.append("&gt; ").append(line).append('\n'));
    }

    private static void list(RichTextListElement list, StringBuilder out, int depth) {
        boolean ordered = "ordered".equals(list.getStyle());
        int number = list.getOffset() == null ? 1 : Math.max(0, list.getOffset()) + 1;
        int indent = list.getIndent() == null ? 0 : Math.clamp(list.getIndent(), 0, DEEPEST);
        for (RichTextElement item : list.getElements() == null ? List.<RichTextElement>of() : list.getElements()) {
            newLine(out);
            String sign = ordered ? number++ + ". " : "- ";
            StringBuilder text = new StringBuilder();
            append(item, text, depth + 1);
            String before = "  ".repeat(indent);
            out.append(before).append(sign).append(text.toString().strip().replace("\n", "\n" + before + "  "));
        }
        out.append('\n');
    }

    private static String inline(RichTextElement element) {
        return switch (element) {
            case RichTextSectionElement.Text text ->
                styled(BlockText.escaped(orEmpty(text.getText())), text.getStyle());
            case RichTextSectionElement.Link link -> styled(link(link.getUrl(), link.getText()), link.getStyle());
            case RichTextSectionElement.User user -> "<@" + orEmpty(user.getUserId()) + ">";
            case RichTextSectionElement.UserGroup group -> "<!subteam^" + orEmpty(group.getUsergroupId()) + ">";
            case RichTextSectionElement.Channel channel -> "<#" + orEmpty(channel.getChannelId()) + ">";
            case RichTextSectionElement.Broadcast broadcast -> "<!" + orEmpty(broadcast.getRange()) + ">";
            case RichTextSectionElement.Date date -> date(date);
            case RichTextSectionElement.Color color -> BlockText.escaped(orEmpty(color.getValue()));
            case RichTextSectionElement.Emoji emoji -> emoji(emoji);
            default -> "";
        };
    }

    private static String link(@Nullable String url, @Nullable String text) {
        String address = BlockText.escaped(
                orEmpty(url).replace("|", "%7C").replace("<", "%3C").replace(">", "%3E"));
        if (address.isBlank()) {
            return BlockText.escaped(orEmpty(text));
        }
        return "<" + address + (orEmpty(text).isBlank() ? "" : "|" + BlockText.escaped(orEmpty(text))) + ">";
    }

    private static String date(RichTextSectionElement.Date date) {
        if (date.getFallback() != null && !date.getFallback().isBlank()) {
            return BlockText.escaped(date.getFallback());
        }
        return date.getTimestamp() == null ? "" : "<!date^" + date.getTimestamp() + ">";
    }

    private static String emoji(RichTextSectionElement.Emoji emoji) {
        String name = orEmpty(emoji.getName());
        String tone = emoji.getSkinTone() == null ? "" : ":skin-tone-" + emoji.getSkinTone() + ":";
        boolean known = Emoji.shown(name, null).isPresent();
        String sequence = known ? "" : Emoji.fromPoints(orEmpty(emoji.getUnicode()));
        return sequence.isEmpty() ? ":" + name + ":" + tone : sequence;
    }

    /** The marks stand at the text itself: before and behind spaces they would mark nothing. */
    private static String styled(String text, @Nullable TextStyle style) {
        String inner = text.strip();
        if (style == null || inner.isEmpty()) {
            return text;
        }
        String marked = inner;
        marked = style.isCode() ? "`" + marked + "`" : marked;
        marked = style.isStrike() ? "~" + marked + "~" : marked;
        marked = style.isItalic() ? "_" + marked + "_" : marked;
        marked = style.isBold() ? "*" + marked + "*" : marked;
        int start = text.indexOf(inner);
        return text.substring(0, start) + marked + text.substring(start + inner.length());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
