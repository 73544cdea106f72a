package loci.engine;

import java.util.Set;
import loci.chat.Author;
import loci.chat.ConversationId;
import org.jspecify.annotations.Nullable;

/**
 * Whom the bot serves: every space that invites it, or those only that its operator listed. Immutable.
 *
 * @param listed what is listed, or null where nobody need be
 */
public record Admission(@Nullable Set<Listed> listed) {

    /** Every space that invites the bot. */
    public static final Admission EVERYWHERE = new Admission(null);

    public Admission {
        listed = listed == null ? null : Set.copyOf(listed);
    }

    /**
     * A space, or one person in it, as in a platform's direct messages.
     *
     * @param person the platform's id of the person, or null for everybody
     */
    public record Listed(
            String platform, String space, @Nullable String person) {

        /** As an operator writes it. */
        @Override
        public String toString() {
            return platform + "/" + space + (person == null ? "" : "/" + person);
        }
    }

    boolean admits(ConversationId place, Author author) {
        return listed == null
                || listed.contains(new Listed(place.platform(), place.space(), null))
                || listed.contains(new Listed(place.platform(), place.space(), author.id()));
    }

    /** Whether everybody in the space is. */
    boolean admits(ConversationId place) {
        return listed == null || listed.contains(new Listed(place.platform(), place.space(), null));
    }
}
