package loci.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.memory.Ledger.Payer;
import org.jdbi.v3.core.Handle;

/** SQL on the table {@code reservation}. Stateless; each method works in its caller's transaction. */
final class ReservationRows {

    private ReservationRows() {}

    /** What was set aside, and what it is counted in. */
    record Reserved(List<LedgerScope> scopes, BigDecimal amount) {}

    /** Returns the new row's number. */
    static long insert(Handle handle, Payer payer, YearMonth month, BigDecimal amount) {
        ConversationId place = payer.conversation();
        return handle.createUpdate("""
            INSERT INTO reservation (of_month, platform, space, channel, author_id, amount)
            VALUES (:month, :platform, :space, :channel, :author, :amount)
            """)
                .bind("month", month.toString())
                .bind("platform", place.platform())
                .bind("space", place.space())
                .bind("channel", place.channel())
                .bind("author", payer.authorId())
                .bind("amount", amount)
                .executeAndReturnGeneratedKeys("number")
                .mapTo(Long.class)
                .one();
    }

    /** Removes a reservation and returns what it was; empty where it is gone, also where another transaction has just removed it. */
    static Optional<Reserved> take(Handle handle, long number) {
        Optional<Reserved> found = handle.createQuery("""
            SELECT of_month, platform, space, channel, author_id, amount FROM reservation WHERE number = :number
            """)
                .bind("number", number)
                .map((row, all) -> read(row))
                .findOne();
        int removed = found.isEmpty()
                ? 0
                : handle.createUpdate("DELETE FROM reservation WHERE number = :number")
                        .bind("number", number)
                        .execute();
        return removed == 1 ? found : Optional.empty();
    }

    private static Reserved read(ResultSet row) throws SQLException {
        ConversationId channel =
                ConversationId.ofChannel(row.getString("platform"), row.getString("space"), row.getString("channel"));
        Payer payer = new Payer(channel, row.getString("author_id"));
        return new Reserved(
                LedgerScope.of(payer, YearMonth.parse(row.getString("of_month"))), row.getBigDecimal("amount"));
    }

    /** Drops what nobody can settle any more. The totals of those months keep what was set aside: nothing is spent in them again. */
    static void dropThrough(Handle handle, YearMonth last) {
        handle.createUpdate("DELETE FROM reservation WHERE of_month <= :last")
                .bind("last", last.toString())
                .execute();
    }
}
