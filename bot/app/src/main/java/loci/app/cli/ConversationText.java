package loci.app.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import loci.chat.ConversationId;
import loci.memory.AuditRow;
import loci.memory.ConversationStatus;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.Turn;

/** One conversation for the person who runs the bot: how it stands, its note, and what was done there. */
final class ConversationText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private static final int AUDIT_ROWS = 20;
    private static final int ONE_LINE = 160;

    private final ConversationStore store;
    private final ConversationId conversation;
    private final List<String> lines = new ArrayList<>();

    private ConversationText(ConversationStore store, ConversationId conversation) {
        this.store = store;
        this.conversation = conversation;
    }

    /** Returns its lines. */
    static List<String> of(ConversationStore store, ConversationStatus status) {
        ConversationText text = new ConversationText(store, status.conversation());
        text.standing(status);
        text.settings();
        text.note();
        text.pinned();
        text.audit();
        return text.lines;
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** What is owed: questions without a reply, and replies not known to be delivered. */
    static String owed(ConversationStatus status) {
        return status.open() + "/" + status.undelivered();
    }

    private void standing(ConversationStatus status) {
        lines.add(Printable.name(conversation.toString()));
        lines.add("turns        " + status.turns());
        lines.add("digests      " + status.digests());
        lines.add("pinned       " + status.pinned());
        lines.add("owed         " + owed(status)
                + status.oldestOwed().map(since -> " since " + time(since)).orElse(""));
        lines.add(
                "last spoken  " + status.lastSaid().map(ConversationText::time).orElse("-"));
    }

    private void settings() {
        Map<String, String> settings = new TreeMap<>(store.settings(conversation));
        heading("Settings", settings.isEmpty());
        settings.forEach(
                (name, value) -> lines.add("  " + Printable.name(name) + ": " + Printable.oneLine(value, ONE_LINE)));
    }

    private void note() {
        List<Digest> note = store.note(conversation);
        heading("Note", note.isEmpty());
        for (Digest digest : note) {
            lines.add("  level " + digest.level() + ", " + digest.turns() + " turns of the exchanges "
                    + digest.covers().from() + " to " + digest.covers().to() + ", made " + time(digest.at()));
            Printable.lines(digest.text()).forEach(line -> lines.add(line.isBlank() ? "" : "    " + line));
        }
    }

    private void pinned() {
        SortedSet<Long> pinned = store.pinned(conversation);
        heading("Pinned", pinned.isEmpty());
        for (long exchange : pinned) {
            List<Turn> turns = store.turns(conversation, new Exchanges(exchange, exchange), 1);
            // The first of them is the message that was pinned, or what is left of its exchange.
            for (Turn turn : turns.subList(0, Math.min(1, turns.size()))) {
                lines.add("  " + turn.exchange() + "  " + time(turn.at()) + "  "
                        + Printable.oneLine(turn.author().name(), ONE_LINE) + ": "
                        + Printable.oneLine(turn.text(), ONE_LINE));
            }
        }
    }

    private void audit() {
        List<AuditRow> rows = store.audited(conversation, AUDIT_ROWS);
        heading("Commands, the newest first", rows.isEmpty());
        for (AuditRow row : rows) {
            lines.add("  " + time(row.at()) + "  " + Printable.name(row.by()) + "  " + Printable.name(row.action())
                    + ": " + Printable.name(row.outcome()));
        }
    }

    private void heading(String title, boolean empty) {
        lines.add("");
        lines.add(title + (empty ? ": none" : ":"));
    }
}
