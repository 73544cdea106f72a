package loci.database;

import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.memory.Exchanges;
import loci.memory.MemoryView;
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

    Optional<MemoryView> read(
            Handle handle, ConversationId conversation, long number, long exchange, int windowLimit, boolean withNote) {
        return turns.opening(handle, number, exchange)
                .map(live -> read(handle, conversation, number, live, windowLimit, withNote));
    }

    private MemoryView read(
            Handle handle, ConversationId conversation, long number, Turn live, int windowLimit, boolean withNote) {
        long exchange = live.exchange();
        ConversationRows.Row row = ConversationRows.read(handle, number);
        List<DigestRows.Row> note = withNote ? noteBefore(handle, number, exchange) : List.of();
        long end = note.isEmpty() ? 0 : note.getLast().covers().to();
        List<Turn> window = end + 1 < exchange
                ? turns.newest(handle, number, new Exchanges(end + 1, exchange - 1), windowLimit)
                : List.of();
        return new MemoryView(
                conversation,
                row.epoch(),
                row.mark(),
                digests.open(number, note),
                window,
                withNote ? waiting(handle, row, exchange, note, window) : 0,
                live);
    }

    private static List<DigestRows.Row> noteBefore(Handle handle, long number, long exchange) {
        return DigestRows.below(handle, number, null).stream()
                .filter(digest -> digest.covers().to() < exchange)
                .toList();
    }

    /**
     * Counts what is not waiting, and takes it from the whole: the live turn and what came after it are few, and digests know how many
     * turns they cover, whereas those that wait may be as many as there are.
     */
    private static int waiting(
            Handle handle, ConversationRows.Row row, long exchange, List<DigestRows.Row> note, List<Turn> window) {
        long later = TurnRows.living(handle, row.number(), exchange, Long.MAX_VALUE);
        long covered = note.stream().mapToLong(DigestRows.Row::covered).sum();
        return Math.toIntExact(Math.max(0, row.living() - later - covered - window.size()));
    }
}
