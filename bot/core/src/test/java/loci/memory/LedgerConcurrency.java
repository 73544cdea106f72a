package loci.memory;

import static loci.memory.ConversationStoreConcurrency.together;
import static loci.memory.LedgerFixture.APRIL;
import static loci.memory.LedgerFixture.MARCH;
import static loci.memory.LedgerFixture.after;
import static loci.memory.LedgerFixture.budgets;
import static loci.memory.LedgerFixture.call;
import static loci.memory.LedgerFixture.dollars;
import static loci.memory.LedgerFixture.granted;
import static loci.memory.LedgerFixture.payer;
import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.KITCHEN;
import static loci.memory.StoreFixture.LAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Decision;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Whose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Ledger} must keep when many threads, and several ledgers on the same books, work at once. */
public abstract class LedgerConcurrency {

    private static final int THREADS = 8;
    private static final int EACH = 30;

    private static final List<Payer> PAYERS =
            List.of(payer(LAB, ADA), payer(KITCHEN, BEN), payer(KITCHEN, ADA), payer(LAB, BEN));

    private List<Ledger> ledgers = List.of();

    /** Opens ledgers on the same empty books: one, or several as different processes have them. */
    protected abstract List<Ledger> start();

    @BeforeEach
    final void begin() {
        ledgers = start();
    }

    private Ledger ledger(int thread) {
        return ledgers.get(thread % ledgers.size());
    }

    private static Payer who(int thread) {
        return PAYERS.get(thread % PAYERS.size());
    }

    private Map<Whose, BigDecimal> used(Payer payer, YearMonth month) {
        return ledger(0).used(payer, month);
    }

    @Test
    void whatIsReservedAtOnceFillsABudgetAndNeverPassesIt() throws Exception {
        Budgets twelve = budgets("12", "", "");
        long granted = together(THREADS, thread -> {
                    long mine = 0;
                    for (int i = 0; i < EACH; i++) {
                        if (ledger(thread).reserve(who(thread), MARCH, dollars("0.1"), twelve)
                                instanceof Decision.Granted) {
                            mine++;
                        }
                    }
                    return mine;
                })
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(granted).isEqualTo(120);
        assertThat(used(PAYERS.getFirst(), MARCH)).containsEntry(Whose.ALL, dollars("12"));
    }

    @Test
    void noBudgetIsEverPassedWhileCallsAreSettledAndReleased() throws Exception {
        Budgets budgets = budgets("6", "3.5", "4");
        together(THREADS, thread -> {
            Payer payer = who(thread);
            for (int i = 0; i < EACH; i++) {
                Decision decision = ledger(thread).reserve(payer, MARCH, dollars("0.5"), budgets);
                used(payer, MARCH)
                        .forEach((whose, used) -> assertThat(used)
                                .as("%s", whose)
                                .isLessThanOrEqualTo(budgets.of(whose).orElseThrow()));
                if (decision instanceof Decision.Granted one && i % 3 == 0) {
                    ledger(thread).release(one.reservation());
                } else if (decision instanceof Decision.Granted one) {
                    ledger(thread).settle(OptionalLong.of(one.reservation()), call(payer, MARCH, "0.05"));
                }
            }
            return thread;
        });
        BigDecimal spent =
                ledger(0).ofChannel(LAB, MARCH).stream().map(Spending::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(used(payer(LAB, ADA), MARCH)).containsEntry(Whose.CHANNEL, dollars(spent.toPlainString()));
    }

    @Test
    void theFirstCallsOfAMonthMayComeAtOnce() throws Exception {
        for (int round = 0; round < EACH; round++) {
            YearMonth month = MARCH.plusMonths(round);
            together(THREADS, thread -> {
                long reservation =
                        granted(ledger(thread).reserve(who(thread), month, dollars("1"), budgets("8", "4", "4")));
                ledger(thread)
                        .settle(
                                OptionalLong.of(reservation),
                                after(call(who(thread), month, "0.25"), new Said(0, thread, thread)));
                return thread;
            });
            assertThat(used(payer(LAB, ADA), month))
                    .isEqualTo(
                            Map.of(Whose.ALL, dollars("2"), Whose.CHANNEL, dollars("1"), Whose.PERSON, dollars("1")));
        }
        assertThat(ledger(0).said(LAB)).isEqualTo(new Said(0, 7, 7));
        assertThat(ledger(0).said(KITCHEN)).isEqualTo(new Said(0, 6, 6));
    }

    @Test
    void aReservationIsSettledByOneOfThoseWhoTry() throws Exception {
        for (int round = 0; round < EACH; round++) {
            OptionalLong reservation =
                    OptionalLong.of(granted(ledger(0).reserve(payer(LAB, ADA), MARCH, dollars("1"), Budgets.NONE)));
            together(THREADS, thread -> {
                ledger(thread).settle(reservation, call(payer(LAB, ADA), MARCH, "0.25"));
                ledger(thread).release(reservation.getAsLong());
                return thread;
            });
        }
        assertThat(ledger(0).ofChannel(LAB, MARCH)).extracting(Spending::calls).containsExactly((long) EACH);
        assertThat(used(payer(LAB, ADA), MARCH)).containsEntry(Whose.ALL, dollars("7.5"));
    }

    @Test
    void callsThatCrossTheEndOfAMonthDoNotWaitInACircle() throws Exception {
        together(THREADS, thread -> {
            YearMonth from = thread % 2 == 0 ? MARCH : APRIL;
            YearMonth to = thread % 2 == 0 ? APRIL : MARCH;
            for (int i = 0; i < EACH; i++) {
                long reservation = granted(
                        ledger(thread).reserve(who(thread), from, dollars("1"), budgets("9999", "9999", "9999")));
                ledger(thread).settle(OptionalLong.of(reservation), call(who(thread + 1), to, "0.25"));
            }
            return thread;
        });
        BigDecimal half = dollars("0.25").multiply(BigDecimal.valueOf(THREADS * EACH / 2));
        assertThat(used(payer(LAB, ADA), MARCH)).containsEntry(Whose.ALL, half);
        assertThat(used(payer(LAB, ADA), APRIL)).containsEntry(Whose.ALL, half);
    }
}
