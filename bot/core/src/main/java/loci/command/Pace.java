package loci.command;

import java.time.Duration;
import java.util.Optional;
import loci.chat.ConversationId;

/** How often a model may be asked. */
@FunctionalInterface
public interface Pace {

    /** Counts a question of a person in a place, or says why it is one too many; then it is not counted. */
    Optional<TooMany> take(ConversationId place, String authorId);

    /**
     * A question too many.
     *
     * @param byPerson whether the person asked too often, rather than the channel
     * @param most how many a minute may have
     * @param until how long until the next may come
     */
    record TooMany(boolean byPerson, int most, Duration until) {

        /** The wait in whole seconds, at least one. */
        long seconds() {
            return until.toSeconds() + 1;
        }
    }
}
