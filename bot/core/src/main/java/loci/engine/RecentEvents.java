package loci.engine;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import loci.chat.ChatEvent;
import loci.chat.ConversationId;
import loci.chat.EventId;

/**
 * The commands that came in last, so that one which a platform delivers twice runs once: {@code /forget last 5} must not forget ten. In
 * memory only and bounded, since platforms repeat within seconds. Thread-safe.
 */
final class RecentEvents {

    private static final int MOST = 1_000;

    private final SequencedSet<Seen> seen = new LinkedHashSet<>();

    private record Seen(ConversationId conversation, EventId event) {}

    /** An event was not taken, and is new where it comes again. */
    void notTaken(ChatEvent event) {
        synchronized (seen) {
            seen.remove(new Seen(event.conversation(), event.event()));
        }
    }

    /** Returns whether this event is new. */
    boolean isNew(ChatEvent event) {
        synchronized (seen) {
            if (!seen.add(new Seen(event.conversation(), event.event()))) {
                return false;
            }
            if (seen.size() > MOST) {
                seen.removeFirst();
            }
            return true;
        }
    }
}
