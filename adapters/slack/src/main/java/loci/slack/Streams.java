package loci.slack;

import com.slack.api.methods.response.chat.ChatAppendStreamResponse;
import com.slack.api.methods.response.chat.ChatStartStreamResponse;
import com.slack.api.methods.response.chat.ChatStopStreamResponse;
import com.slack.api.model.block.LayoutBlock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import loci.slack.Draft.Stream;
import loci.slack.Web.Done;
import loci.slack.Web.Limited;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import loci.slack.Web.Unknown;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that grow in a message of Slack's own streaming, which is in threads only and outside of direct messages is shown to be for
 * somebody. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.startStream">chat.startStream</a>
 */
final class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int MOST = 1_000;

    /** What is so wherever one tries. */
    private static final Set<String> NOWHERE =
            Set.of("unknown_method", "method_deprecated", "missing_scope", "feature_not_enabled", "not_allowed");

    private final Web web;
    private final AtomicBoolean never = new AtomicBoolean();
    private final Recent<String, Boolean> notIn = new Recent<>(MOST);

    Streams(Web web) {
        this.web = web;
    }

    boolean mayStart(Target target, @Nullable Asker asker) {
        return target.thread() != null
                && !never.get()
                && notIn.get(target.channel()) == null
                && (asker != null || SlackEvents.isDirect(target.channel()));
    }

    void start(Draft draft, Target target, @Nullable Asker asker, String text) {
        AppendOnly appended = new AppendOnly();
        String piece = appended.next(text);
        if (piece.isBlank()) {
            return;
        }
        Tried<ChatStartStreamResponse> started = web.tried(
                "chat.startStream",
                client -> client.chatStartStream(request -> request.channel(target.channel())
                        .threadTs(target.thread())
                        .recipientUserId(asker == null ? null : asker.user())
                        .recipientTeamId(asker == null ? null : asker.team())
                        .markdownText(piece)));
        switch (started) {
            case Done<ChatStartStreamResponse>(ChatStartStreamResponse done) -> draft.streaming(done.getTs(), appended);
            case Unknown<ChatStartStreamResponse>(String _, boolean sent) -> {
                if (sent) {
                    draft.doubt();
                }
            }
            case Refused<ChatStartStreamResponse>(String error, String _) -> {
                LOG.info("an answer is not streamed: {}", error);
                if (NOWHERE.contains(error)) {
                    never.set(true);
                }
                notIn.put(target.channel(), true);
            }
            case Limited<ChatStartStreamResponse> _ -> {}
        }
    }

    void append(Draft draft, Target target, String text) {
        Stream stream = draft.stream();
        String ts = draft.message(0);
        String piece = stream == null ? "" : stream.next(text);
        if (stream == null || ts == null || piece.isEmpty()) {
            return;
        }
        Tried<ChatAppendStreamResponse> appended = web.tried(
                "chat.appendStream",
                client -> client.chatAppendStream(
                        request -> request.channel(target.channel()).ts(ts).markdownText(piece)));
        switch (appended) {
            case Done<ChatAppendStreamResponse> _ -> stream.sent();
            case Unknown<ChatAppendStreamResponse>(String _, boolean sent) -> {
                if (sent) {
                    stream.breaks();
                }
            }
            case Refused<ChatAppendStreamResponse> _ -> stream.breaks();
            case Limited<ChatAppendStreamResponse> _ -> {}
        }
    }

    /**
     * Ends the stream of a draft, if it has one.
     *
     * @param buttons what stands under the answer where all of it is in the stream
     * @return why it could not be ended, to be tried again; null where nothing is left to do
     */
    @Nullable
    Tried<?> end(Draft draft, Target target, String key, String reply, @Nullable LayoutBlock buttons) {
        Stream stream = draft.stream();
        String ts = draft.message(0);
        if (stream == null || ts == null) {
            return null;
        }
        String ending = stream.ending(reply);
        String rest = ending == null ? null : stream.rest(reply);
        boolean whole = rest != null && rest.isEmpty();
        String mark = draft.isPerhapsTwice(0) ? Sending.TWICE : "";
        String last = ending == null ? "" : ending + mark;
        Tried<ChatStopStreamResponse> stopped = web.tried(
                "chat.stopStream",
                client -> client.chatStopStream(request -> request.channel(target.channel())
                        .ts(ts)
                        .markdownText(last.isEmpty() ? null : last)
                        .blocks(whole && buttons != null ? List.of(buttons) : null)
                        .metadata(Outgoing.metadata(key, 0))));
        return switch (stopped) {
            case Done<ChatStopStreamResponse> _ -> {
                draft.streamEnded(rest);
                yield null;
            }
            // It has ended already, or is gone: what it says is written over, or posted anew.
            case Refused<ChatStopStreamResponse>(String error, String _) -> {
                LOG.debug("a stream could not be ended: {}", error);
                draft.streamEnded(null);
                yield null;
            }
            case Unknown<ChatStopStreamResponse> unknown -> {
                stream.breaks();
                yield unknown;
            }
            case Limited<ChatStopStreamResponse> limited -> limited;
        };
    }
}
