package loci.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import com.slack.api.model.Conversation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import loci.slack.Web.Done;
import loci.slack.Web.Limited;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import loci.slack.Web.Unknown;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channel in which those who run the bot are told how it is. Thread-safe. */
final class AdminChannel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminChannel.class);

    private final Web web;
    private final @Nullable String id;
    private final Duration patience;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Whether the log has it that nothing can be written there; it is not said again before something was. */
    private final AtomicBoolean saidInVain = new AtomicBoolean();

    /**
     * @param id its id, or null where there is none
     * @param patience how long a notice may wait where Slack says that it is too much, at most
     */
    AdminChannel(Web web, @Nullable String id, Duration patience) {
        this.web = web;
        this.id = id;
        this.patience = patience;
    }

    /** Looks whether something can be written there, so that it is not found out when there is something to tell. Waits for Slack. */
    void look() {
        trouble().ifPresent(this::inVain);
    }

    /** Why nothing can be written there; empty where nothing stands in the way, or Slack does not say. Waits for Slack. */
    Optional<String> trouble() {
        String channel = id;
        if (channel == null) {
            return Optional.empty();
        }
        Tried<ConversationsInfoResponse> asked = web.tried(
                "conversations.info", client -> client.conversationsInfo(request -> request.channel(channel)));
        return switch (asked) {
            case Done<ConversationsInfoResponse>(ConversationsInfoResponse found) -> trouble(found.getChannel());
            // Which scopes are missing is said elsewhere, and without them something may be written there all the same.
            case Refused<ConversationsInfoResponse> refused ->
                refused.error().equals("missing_scope") ? Optional.empty() : Optional.of(reason(refused));
            case Limited<ConversationsInfoResponse> _, Unknown<ConversationsInfoResponse> _ -> Optional.empty();
        };
    }

    private static Optional<String> trouble(@Nullable Conversation found) {
        if (found == null) {
            return Optional.empty();
        }
        return found.isArchived()
                ? Optional.of(reason("is_archived"))
                : found.isMember() ? Optional.empty() : Optional.of(reason("not_in_channel"));
    }

    /** Says something there. Waits for Slack. */
    void tell(String text) {
        String channel = id;
        if (channel == null) {
            return;
        }
        for (String part : SlackParts.of(text).messages()) {
            Tried<ChatPostMessageResponse> posted = posted(channel, part);
            if (posted instanceof Limited<ChatPostMessageResponse>(Duration pause, boolean _) && waited(pause)) {
                posted = posted(channel, part);
            }
            if (!(posted instanceof Done<ChatPostMessageResponse>)) {
                inVain(reason(posted));
                return;
            }
            saidInVain.set(false);
        }
    }

    private Tried<ChatPostMessageResponse> posted(String channel, String text) {
        return web.tried(
                "chat.postMessage " + channel,
                client -> client.chatPostMessage(request -> request.channel(channel)
                        .text(text)
                        .blocks(Outgoing.blocks(text, null))
                        .unfurlLinks(false)
                        .unfurlMedia(false)));
    }

    /** Waits as long as Slack asks for, unless that is too long or the end comes; returns whether it did. */
    private boolean waited(Duration pause) {
        try {
            return pause.compareTo(patience) <= 0 && !closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String reason(Tried<?> failed) {
        return switch (failed) {
            case Refused<?>(String error, String needed) ->
                error.equals("missing_scope")
                        ? "the bot's token lacks the scope " + (needed == null ? "for it" : needed)
                        : reason(error);
            case Limited<?> _ -> "Slack says that it is too much at the moment";
            case Unknown<?>(String why, boolean _) -> "Slack did not answer: " + why;
            case Done<?> _ -> throw new IllegalArgumentException("it did not fail");
        };
    }

    private static String reason(String error) {
        return switch (error) {
            case "not_in_channel" -> "the bot is not in it, and has to be invited there";
            case "channel_not_found" -> "there is no such channel, or it is private and the bot is not in it";
            case "is_archived" -> "it is archived";
            default -> "Slack refuses it: " + error;
        };
    }

    private void inVain(String reason) {
        if (saidInVain.compareAndSet(false, true)) {
            LOG.warn("notices for operators cannot be written to the channel {} of slack.adminChannel: {}", id, reason);
        }
    }

    /** Nothing waits any more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
