package loci.discord;

import java.util.Optional;

/** What the ids in a message are called where it was written. Answers at once, from what is known already. */
interface Names {

    Optional<String> user(String id);

    Optional<String> role(String id);

    Optional<String> channel(String id);

    /** Whether an id is the bot's own, as a user or as the role that Discord manages for it. */
    boolean isBot(String id);
}
