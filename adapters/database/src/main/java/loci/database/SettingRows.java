package loci.database;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import loci.chat.ConversationId;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code setting}. Stateless; each method works in its caller's transaction. */
final class SettingRows {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 2_000;

    private SettingRows() {}

    static void require(String name, Optional<String> value) {
        if (name.isBlank() || name.length() > LONGEST_NAME || value.orElse("").length() > LONGEST_VALUE) {
            throw new IllegalArgumentException("no setting can be named or valued so");
        }
    }

    /** What was set, in order of name. */
    static Map<String, String> all(Handle handle, long conversation) {
        Map<String, String> all = new TreeMap<>();
        handle.createQuery("SELECT name, chosen FROM setting WHERE conversation = :conversation")
                .bind("conversation", conversation)
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("chosen")))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(all);
    }

    static List<ConversationId> having(Handle handle, String name) {
        return handle.createQuery("""
            SELECT platform, space, channel, thread FROM conversation
            WHERE number IN (SELECT conversation FROM setting WHERE name = :name)
            ORDER BY number
            """)
                .bind("name", name)
                .map((row, all) -> ConversationRows.id(row))
                .list();
    }

    static void set(Handle handle, long conversation, String name, Optional<String> value) {
        handle.createUpdate("DELETE FROM setting WHERE conversation = :conversation AND name = :name")
                .bind("conversation", conversation)
                .bind("name", name)
                .execute();
        value.ifPresent(chosen -> handle.createUpdate(
                        "INSERT INTO setting (conversation, name, chosen) VALUES (:conversation, :name, :chosen)")
                .bind("conversation", conversation)
                .bind("name", name)
                .bind("chosen", chosen)
                .execute());
    }
}
