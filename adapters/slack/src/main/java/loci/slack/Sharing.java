package loci.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import loci.chat.CommandAnswer.Basis;
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that whoever asked may post for all to see, for some minutes and once, until something of the conversation is forgotten, edited or
 * answered anew. What is forgotten while one is being posted takes it back. Kept in memory only; thread-safe and bounded.
 */
final class Sharing {

    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final int MOST = 1_000;
    static final String GONE = "That cannot be shared any more. Please ask for it again.";

    private final Web web;
    private final Entrance entrance;
    private final InstantSource clock;
    private final SequencedMap<String, Offered> offered = new LinkedHashMap<>();

    /** An answer, and the place it is about. */
    private record Offered(
            String user,
            String name,
            String channel,
            @Nullable String thread,
            String markdown,
            Basis basis,
            Instant until) {}

    Sharing(Web web, Entrance entrance, InstantSource clock) {
        this.web = web;
        this.entrance = entrance;
        this.clock = clock;
    }

    /**
     * Returns the name under which it can be shared.
     *
     * @param name who shares it
     */
    synchronized String offer(Owed to, String name, String markdown, Basis basis) {
        while (offered.size() >= MOST) {
            offered.pollFirstEntry();
        }
        String key = UUID.randomUUID().toString();
        Instant until = clock.instant().plus(GOOD_FOR);
        offered.put(key, new Offered(to.user(), name, to.channel(), to.thread(), markdown, basis, until));
        return key;
    }

    private synchronized @Nullable Offered take(String user, String key) {
        Offered one = offered.get(key);
        if (one == null || !one.user().equals(user)) {
            return null;
        }
        offered.remove(key);
        return clock.instant().isBefore(one.until()) ? one : null;
    }

    private boolean stands(Offered one) {
        try {
            return entrance.stands(one.basis());
        } catch (RuntimeException unknown) {
            LOG.warn("{}: it cannot be seen what is still remembered, so nothing is shared", one.channel(), unknown);
            return false;
        }
    }

    /** Posts it; returns why it is not posted, or null where it is. */
    @Nullable
    String share(String user, String key) {
        Offered one = take(user, key);
        if (one == null || !stands(one)) {
            return GONE;
        }
        List<String> messages = new ArrayList<>();
        String failure = post(one, messages);
        if (!stands(one)) {
            messages.forEach(message -> remove(one, message));
            return GONE;
        }
        return failure;
    }

    private @Nullable String post(Offered one, List<String> messages) {
        String markdown = "**" + plain(one.name()) + "** shares this:\n" + one.markdown();
        for (String text : SlackParts.cut(markdown).messages()) {
            Tried<ChatPostMessageResponse> posted = web.tried(
                    "chat.postMessage " + one.channel(),
                    client -> client.chatPostMessage(request -> request.channel(one.channel())
                            .threadTs(one.thread())
                            .text(text)
                            .unfurlLinks(false)
                            .unfurlMedia(false)));
            if (!(posted instanceof Done<ChatPostMessageResponse>(ChatPostMessageResponse done))) {
                return posted instanceof Refused<?>(String error, String needed)
                        ? "I cannot share it there: " + Errors.why(error, needed) + "."
                        : "Slack did not take it. Please try again.";
            }
            messages.add(done.getTs());
        }
        return null;
    }

    private void remove(Offered one, String message) {
        web.courtesy(
                "chat.delete",
                client -> client.chatDelete(
                        request -> request.channel(one.channel()).ts(message)));
    }

    /** A name among Markdown: as it is, on one line, and without marks. */
    static String plain(String name) {
        String bare = name.replaceAll("[\\p{Cntrl}*_`~\\[\\]<>\\\\|]+", " ").strip();
        return bare.isEmpty() ? "Somebody" : bare;
    }
}
