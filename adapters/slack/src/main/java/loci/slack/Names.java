package loci.slack;

import java.util.Optional;

/** What the people, groups and channels of one workspace are called; of whom nothing is known, nothing is answered. */
interface Names {

    /** The name that people see, of a person or an app. */
    Optional<String> user(String id);

    /** A user group's handle, without its sign. */
    Optional<String> group(String id);

    /** A channel's name, without its sign. */
    Optional<String> channel(String id);

    /** Whether this is the bot itself. */
    boolean isBot(String userId);
}
