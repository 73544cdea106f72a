package loci.database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import loci.database.Runs.Run;
import loci.memory.Erasure;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * One erasure, within the transaction that decides it: rows are emptied, and the keys of what was in them are noted for
 * {@link PendingErasures} to destroy after the commit. Used by one thread, once.
 *
 * <p>Destroying the keys comes after the commit, because it cannot be rolled back; noting them comes before, so that a process killed in
 * between does it at its next start.
 */
final class Erasing {

    /** Rows per statement; H2 keeps the rows of one statement in memory, and beyond some ten thousand in a temporary file. */
    private static final int BATCH = 1_000;

    private final Handle handle;
    private final ConversationRows.Row conversation;
    private final Instant at;
    private final NavigableSet<Long> turns = new TreeSet<>();
    private final NavigableSet<Long> exchanges = new TreeSet<>();
    private final NavigableSet<Long> opened = new TreeSet<>();
    private final NavigableSet<Long> notices = new TreeSet<>();
    private List<DigestRows.Row> digests = List.of();

    Erasing(Handle handle, ConversationRows.Row conversation, Instant at) {
        this.handle = handle;
        this.conversation = conversation;
        this.at = at;
    }

    /** What an erasure did, and under which name its keys are noted. */
    record Erased(Erasure erasure, ErasureRows.Pending pending, List<CellRange> cells) {}

    /**
     * Empties turns and all that was made from them.
     *
     * @param mark the conversation's new mark
     * @return null where there was nothing to erase, and nothing was changed
     */
    @Nullable
    Erased erase(SortedSet<Long> requested, String mark) {
        collect(requested.subSet(1L, conversation.nextSeq()));
        return turns.isEmpty() ? null : carryOut(mark);
    }

    /**
     * Empties an answer, where the settled reply of an exchange is one, and all that was made from the exchange: another reply takes its place.
     *
     * @param answer the answer's turn; null where the reply is none
     * @param mark the conversation's new mark
     */
    Erased replaced(long exchange, @Nullable Long answer, String mark) {
        if (answer != null) {
            collect(new TreeSet<>(List.of(answer)));
        }
        exchanges.add(exchange);
        return carryOut(mark);
    }

    private Erased carryOut(String mark) {
        empty();
        digests = DigestRows.madeFrom(handle, conversation.number(), exchanges);
        DigestRows.delete(handle, conversation.number(), digests);
        withdraw();
        PinRows.dropErased(handle, conversation.number(), exchanges);
        ConversationRows.Row after = conversation.erased(turns.size(), mark);
        ErasureRows.Pending pending = new ErasureRows.Pending(after.number(), after.epoch());
        List<CellRange> cells = cells();
        ErasureRows.insert(handle, pending, cells);
        ConversationRows.update(handle, after);
        return new Erased(new Erasure(turns.size(), digests.size()), pending, cells);
    }

    private void collect(SortedSet<Long> requested) {
        for (Run run : Runs.of(requested, BATCH)) {
            handle.createQuery("""
                SELECT seq, exchange, role FROM turn
                WHERE conversation = :conversation AND seq BETWEEN :first AND :last AND exchange IS NOT NULL
                """)
                    .bind("conversation", conversation.number())
                    .bind("first", run.first())
                    .bind("last", run.last())
                    .map((row, all) -> {
                        turns.add(row.getLong("seq"));
                        exchanges.add(row.getLong("exchange"));
                        if (row.getString("role").equals("PERSON")) {
                            opened.add(row.getLong("exchange"));
                        }
                        return true;
                    })
                    .forEach(row -> {});
        }
    }

    private void empty() {
        if (turns.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
            UPDATE turn SET sealed = NULL, exchange = NULL, erased_at = :at
            WHERE conversation = :conversation AND seq BETWEEN :first AND :last
            """);
        for (Run run : Runs.of(turns, BATCH)) {
            batch.bind("at", SqlTimes.column(at))
                    .bind("conversation", conversation.number())
                    .bind("first", run.first())
                    .bind("last", run.last())
                    .add();
        }
        batch.execute();
    }

    /** A reply falls with its question, as do texts of replies that are no turns; a question whose answer fell is open again. */
    private void withdraw() {
        List<ReplyRows.Row> pending = new ArrayList<>(ReplyRows.open(handle, conversation.number()));
        pending.addAll(ReplyRows.finished(handle, conversation.number()));
        for (ReplyRows.Row reply : pending) {
            Long answer = reply.answer();
            if (questionIsGone(reply.exchange())) {
                ReplyRows.withdraw(handle, conversation.number(), reply.exchange());
            } else if (answer != null && turns.contains(answer)) {
                ReplyRows.reopen(handle, conversation.number(), reply.exchange());
            }
        }
        if (opened.isEmpty()) {
            return;
        }
        for (long exchange :
                ReplyRows.exchangesWithNotice(handle, conversation.number(), opened.first(), opened.last())) {
            if (questionIsGone(exchange)) {
                ReplyRows.dropNotice(handle, conversation.number(), exchange);
                notices.add(exchange);
            }
        }
    }

    /** An opening message that was superseded lives on in its new version. */
    private boolean questionIsGone(long exchange) {
        return opened.contains(exchange) && !TurnRows.hasOpening(handle, conversation.number(), exchange);
    }

    private List<CellRange> cells() {
        List<CellRange> cells = new ArrayList<>();
        add(cells, CellKind.TURN, turns);
        NavigableSet<Long> numbers = new TreeSet<>();
        digests.forEach(digest -> numbers.add(digest.number()));
        add(cells, CellKind.DIGEST, numbers);
        add(cells, CellKind.NOTICE, notices);
        return cells;
    }

    private static void add(List<CellRange> cells, CellKind kind, NavigableSet<Long> numbers) {
        for (Run run : Runs.of(numbers, Integer.MAX_VALUE)) {
            cells.add(new CellRange(kind, run.first(), run.last()));
        }
    }
}
