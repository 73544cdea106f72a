package loci.slack;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import com.slack.api.model.Message.Metadata;
import com.slack.api.model.ResponseMetadata;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was posted of a reply by a process that died, or in an attempt of which nothing was heard: Slack posts again what is sent
 * again. Each message says in its metadata of which reply it is; a stream says so at its end only. What was said since is looked through page
 * by page; where that is too much it stays unknown. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.stopStream">chat.stopStream</a>
 */
final class Finding {

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 5;

    /** After so many times without an answer it is given up to know it. */
    private static final int MOST_TIMES = 5;

    /** What Slack calls a stream that has not ended. */
    private static final String GROWING = "in_progress";

    /** Slack's clock and ours may differ by so much. */
    private static final Duration DRIFT = Duration.ofMinutes(10);

    private final Web web;
    private final String self;

    /**
     * A part of what was said.
     *
     * @param cursor where the next one begins; empty where there is none
     */
    private record Page(List<Message> messages, String cursor) {

        static Page of(@Nullable List<Message> messages, @Nullable ResponseMetadata more) {
            String cursor = more == null ? null : more.getNextCursor();
            return new Page(messages == null ? List.of() : messages, cursor == null ? "" : cursor);
        }
    }

    /** What was found so far. */
    private static final class Found {
        private final Map<Integer, String> parts = new HashMap<>();
        private @Nullable String streaming;
    }

    Finding(Web web, String self) {
        this.web = web;
        this.self = self;
    }

    void lookUp(Draft draft, String key, Target target) {
        String from = from(draft, target);
        Found found = new Found();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Tried<?> asked = target.thread() == null
                    ? history(target, from, cursor)
                    : replies(target, target.thread(), from, cursor);
            Page got = read(asked);
            if (got == null) {
                notShown(draft, asked);
                return;
            }
            got.messages().stream()
                    .filter(message -> message.getTs().compareTo(from) > 0)
                    .forEach(message -> look(message, key, found));
            cursor = got.cursor();
            if (cursor.isEmpty()) {
                draft.known(found.parts, found.streaming);
                return;
            }
        }
        draft.known(found.parts, found.streaming);
        draft.neverKnown();
    }

    /** Nothing of an answer stands before its question, nor before it was begun to be posted. */
    private static String from(Draft draft, Target target) {
        String begun = SlackEvents.ts(draft.since().minus(DRIFT));
        boolean known = draft.since().isAfter(SlackEvents.at(target.question()).plus(DRIFT));
        return known ? begun : target.question();
    }

    private static @Nullable Page read(Tried<?> asked) {
        return switch (asked) {
            case Done<?>(ConversationsRepliesResponse found) ->
                Page.of(found.getMessages(), found.getResponseMetadata());
            case Done<?>(ConversationsHistoryResponse found) ->
                Page.of(found.getMessages(), found.getResponseMetadata());
            default -> null;
        };
    }

    private static void notShown(Draft draft, Tried<?> asked) {
        boolean never = asked instanceof Refused<?>(String error, String _)
                ? !Errors.isOfToken(error)
                : draft.lookedFor() >= MOST_TIMES;
        if (never) {
            draft.neverKnown();
        }
    }

    private Tried<ConversationsRepliesResponse> replies(Target target, String thread, String from, String cursor) {
        return web.tried(
                "conversations.replies",
                client -> client.conversationsReplies(request -> request.channel(target.channel())
                        .ts(thread)
                        .oldest(from)
                        .cursor(cursor.isEmpty() ? null : cursor)
                        .limit(PAGE)
                        .includeAllMetadata(true)));
    }

    private Tried<ConversationsHistoryResponse> history(Target target, String from, String cursor) {
        return web.tried(
                "conversations.history",
                client -> client.conversationsHistory(request -> request.channel(target.channel())
                        .oldest(from)
                        .cursor(cursor.isEmpty() ? null : cursor)
                        .limit(PAGE)
                        .includeAllMetadata(true)));
    }

    private void look(Message message, String key, Found found) {
        if (!self.equals(message.getUser())) {
            return;
        }
        Metadata metadata = message.getMetadata();
        String state = message.getStreamingState();
        if (metadata != null && isOf(key, metadata) && !GROWING.equals(state)) {
            found.parts.put(part(metadata), message.getTs());
        } else if (metadata == null ? state != null : isOf(key, metadata)) {
            // The last one: those before it belong to answers before this one.
            boolean last = found.streaming == null || message.getTs().compareTo(found.streaming) > 0;
            found.streaming = last ? message.getTs() : found.streaming;
        }
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
