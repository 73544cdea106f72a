package loci.app.cli;

import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;

/** A conversation as it is named on the command line: {@code platform/space/channel}, and {@code /thread} where it has one. */
final class Place {

    static final String EXPECTED = "a place is platform/space/channel, and /thread where it has one";

    private static final int CHANNEL = 3;
    private static final int THREAD = 4;

    private Place() {}

    /** Returns the conversation that a place names; empty where it cannot name one. */
    static Optional<ConversationId> of(String text) {
        String[] parts = text.strip().split("/", -1);
        if (parts.length != CHANNEL && parts.length != THREAD) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConversationId(
                    parts[0], parts[1], parts[2], parts.length == THREAD ? parts[THREAD - 1] : null));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /** Returns the one among the known conversations that is printed so: a channel's name may hold a slash of its own. */
    static Optional<ConversationId> of(String text, List<ConversationId> known) {
        List<ConversationId> named = known.stream()
                .filter(one -> one.toString().equals(text.strip()))
                .toList();
        return named.size() == 1 ? Optional.of(named.getFirst()) : of(text);
    }
}
