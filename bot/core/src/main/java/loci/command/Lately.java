package loci.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;

/** Reads a conversation backwards from its end, no further than it must. Stateless beside the store. */
final class Lately {

    private static final int PAGE = 200;

    /** A channel in which more than this was said since is told about its end only. */
    private static final int MOST_TURNS = 5_000;

    private final ConversationStore store;

    Lately(ConversationStore store) {
        this.store = store;
    }

    /** The newest turns down to the newest one that a condition stops at, that one left out; oldest first. */
    List<Turn> until(ConversationId conversation, Predicate<Turn> stop) {
        List<Turn> newestFirst = new ArrayList<>();
        for (long to = store.newestExchange(conversation); to > 0 && newestFirst.size() < MOST_TURNS; to -= PAGE) {
            Exchanges page = new Exchanges(Math.max(1, to - PAGE + 1), to);
            for (Turn turn :
                    store.turns(conversation, page, Integer.MAX_VALUE - 1).reversed()) {
                if (stop.test(turn)) {
                    return newestFirst.reversed();
                }
                newestFirst.add(turn);
            }
        }
        return newestFirst.reversed();
    }

    /** The newest turn, within reach, that a condition holds of. */
    Optional<Turn> newest(ConversationId conversation, Predicate<Turn> wanted) {
        int read = 0;
        for (long to = store.newestExchange(conversation); to > 0 && read < MOST_TURNS; to -= PAGE) {
            Exchanges page = new Exchanges(Math.max(1, to - PAGE + 1), to);
            List<Turn> turns = store.turns(conversation, page, Integer.MAX_VALUE - 1);
            Optional<Turn> found = turns.reversed().stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found;
            }
            read += turns.size();
        }
        return Optional.empty();
    }
}
