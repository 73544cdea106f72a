package loci.slack;

import com.slack.api.model.Attachment;
import com.slack.api.model.block.LayoutBlock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text to and from Slack's markup. Pure and total.
 *
 * <p>On the way in, what Slack sends becomes what a person would read: ids become names, entities become the signs they stand for. Sources:
 * <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message text</a>,
 * <a href="https://docs.slack.dev/reference/block-kit/blocks/rich-text-block">Rich text block</a>.
 */
final class SlackMarkup {

    /** Slack itself cuts a message here, in characters. */
    static final int LONGEST_HEARD = 40_000;

    private static final String CUT = " …";

    private static final Pattern OWN_MENTION = Pattern.compile("\\s*<@([A-Z0-9]{1,30})(?:\\|[^<>]*)?>[,:]?\\s*");

    private SlackMarkup() {}

    /**
     * What a person wrote, as a person would read it. A mention of the bot at the beginning only says to whom one speaks and goes. Blocks
     * are read where the text says less than they do; messages that were shared along follow as quotes; previews of links are left out.
     *
     * @param text the message's {@code text}
     * @param blocks its {@code blocks}; may hold anything
     * @param attachments its {@code attachments}; may hold anything
     * @return of at most {@value #LONGEST_HEARD} characters, a sign at its end where it was longer; empty where nothing was said
     */
    static String readable(
            @Nullable String text,
            @Nullable List<LayoutBlock> blocks,
            @Nullable List<Attachment> attachments,
            Names names) {
        String written = cut(text == null ? "" : text);
        String laidOut = cut(BlockText.of(blocks));
        String source = withoutAddress(saysLess(written, laidOut) ? laidOut : written, names);
        String quotes = cut(Shared.of(attachments));
        String whole = source.isBlank() || quotes.isEmpty() ? source + quotes : source + "\n\n" + quotes;
        return cut(Reading.of(whole, names).strip());
    }

    /** As {@link #readable(String, List, List, Names)} of a text alone. */
    static String readable(String text, Names names) {
        return readable(text, null, null, names);
    }

    /**
     * Loci's plain Markdown as the {@code text} of a message, in mrkdwn. Nothing in it is special to Slack but links to http, https and mailto
     * that say where they lead; it is to be sent without {@code link_names}, {@code parse} and unfurling. The text may be any; a fence left
     * open is closed.
     */
    static String rendered(String markdown) {
        return Rendering.of(markdown);
    }

    /**
     * Loci's plain Markdown as {@code markdown_text}, which Slack reads as Markdown. Nothing in it calls anybody. It may be as long as the text
     * wants; {@link AppendOnly} yields the same piece by piece and knows the limit.
     */
    static String streaming(String markdown) {
        StringBuilder out = new StringBuilder();
        StreamFence fence = null;
        for (String line : markdown.split("\n", -1)) {
            out.append(fence == null ? StreamLine.of(line) : StreamLine.inFence(line))
                    .append('\n');
            if (fence == null) {
                fence = StreamFence.opened(line);
            } else if (fence.isClosedBy(line)) {
                fence = null;
            }
        }
        out.setLength(out.length() - 1);
        if (fence != null) {
            out.append(markdown.endsWith("\n") ? "" : "\n").append(fence.closing());
        }
        return out.toString();
    }

    private static String withoutAddress(String source, Names names) {
        int from = 0;
        Matcher mention = OWN_MENTION.matcher(source);
        while (mention.region(from, source.length()).lookingAt() && names.isBot(mention.group(1))) {
            from = mention.end();
        }
        return source.substring(from);
    }

    /** Apps may write a mere notice into the text, with what they have to say in the blocks. People's clients write both in full. */
    private static boolean saysLess(String text, String blocks) {
        return letters(text) * 5 < letters(blocks) * 4;
    }

    private static long letters(String text) {
        return text.chars().filter(Character::isLetterOrDigit).count();
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_HEARD) {
            return text;
        }
        int end = LONGEST_HEARD - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
