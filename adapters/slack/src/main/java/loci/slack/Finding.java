package loci.slack;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import com.slack.api.model.Message.Metadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was posted of a reply by a process that died, or in an attempt of which nothing was heard: Slack posts again what is sent
 * again. Each message says in its metadata of which reply it is; a stream says so at its end only. Thread-safe.
 */
final class Finding {

    /** The most messages after a question that are looked through for its answer. */
    private static final int MOST_LOOKED_THROUGH = 100;

    /** After so many times without an answer it is given up to know it. */
    private static final int MOST_TIMES = 5;

    private final Web web;
    private final String self;

    Finding(Web web, String self) {
        this.web = web;
        this.self = self;
    }

    void lookUp(Draft draft, String key, Target target) {
        Tried<?> asked = target.thread() == null ? history(target) : replies(target, target.thread());
        switch (asked) {
            case Done<?>(ConversationsRepliesResponse found) -> look(draft, key, target, found.getMessages());
            case Done<?>(ConversationsHistoryResponse found) -> look(draft, key, target, found.getMessages());
            case Refused<?>(String error, String _) -> {
                if (!Errors.isOfToken(error)) {
                    draft.neverKnown();
                }
            }
            default -> {
                if (draft.lookedFor() >= MOST_TIMES) {
                    draft.neverKnown();
                }
            }
        }
    }

    private Tried<ConversationsRepliesResponse> replies(Target target, String thread) {
        return web.tried(
                "conversations.replies",
                client -> client.conversationsReplies(request -> request.channel(target.channel())
                        .ts(thread)
                        .oldest(target.question())
                        .limit(MOST_LOOKED_THROUGH)
                        .includeAllMetadata(true)));
    }

    private Tried<ConversationsHistoryResponse> history(Target target) {
        return web.tried(
                "conversations.history",
                client -> client.conversationsHistory(request -> request.channel(target.channel())
                        .oldest(target.question())
                        .limit(MOST_LOOKED_THROUGH)
                        .includeAllMetadata(true)));
    }

    private void look(Draft draft, String key, Target target, @Nullable List<Message> messages) {
        Map<Integer, String> parts = new HashMap<>();
        String streaming = null;
        for (Message message : messages == null ? List.<Message>of() : messages) {
            boolean own = self.equals(message.getUser()) && message.getTs().compareTo(target.question()) > 0;
            Metadata metadata = message.getMetadata();
            if (own && metadata != null && isOf(key, metadata)) {
                parts.put(part(metadata), message.getTs());
            } else if (own && metadata == null && message.getStreamingState() != null) {
                streaming = message.getTs();
            }
        }
        draft.known(parts, streaming);
    }

    private static boolean isOf(String key, Metadata metadata) {
        return Outgoing.REPLY.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && key.equals(metadata.getEventPayload().get(Outgoing.KEY));
    }

    private static int part(Metadata metadata) {
        return metadata.getEventPayload().get(Outgoing.PART) instanceof Number number ? number.intValue() : 0;
    }
}
