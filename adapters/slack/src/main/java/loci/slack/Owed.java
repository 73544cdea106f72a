package loci.slack;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody to whom an answer is owed, and where it can be shown to them alone.
 *
 * @param thread the thread in which they are; null outside of threads
 * @param url where Slack takes answers for a while; null where it gave none
 * @param view the form before them that waits for the answer; null where there is none
 * @param titled what such a form is called
 */
record Owed(
        String user,
        String channel,
        @Nullable String thread,
        @Nullable ResponseUrl url,
        @Nullable String view,
        String titled) {

    /** Somebody who sees no form. */
    static Owed of(String user, String channel, @Nullable String thread, @Nullable ResponseUrl url) {
        return new Owed(user, channel, thread, url, null, "");
    }

    /** The same with a form before them; without one where that is null. */
    Owed before(@Nullable String viewId, String title) {
        return new Owed(user, channel, thread, url, viewId, title);
    }

    /**
     * Where Slack takes answers to something that somebody did: for 30 minutes, and 5 of them. Thread-safe.
     *
     * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction#message_responses">Message responses</a>
     */
    static final class ResponseUrl {

        /** A minute less than Slack says, for the way there. */
        private static final Duration GOOD_FOR = Duration.ofMinutes(29);

        private static final int USES = 5;

        private final String url;
        private final Instant until;
        private final boolean replaces;
        private int used;

        /** @param replaces whether the first answer takes the place of what was pressed */
        ResponseUrl(String url, Instant given, boolean replaces) {
            this.url = url;
            this.until = given.plus(GOOD_FOR);
            this.replaces = replaces;
        }

        static @Nullable ResponseUrl of(@Nullable String url, Instant given, boolean replaces) {
            return url == null || url.isEmpty() ? null : new ResponseUrl(url, given, replaces);
        }

        /** Takes one of its uses; false where none is left. */
        synchronized boolean take(Instant now) {
            if (used >= USES || !now.isBefore(until)) {
                return false;
            }
            used++;
            return true;
        }

        /** Whether the answer that was taken last is the one that takes the place of what was pressed. */
        synchronized boolean isToReplace() {
            return replaces && used == 1;
        }

        String url() {
            return url;
        }
    }
}
