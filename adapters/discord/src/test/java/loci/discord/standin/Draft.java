package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What someone wants to post. */
record Draft(
        String content,
        ArrayNode embeds,
        ArrayNode components,
        List<Attachment> attachments,
        @Nullable JsonNode allowedMentions,
        @Nullable Message replyTo,
        @Nullable String nonce,
        boolean enforceNonce,
        int flags) {

    static Draft typed(String content, @Nullable Message replyTo, List<Attachment> attachments) {
        return new Draft(
                content,
                JsonNodeFactory.instance.arrayNode(),
                JsonNodeFactory.instance.arrayNode(),
                attachments,
                null,
                replyTo,
                null,
                false,
                0);
    }

    boolean empty() {
        return content.isEmpty() && embeds.isEmpty() && components.isEmpty() && attachments.isEmpty();
    }

    Draft flagged(int newFlags) {
        return new Draft(
                content, embeds, components, attachments, allowedMentions, replyTo, nonce, enforceNonce, newFlags);
    }
}
