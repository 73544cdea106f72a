package loci.database;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import loci.chat.ConversationId;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Whose;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What is summed up in one row of the table {@code spent_total}. Ordered as their rows are to be locked: whoever takes several in this
 * order never waits in a circle. The row that everybody shares comes last, so that it is held for the shortest time.
 *
 * @param platform empty, like the names after it, where it does not tell the scope from others
 */
record LedgerScope(YearMonth month, Whose whose, String platform, String space, String channel, String authorId)
        implements Comparable<LedgerScope> {

    private static final Comparator<LedgerScope> AS_LOCKED = Comparator.comparing(
                    LedgerScope::whose, Comparator.reverseOrder())
            .thenComparing(LedgerScope::month)
            .thenComparing(LedgerScope::platform)
            .thenComparing(LedgerScope::space)
            .thenComparing(LedgerScope::channel)
            .thenComparing(LedgerScope::authorId);

    /** The scopes of what a payer spends in a month, as they are to be locked. */
    static List<LedgerScope> of(Payer payer, YearMonth month) {
        ConversationId place = payer.conversation();
        LedgerScope all = new LedgerScope(month, Whose.ALL, "", "", "", "");
        LedgerScope channel =
                new LedgerScope(month, Whose.CHANNEL, place.platform(), place.space(), place.channel(), "");
        return payer.isPerson()
                ? List.of(
                        new LedgerScope(month, Whose.PERSON, place.platform(), "", "", payer.authorId()), channel, all)
                : List.of(channel, all);
    }

    <S extends SqlStatement<S>> S in(S statement) {
        return statement
                .bind("month", month.toString())
                .bind("whose", whose.name())
                .bind("platform", platform)
                .bind("space", space)
                .bind("channel", channel)
                .bind("author", authorId);
    }

    @Override
    public int compareTo(LedgerScope other) {
        return AS_LOCKED.compare(this, other);
    }
}
