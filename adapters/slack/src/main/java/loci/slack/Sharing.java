package loci.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/**
 * Answers that whoever asked may post for all to see, for some minutes and once. What has been forgotten in the place meanwhile may be in
 * them, so any change of what is remembered there withdraws them. Kept in memory only; thread-safe and bounded.
 */
final class Sharing {

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final int MOST = 1_000;
    static final String GONE = "That cannot be shared any more. Please ask for it again.";

    private final Web web;
    private final InstantSource clock;
    private final SequencedMap<String, Offered> offered = new LinkedHashMap<>();

    /** An answer, and the place it is about. */
    record Offered(
            String user,
            String name,
            String channel,
            @Nullable String thread,
            String markdown,
            Instant until) {}

    Sharing(Web web, InstantSource clock) {
        this.web = web;
        this.clock = clock;
    }

    /** Returns the name under which it can be shared. */
    synchronized String offer(Owed to, String name, CommandAnswer answer) {
        while (offered.size() >= MOST) {
            offered.pollFirstEntry();
        }
        String key = UUID.randomUUID().toString();
        Instant until = clock.instant().plus(GOOD_FOR);
        offered.put(key, new Offered(to.user(), name, to.channel(), to.thread(), answer.text(), until));
        return key;
    }

    /** What is remembered in a place has changed. */
    synchronized void changed(ConversationId conversation) {
        offered.values().removeIf(one -> one.channel().equals(conversation.channel()));
    }

    private synchronized @Nullable Offered take(String user, String key) {
        Offered one = offered.get(key);
        if (one == null || !one.user().equals(user)) {
            return null;
        }
        offered.remove(key);
        return clock.instant().isBefore(one.until()) ? one : null;
    }

    /** Posts it; returns why it is not posted, or null where it is. */
    @Nullable
    String share(String user, String key) {
        Offered one = take(user, key);
        if (one == null) {
            return GONE;
        }
        String markdown = "**" + plain(one.name()) + "** shares this:\n" + one.markdown();
        for (String text : SlackParts.cut(markdown).messages()) {
            Tried<?> posted = web.tried(
                    "chat.postMessage " + one.channel(),
                    client -> client.chatPostMessage(request -> request.channel(one.channel())
                            .threadTs(one.thread())
                            .text(text)
                            .unfurlLinks(false)
                            .unfurlMedia(false)));
            if (!(posted instanceof Done<?>)) {
                return posted instanceof Refused<?>(String error, String needed)
                        ? "I cannot share it there: " + Errors.why(error, needed) + "."
                        : "Slack did not take it. Please try again.";
            }
        }
        return null;
    }

    /** A name among Markdown: as it is, on one line, and without marks. */
    static String plain(String name) {
        String bare = name.replaceAll("[\\p{Cntrl}*_`~\\[\\]<>\\\\|]+", " ").strip();
        return bare.isEmpty() ? "Somebody" : bare;
    }
}
