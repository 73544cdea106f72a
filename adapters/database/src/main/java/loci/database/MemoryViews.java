package loci.database;

import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.memory.Exchanges;
import loci.memory.MemoryView;
import loci.memory.Reach;
import loci.memory.Turn;
import org.jdbi.v3.core.Handle;

/** Reads the memory as one question sees it. Thread-safe; works in its caller's transaction, which must show one snapshot. */
final class MemoryViews {

    private final TurnRows turns;
    private final DigestRows digests;

    MemoryViews(TurnRows turns, DigestRows digests) {
        this.turns = turns;
        this.digests = digests;
    }

    Optional<MemoryView> read(Handle handle, ConversationId conversation, long number, long exchange, Reach reach) {
        return turns.opening(handle, number, exchange).map(live -> read(handle, conversation, number, live, reach));
    }

    private MemoryView read(Handle handle, ConversationId conversation, long number, Turn live, Reach reach) {
        long exchange = live.exchange();
        ConversationRows.Row row = ConversationRows.read(handle, number);
        boolean beginsAfterNote = reach.messages() > 0 && !reach.intoNote();
        List<DigestRows.Row> note = reach.note() || beginsAfterNote ? noteBefore(handle, number, exchange) : List.of();
        long end = beginsAfterNote && !note.isEmpty() ? note.getLast().covers().to() : 0;
        List<Turn> window = end + 1 < exchange
                ? new WindowReading(turns, handle, number, new Exchanges(end + 1, exchange - 1), reach).read()
                : List.of();
        return new MemoryView(
                conversation,
                row.epoch(),
                row.mark(),
                reach.note() ? digests.open(number, note) : List.of(),
                reach.pinned() ? pinned(handle, number, exchange) : List.of(),
                window,
                reach.note() ? waiting(handle, row, exchange, note, window) : 0,
                TurnRows.quotedBy(handle, number, exchange)
                        .flatMap(message -> turns.find(handle, number, message))
                        .filter(quoted -> quoted.exchange() < exchange),
                live);
    }

    private static List<DigestRows.Row> noteBefore(Handle handle, long number, long exchange) {
        return DigestRows.below(handle, number, null).stream()
                .filter(digest -> digest.covers().to() < exchange)
                .toList();
    }

    /** Asked for one by one, each a step into the index: given a list of them, H2 would walk the whole conversation. */
    private List<Turn> pinned(Handle handle, long number, long exchange) {
        return PinRows.all(handle, number).headSet(exchange).stream()
                .flatMap(pinned -> turns.exchange(handle, number, pinned).stream())
                .toList();
    }

    /**
     * Counts what is not waiting, and takes it from the whole: the live turn and what came after it are few, and digests know how many
     * turns they cover, whereas those that wait may be as many as there are. What a digest covers and the window shows is not counted
     * twice.
     */
    private static int waiting(
            Handle handle, ConversationRows.Row row, long exchange, List<DigestRows.Row> note, List<Turn> window) {
        long later = TurnRows.living(handle, row.number(), exchange, Long.MAX_VALUE);
        long covered = note.stream().mapToLong(DigestRows.Row::covered).sum();
        long shown = window.stream()
                .filter(turn ->
                        note.stream().noneMatch(digest -> digest.covers().contains(turn.exchange())))
                .count();
        return Math.toIntExact(Math.max(0, row.living() - later - covered - shown));
    }
}
