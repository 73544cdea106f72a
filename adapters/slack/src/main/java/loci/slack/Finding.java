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
import loci.slack.Web.Limited;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was posted of a reply by a process that died, or in an attempt of which nothing was heard: Slack posts again what is sent
 * again. Each message says in its metadata of which reply it is; a stream says so at its end only. What was said since is looked through page
 * by page; where that is too much it stays unknown. A page that cannot be had now is asked for again, and none before it. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.stopStream">chat.stopStream</a>
 */
final class Finding {

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 5;

    /** After so many times without an answer it is given up to know it. */
    private static final int MOST_TIMES = 5;

    /** What Slack says where it does not know any more where a page begins. */
    private static final String OLD_CURSOR = "invalid_cursor";

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

    /**
     * What was found so far, and where to go on.
     *
     * @param parts the messages, by the number of their part
     * @param streaming the message that is streamed, as far as that can be seen
     * @param pages how many were looked through
     * @param cursor where the next one begins; empty for the first
     */
    record Found(Map<Integer, String> parts, @Nullable String streaming, int pages, String cursor) {

        static final Found NOTHING = new Found(Map.of(), null, 0, "");

        Found {
            parts = Map.copyOf(parts);
        }

        /** The same, to be looked for from the beginning. */
        Found anew() {
            return new Found(parts, streaming, 0, "");
        }
    }

    Finding(Web web, String self) {
        this.web = web;
        this.self = self;
    }

    void lookUp(Draft draft, String key, Target target) {
        String from = from(draft, target);
        for (Found found = draft.found(); found.pages() < MOST_PAGES; found = draft.found()) {
            Tried<?> asked = target.thread() == null
                    ? history(target, from, found.cursor())
                    : replies(target, target.thread(), from, found.cursor());
            Page got = read(asked);
            if (got == null) {
                notShown(draft, asked);
                return;
            }
            draft.found(looked(found, got, from, key));
            if (got.cursor().isEmpty()) {
                draft.known();
                return;
            }
        }
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

    /** What was found stays with the draft, and the next time it is gone on where this page begins. */
    private static void notShown(Draft draft, Tried<?> asked) {
        boolean never = switch (asked) {
            case Refused<?>(String error, String _)
            when error.equals(OLD_CURSOR) -> {
                draft.found(draft.found().anew());
                yield draft.lookedFor() >= MOST_TIMES;
            }
            case Refused<?>(String error, String _) -> !Errors.isOfToken(error);
            // To wait as long as Slack asks to is no attempt: some apps may ask once a minute.
            case Limited<?>(Duration _, boolean sent) -> sent && draft.lookedFor() >= MOST_TIMES;
            default -> draft.lookedFor() >= MOST_TIMES;
        };
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

    private Found looked(Found before, Page page, String from, String key) {
        Map<Integer, String> parts = new HashMap<>(before.parts());
        @Nullable String streaming = before.streaming();
        for (Message message : page.messages()) {
            Metadata metadata = message.getMetadata();
            String state = message.getStreamingState();
            if (!self.equals(message.getUser()) || message.getTs().compareTo(from) <= 0) {
                continue;
            }
            if (metadata != null && isOf(key, metadata) && !GROWING.equals(state)) {
                parts.put(part(metadata), message.getTs());
            } else if (metadata == null ? state != null : isOf(key, metadata)) {
                // The last one: those before it belong to answers before this one.
                boolean last = streaming == null || message.getTs().compareTo(streaming) > 0;
                streaming = last ? message.getTs() : streaming;
            }
        }
        return new Found(parts, streaming, before.pages() + 1, page.cursor());
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
