package loci.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.model.Message.Metadata;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/** Messages as they are sent: nobody is called, no link is previewed, and each says of which reply it is a part. Stateless. */
final class Outgoing {

    /** The event type under which a message says of which reply it is. */
    static final String REPLY = "loci_reply";

    static final String KEY = "key";
    static final String PART = "part";

    /** Of 3,000 characters that a section holds. */
    private static final int LONGEST_SECTION = 2_900;

    private Outgoing() {}

    static Metadata metadata(String key, int part) {
        return Metadata.builder()
                .eventType(REPLY)
                .eventPayload(Map.of(KEY, key, PART, part))
                .build();
    }

    /** The text in sections, since text alone does not replace them, and buttons below where there are any. */
    static List<LayoutBlock> blocks(String text, @Nullable LayoutBlock buttons) {
        List<LayoutBlock> blocks = new ArrayList<>();
        for (String piece : SlackParts.split(text, LONGEST_SECTION)) {
            blocks.add(SectionBlock.builder()
                    // Slack is to make nothing of what is not written in its own form.
                    .text(MarkdownTextObject.builder()
                            .text(piece)
                            .verbatim(true)
                            .build())
                    .expand(true)
                    .build());
        }
        if (buttons != null) {
            blocks.add(buttons);
        }
        return blocks;
    }

    static Tried<ChatPostMessageResponse> post(
            Web web, Target target, String text, @Nullable LayoutBlock buttons, Metadata metadata) {
        List<LayoutBlock> blocks = blocks(text, buttons);
        return web.tried(
                "chat.postMessage " + target.channel(),
                client -> client.chatPostMessage(request -> request.channel(target.channel())
                        .threadTs(target.thread())
                        .text(text)
                        .blocks(blocks)
                        .metadata(metadata)
                        .unfurlLinks(false)
                        .unfurlMedia(false)));
    }

    /** What an existing message shall be; its buttons go where none is given. */
    static Tried<ChatUpdateResponse> update(
            Web web, Target target, String ts, String text, @Nullable LayoutBlock buttons, Metadata metadata) {
        List<LayoutBlock> blocks = blocks(text, buttons);
        return web.tried(
                "chat.update",
                client -> client.chatUpdate(request -> request.channel(target.channel())
                        .ts(ts)
                        .text(text)
                        .blocks(blocks)
                        .metadata(metadata)));
    }
}
