package loci.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import loci.memory.Exchanges;
import loci.memory.Reach;
import loci.memory.Role;
import loci.memory.Turn;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest whole exchanges of a range, as many as a reach has room for. Used by one thread, once.
 *
 * <p>The index is walked back from the end of the range, page by page, because nobody knows beforehand how many tool results lie between
 * the messages, nor how long the texts are. An exchange is opened once its last row is seen and its messages fit, so that at most one is
 * opened for nothing.
 */
final class WindowReading {

    /** Pages grow: few long texts are read in vain where the characters end soon, and few queries are asked where they do not. */
    private static final int FIRST_PAGE = 64;

    private static final int LARGEST_PAGE = 256;

    private final TurnRows turns;
    private final Handle handle;
    private final long conversation;
    private final Exchanges within;
    private final Reach reach;
    private final Deque<List<Turn>> window = new ArrayDeque<>();
    private final List<TurnRows.Row> exchange = new ArrayList<>();
    private int messages;
    private long chars;

    WindowReading(TurnRows turns, Handle handle, long conversation, Exchanges within, Reach reach) {
        this.turns = turns;
        this.handle = handle;
        this.conversation = conversation;
        this.within = within;
        this.reach = reach;
    }

    /** The window, oldest turn first. */
    List<Turn> read() {
        if (reach.messages() > 0) {
            walk();
        }
        return window.stream().flatMap(List::stream).toList();
    }

    private void walk() {
        // One row more than the messages, to see whether the last exchange goes on.
        int size = Math.min(reach.messages(), FIRST_PAGE - 1) + 1;
        TurnRows.@Nullable Row last = null;
        while (true) {
            List<TurnRows.Row> page = TurnRows.newest(handle, conversation, within, last, size);
            for (TurnRows.Row row : page) {
                if (!fits(row)) {
                    return;
                }
            }
            if (page.size() < size) {
                take();
                return;
            }
            last = page.getLast();
            size = Math.min(2 * size, LARGEST_PAGE);
        }
    }

    /** Adds a row to the exchange it belongs to; false where that exchange, or the one after it, is too much. */
    private boolean fits(TurnRows.Row row) {
        boolean next = !exchange.isEmpty() && exchange.getLast().exchange() != row.exchange();
        if (next && !take()) {
            return false;
        }
        exchange.add(row);
        return row.role() == Role.TOOL || ++messages <= reach.messages();
    }

    /** Takes the exchange that was read into the window; false where its texts are too long. */
    private boolean take() {
        List<Turn> whole = turns.open(conversation, exchange);
        exchange.clear();
        chars += whole.stream().mapToLong(turn -> turn.text().length()).sum();
        if (chars > reach.chars()) {
            return false;
        }
        window.addFirst(whole);
        return true;
    }
}
