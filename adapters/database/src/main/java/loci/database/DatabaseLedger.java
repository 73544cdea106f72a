package loci.database;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import loci.chat.ConversationId;
import loci.database.ReservationRows.Reserved;
import loci.database.TotalRows.Change;
import loci.memory.Dollars;
import loci.memory.Ledger;
import loci.memory.ModelCall;
import loci.memory.Said;
import loci.memory.Spending;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The ledger in a relational database. Two calls that reserve at once meet at the rows of {@code spent_total} that they share, which
 * each of them changes, and so locks, before it compares: they cannot pass a budget together, whichever processes they are in.
 *
 * <p>Every writer takes its locks in one order: the reservation, the spending, what was said, then the totals as {@link LedgerScope}
 * orders them. No writer of the ledger waits for a conversation's row while it holds a total.
 */
final class DatabaseLedger implements Ledger {

    /** Both databases' name for a row that is there already. */
    private static final String UNIQUE_VIOLATION = "23505";

    /**
     * A writer adds at most one row of spending, one of what was said, and the totals of two months. Each can be made by somebody else
     * once, and is never removed.
     */
    private static final int MOST_ATTEMPTS = 10;

    private final Jdbi jdbi;
    private final Transactions transactions;
    private final Runnable requireOpen;

    /**
     * One writer of this process at a time, before it takes a connection: all of them want the row of all spending, and would wait for it
     * with the connections that conversations need.
     */
    private final ReentrantLock writing = new ReentrantLock(true);

    /** @param requireOpen throws where the database is closed */
    DatabaseLedger(Jdbi jdbi, Transactions transactions, Runnable requireOpen) {
        this.jdbi = jdbi;
        this.transactions = transactions;
        this.requireOpen = requireOpen;
    }

    @Override
    public Decision reserve(Payer payer, YearMonth month, BigDecimal amount, Budgets budgets) {
        requireOpen.run();
        BigDecimal asked = Dollars.kept(amount);
        return write(handle -> reserve(handle, payer, month, asked, budgets));
    }

    /** Adds first and compares then: the write is the lock, so that what is compared cannot change any more. */
    private static Decision reserve(Handle handle, Payer payer, YearMonth month, BigDecimal asked, Budgets budgets) {
        Map<Whose, BigDecimal> used = new EnumMap<>(Whose.class);
        for (LedgerScope scope : LedgerScope.of(payer, month)) {
            TotalRows.change(handle, scope, Change.setAside(asked));
            used.put(scope.whose(), TotalRows.used(handle, scope).subtract(asked));
        }
        for (Map.Entry<Whose, BigDecimal> before : used.entrySet()) { // The widest first.
            Optional<BigDecimal> limit = budgets.of(before.getKey());
            if (limit.isPresent() && before.getValue().add(asked).compareTo(limit.get()) > 0) {
                handle.rollback();
                return new Decision.Refused(before.getKey(), before.getValue(), limit.get());
            }
        }
        return new Decision.Granted(ReservationRows.insert(handle, payer, month, asked));
    }

    @Override
    public void settle(OptionalLong reservation, ModelCall call) {
        requireOpen.run();
        long conversation = transactions.number(call.payer().conversation());
        change(handle -> {
            SortedMap<LedgerScope, Change> changes = new TreeMap<>();
            if (reservation.isPresent()) {
                Optional<Reserved> reserved = ReservationRows.take(handle, reservation.getAsLong());
                if (reserved.isEmpty()) {
                    return;
                }
                changes.putAll(giveBack(reserved.get()));
            }
            SpendingRows.add(handle, conversation, call);
            call.said().ifPresent(said -> SaidRows.raise(handle, conversation, said));
            Change spent = Change.spend(call.cost().orElse(BigDecimal.ZERO));
            LedgerScope.of(call.payer(), call.month()).forEach(scope -> changes.merge(scope, spent, Change::and));
            changes.forEach((scope, change) -> TotalRows.change(handle, scope, change));
        });
    }

    @Override
    public void release(long reservation) {
        requireOpen.run();
        change(handle -> ReservationRows.take(handle, reservation)
                .ifPresent(reserved ->
                        giveBack(reserved).forEach((scope, change) -> TotalRows.change(handle, scope, change))));
    }

    private static SortedMap<LedgerScope, Change> giveBack(Reserved reserved) {
        SortedMap<LedgerScope, Change> changes = new TreeMap<>();
        Change back = Change.setAside(reserved.amount().negate());
        reserved.scopes().forEach(scope -> changes.put(scope, back));
        return changes;
    }

    @Override
    public List<Share> toTell(Payer payer, YearMonth month, Budgets budgets, BigDecimal part) {
        requireOpen.run();
        return write(handle -> {
            List<Share> shares = new ArrayList<>();
            for (LedgerScope scope : LedgerScope.of(payer, month)) {
                Optional<BigDecimal> limit = budgets.of(scope.whose());
                limit.filter(most -> TotalRows.tell(handle, scope, most, most.multiply(part)))
                        .ifPresent(most -> shares.add(new Share(scope.whose(), TotalRows.spent(handle, scope), most)));
            }
            return List.copyOf(shares.reversed());
        });
    }

    @Override
    public Map<Whose, BigDecimal> used(Payer payer, YearMonth month) {
        return totals(payer, month, TotalRows::used);
    }

    @Override
    public Map<Whose, BigDecimal> setAside(Payer payer, YearMonth month) {
        return totals(payer, month, TotalRows::setAside);
    }

    private Map<Whose, BigDecimal> totals(
            Payer payer, YearMonth month, BiFunction<Handle, LedgerScope, BigDecimal> total) {
        requireOpen.run();
        return transactions.reading(handle -> {
            Map<Whose, BigDecimal> totals = new EnumMap<>(Whose.class);
            LedgerScope.of(payer, month).forEach(scope -> totals.put(scope.whose(), total.apply(handle, scope)));
            return Collections.unmodifiableMap(totals);
        });
    }

    @Override
    public List<Spending> ofChannel(ConversationId conversation, YearMonth month) {
        requireOpen.run();
        return transactions.reading(handle -> SpendingRows.ofChannel(handle, conversation, month));
    }

    @Override
    public List<Spending> ofPerson(String platform, String authorId, YearMonth month) {
        requireOpen.run();
        return authorId.isEmpty()
                ? List.of()
                : transactions.reading(handle -> SpendingRows.ofPerson(handle, platform, authorId, month));
    }

    @Override
    public Said said(ConversationId conversation) {
        requireOpen.run();
        return transactions.reading(conversation, Said.NOTHING, SaidRows::read);
    }

    private void change(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /** Does the work again where a row that it had to add was added by somebody else meanwhile. */
    private <T> T write(Function<Handle, T> work) {
        writing.lock();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply);
                } catch (JdbiException e) {
                    if (attempt == MOST_ATTEMPTS || !isUniqueViolation(e)) {
                        throw e;
                    }
                }
            }
        } finally {
            writing.unlock();
        }
    }

    private static boolean isUniqueViolation(JdbiException e) {
        return e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
    }
}
