package loci.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import loci.chat.Author;
import loci.chat.ChatPlatform.Shown;
import loci.chat.ConversationId;
import loci.engine.Admission.Listed;
import loci.memory.ConversationStore;
import org.jspecify.annotations.Nullable;

/**
 * Says who is admitted, and tells each space that is not what its operator can do about that: once, restarts included. Thread-safe.
 */
final class Doorkeeper {

    /** Kept where it was told, so that it goes with the place. */
    private static final String TOLD = "notAdmitted";

    private static final String EVERYBODY = "everybody";

    /** Whoever invites the bot to more spaces gets no answer in them; each costs a row. */
    private static final int MOST_TOLD = 10_000;

    private final Admission admission;
    private final ConversationStore store;
    private @Nullable Set<Listed> told;

    Doorkeeper(Admission admission, ConversationStore store) {
        this.admission = admission;
        this.store = store;
    }

    boolean admits(ConversationId place, Author author) {
        return admission.admits(place, author);
    }

    boolean admits(ConversationId place) {
        return admission.admits(place);
    }

    /** What would have to be listed for somebody to be answered: in direct messages the person, otherwise the space. */
    static Listed wanted(ConversationId place, Author author, Shown shown) {
        return new Listed(place.platform(), place.space(), shown == Shown.DIRECT ? author.id() : null);
    }

    /** Whether it is to be told now, which is noted. */
    synchronized boolean isToBeTold(ConversationId place, Listed wanted) {
        Set<Listed> known = told;
        if (known == null) {
            known = new HashSet<>();
            for (ConversationId there : store.having(TOLD)) {
                String person = store.settings(there).getOrDefault(TOLD, EVERYBODY);
                known.add(new Listed(there.platform(), there.space(), person.equals(EVERYBODY) ? null : person));
            }
            told = known;
        }
        if (known.contains(wanted) || known.size() >= MOST_TOLD) {
            return false;
        }
        store.set(place, TOLD, Optional.of(wanted.person() == null ? EVERYBODY : wanted.person()));
        return known.add(wanted);
    }
}
