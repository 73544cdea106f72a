package loci.database;

import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import loci.memory.ConversationStore;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code pin}. Stateless; each method works in its caller's transaction. */
final class PinRows {

    private PinRows() {}

    /** The pinned exchanges; each has a living turn. */
    static SortedSet<Long> all(Handle handle, long conversation) {
        List<Long> exchanges = handle.createQuery("SELECT exchange FROM pin WHERE conversation = :conversation")
                .bind("conversation", conversation)
                .mapTo(Long.class)
                .list();
        return new TreeSet<>(exchanges);
    }

    /** Pins an exchange or takes its pin away; false where {@link ConversationStore#pin} says so. */
    static boolean set(Handle handle, long conversation, long exchange, boolean pinned) {
        if (!TurnRows.lives(handle, conversation, exchange)) {
            return false;
        }
        SortedSet<Long> all = all(handle, conversation);
        if (all.contains(exchange) == pinned) {
            return true;
        }
        if (!pinned) {
            delete(handle, conversation, exchange);
            return true;
        }
        if (all.size() >= ConversationStore.MOST_PINNED) {
            return false;
        }
        handle.createUpdate("INSERT INTO pin (conversation, exchange) VALUES (:conversation, :exchange)")
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .execute();
        return true;
    }

    /** Takes the pins from those exchanges of which an erasure left nothing. */
    static void dropErased(Handle handle, long conversation, NavigableSet<Long> exchanges) {
        for (long exchange : all(handle, conversation)) {
            if (exchanges.contains(exchange) && !TurnRows.lives(handle, conversation, exchange)) {
                delete(handle, conversation, exchange);
            }
        }
    }

    private static void delete(Handle handle, long conversation, long exchange) {
        handle.createUpdate("DELETE FROM pin WHERE conversation = :conversation AND exchange = :exchange")
                .bind("conversation", conversation)
                .bind("exchange", exchange)
                .execute();
    }
}
