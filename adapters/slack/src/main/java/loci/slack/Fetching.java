package loci.slack;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import java.util.List;
import java.util.Optional;
import loci.chat.MessageRef;
import loci.slack.SlackEvents.Located;
import loci.slack.Web.Done;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/** Fetches one message as Slack has it now. Thread-safe. */
final class Fetching {

    private final Web web;

    Fetching(Web web) {
        this.web = web;
    }

    /** Empty where it is gone, or Slack does not show it. Waits for Slack. */
    Optional<Message> message(String channel, MessageRef ref) {
        Located at = Located.of(ref);
        Tried<?> asked = at.thread() == null ? history(channel, at.ts()) : replies(channel, at.thread(), at.ts());
        return switch (asked) {
            case Done<?>(ConversationsHistoryResponse found) -> one(found.getMessages(), at.ts());
            case Done<?>(ConversationsRepliesResponse found) -> one(found.getMessages(), at.ts());
            default -> Optional.empty();
        };
    }

    private Tried<ConversationsHistoryResponse> history(String channel, String ts) {
        return web.tried(
                "conversations.history",
                client -> client.conversationsHistory(request -> request.channel(channel)
                        .oldest(ts)
                        .latest(ts)
                        .inclusive(true)
                        .limit(1)));
    }

    private Tried<ConversationsRepliesResponse> replies(String channel, String thread, String ts) {
        return web.tried(
                "conversations.replies",
                client -> client.conversationsReplies(request -> request.channel(channel)
                        .ts(thread)
                        .oldest(ts)
                        .latest(ts)
                        .inclusive(true)
                        .limit(2)));
    }

    private static Optional<Message> one(@Nullable List<Message> messages, String ts) {
        return messages == null
                ? Optional.empty()
                : messages.stream()
                        .filter(message -> ts.equals(message.getTs()))
                        .findFirst();
    }
}
