package loci.transcript;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import loci.chat.Author;
import loci.memory.Role;
import org.jspecify.annotations.Nullable;

/** The messages of a plain log as they are read, line by line; numbered by their place. Not thread-safe. */
final class Lines {

    /** What bots are called in logs that name no other. */
    private static final Set<String> BOTS = Set.of("bot", "assistant");

    private final String botName;
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Open open;

    Lines(String botName, Problems problems) {
        this.botName = botName.toLowerCase(Locale.ROOT);
        this.problems = problems;
    }

    /** A message that may go on in the next line. */
    private record Open(int line, String name, StringBuilder text, Instant at) {}

    boolean isOpen() {
        return open != null;
    }

    void begin(int line, String name, String text, Instant at) {
        end();
        open = new Open(line, name, new StringBuilder(text), at);
    }

    /** Adds a line to the message before; there must be one. */
    void goOn(String text) {
        Open going = open;
        if (going != null && going.text().length() <= Limits.TEXT) {
            going.text().append('\n').append(text);
        }
    }

    int count() {
        return entries.size() + (open == null ? 0 : 1);
    }

    List<Entry> finish() {
        end();
        return entries;
    }

    private void end() {
        Open ended = open;
        open = null;
        if (ended == null) {
            return;
        }
        String text = ended.text().toString().strip();
        if (text.length() > Limits.TEXT || ended.name().length() > Limits.NAME) {
            problems.add(
                    "line " + ended.line(),
                    String.format(Locale.ROOT, "a message of at most %,d characters was expected", Limits.TEXT));
        } else if (entries.size() == Limits.ENTRIES) {
            problems.add(
                    "line " + ended.line(),
                    String.format(Locale.ROOT, "at most %,d messages were expected", Limits.ENTRIES));
        } else if (entries.size() < Limits.ENTRIES) {
            entries.add(entry(ended, text));
        }
    }

    private Entry entry(Open ended, String text) {
        String id = String.valueOf(entries.size() + 1);
        String folded = ended.name().toLowerCase(Locale.ROOT);
        if (folded.equals(botName) || BOTS.contains(folded)) {
            return new Entry(
                    id,
                    Role.BOT,
                    Author.LOCI.id(),
                    Author.LOCI.name(),
                    text,
                    ended.at(),
                    false,
                    false,
                    List.of(),
                    null);
        }
        return new Entry(id, Role.PERSON, folded, ended.name(), text, ended.at(), true, false, List.of(), null);
    }
}
