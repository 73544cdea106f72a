package loci.database;

import java.math.BigDecimal;
import java.math.RoundingMode;
import loci.memory.Dollars;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code spent_total}. Stateless; each method works in its caller's transaction. */
final class TotalRows {

    private static final String OF_SCOPE = """
         WHERE of_month = :month AND whose = :whose AND platform = :platform AND space = :space
            AND channel = :channel AND author_id = :author
        """;

    private TotalRows() {}

    /** What is to be added to a total; negative where it is taken away. */
    record Change(BigDecimal spent, BigDecimal setAside) {

        static Change spend(BigDecimal amount) {
            return new Change(amount, BigDecimal.ZERO);
        }

        static Change setAside(BigDecimal amount) {
            return new Change(BigDecimal.ZERO, amount);
        }

        Change and(Change other) {
            return new Change(spent.add(other.spent), setAside.add(other.setAside));
        }
    }

    /** What is spent and set aside, changes of the caller's transaction included. */
    static BigDecimal used(Handle handle, LedgerScope scope) {
        return amount(handle, scope, "spent + set_aside");
    }

    static BigDecimal spent(Handle handle, LedgerScope scope) {
        return amount(handle, scope, "spent");
    }

    static BigDecimal setAside(Handle handle, LedgerScope scope) {
        return amount(handle, scope, "set_aside");
    }

    private static BigDecimal amount(Handle handle, LedgerScope scope, String what) {
        return scope.in(handle.createQuery("SELECT " + what + " FROM spent_total" + OF_SCOPE))
                .mapTo(BigDecimal.class)
                .findOne()
                .orElseGet(() -> Dollars.kept(BigDecimal.ZERO));
    }

    /** Notes that people are told of a limit; false where so much is not spent, or they were told of this limit or a higher one. */
    static boolean tell(Handle handle, LedgerScope scope, BigDecimal limit, BigDecimal from) {
        int told = scope.in(handle.createUpdate("UPDATE spent_total SET told_of = :limit" + OF_SCOPE
                        + "AND told_of < :limit AND spent > 0 AND spent >= :from"))
                // Rounded down it would be below the limit for ever.
                .bind("limit", limit.setScale(Dollars.DIGITS, RoundingMode.CEILING))
                .bind("from", from)
                .execute();
        return told > 0;
    }

    /**
     * Changes a total and holds its row's lock until the transaction ends. Where there is no row yet it is added; of those who add it at
     * once all but one fail.
     */
    static void change(Handle handle, LedgerScope scope, Change change) {
        int changed = scope.in(handle.createUpdate(
                        "UPDATE spent_total SET spent = spent + :spent, set_aside = set_aside + :aside" + OF_SCOPE))
                .bind("spent", change.spent())
                .bind("aside", change.setAside())
                .execute();
        if (changed == 0) {
            scope.in(handle.createUpdate("""
                INSERT INTO spent_total (of_month, whose, platform, space, channel, author_id, spent, set_aside)
                VALUES (:month, :whose, :platform, :space, :channel, :author, :spent, :aside)
                """))
                    .bind("spent", change.spent())
                    .bind("aside", change.setAside())
                    .execute();
        }
    }
}
