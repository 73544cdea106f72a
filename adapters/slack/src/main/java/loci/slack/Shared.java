package loci.slack;

import com.slack.api.model.Attachment;
import com.slack.api.model.Attachment.MessageBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that were shared or forwarded with a message, as quotes in mrkdwn; other attachments, such as previews of links, are not. */
final class Shared {

    private static final int MOST = 10;

    private Shared() {}

    static String of(@Nullable List<Attachment> attachments) {
        StringBuilder out = new StringBuilder();
        int count = 0;
        for (Attachment attachment : attachments == null ? List.<Attachment>of() : attachments) {
            String text = attachment != null && isMessage(attachment) ? text(attachment) : "";
            if (!text.isBlank() && count++ < MOST) {
                out.append(out.isEmpty() ? "" : "\n");
                RichText.quoted(author(attachment) + "\n" + text, out);
            }
        }
        return out.toString().strip();
    }

    /** A message that was linked to is marked so; one that was forwarded is known by where it stood. */
    private static boolean isMessage(Attachment attachment) {
        boolean stood = attachment.getChannelId() != null && attachment.getTs() != null;
        boolean written = attachment.getAuthorId() != null || attachment.getAuthorName() != null;
        return Boolean.TRUE.equals(attachment.isMsgUnfurl()) || (stood && written);
    }

    private static String author(Attachment attachment) {
        String name = attachment.getAuthorName();
        String id = attachment.getAuthorId();
        if (name != null && !name.isBlank()) {
            return BlockText.escaped(name.replaceAll("\\s+", " ").strip()) + " wrote:";
        }
        return id != null && id.matches("[A-Z0-9]{1,30}") ? "<@" + id + "> wrote:" : "Somebody wrote:";
    }

    private static String text(Attachment attachment) {
        String text = attachment.getText();
        if (text != null && !text.isBlank()) {
            return text;
        }
        StringBuilder blocks = new StringBuilder();
        List<MessageBlock> messages = attachment.getMessageBlocks();
        for (MessageBlock block : messages == null ? List.<MessageBlock>of() : messages) {
            if (block != null && block.getMessage() != null) {
                blocks.append(BlockText.of(block.getMessage().getBlocks())).append('\n');
            }
        }
        String fallback = attachment.getFallback();
        return blocks.toString().isBlank() && fallback != null ? fallback : blocks.toString();
    }
}
