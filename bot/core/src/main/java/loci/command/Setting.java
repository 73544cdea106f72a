package loci.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import loci.chat.ConversationId;

/**
 * Something that can be set for a channel. Immutable.
 *
 * @param name the name it is kept under
 * @param values what it can be
 * @param current what it is, where these things were set
 * @param obstacle the name of the text that says why a conversation cannot have a value just now; empty where it can
 */
record Setting(
        String name,
        List<String> values,
        Function<Map<String, String>, String> current,
        BiFunction<ConversationId, String, Optional<String>> obstacle) {

    Setting(String name, List<String> values, Function<Map<String, String>, String> current) {
        this(name, values, current, (conversation, value) -> Optional.empty());
    }

    Setting {
        values = List.copyOf(values);
    }
}
