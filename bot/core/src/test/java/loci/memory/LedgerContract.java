package loci.memory;

import static loci.memory.LedgerFixture.APRIL;
import static loci.memory.LedgerFixture.MARCH;
import static loci.memory.LedgerFixture.after;
import static loci.memory.LedgerFixture.budgets;
import static loci.memory.LedgerFixture.by;
import static loci.memory.LedgerFixture.call;
import static loci.memory.LedgerFixture.dollars;
import static loci.memory.LedgerFixture.granted;
import static loci.memory.LedgerFixture.payer;
import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.KITCHEN;
import static loci.memory.StoreFixture.LAB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import loci.chat.ConversationId;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Decision;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Share;
import loci.memory.Ledger.Whose;
import loci.model.Prompt;
import loci.model.Usage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Ledger} must do. A ledger's test extends this and says how to {@linkplain #start start} it, empty. */
public abstract class LedgerContract {

    private static final Payer ADA_IN_LAB = payer(LAB, ADA);
    private static final Payer BEN_IN_LAB = payer(LAB, BEN);
    private static final Payer ADA_IN_KITCHEN = payer(KITCHEN, ADA);

    /** The ledger under test. */
    protected Ledger ledger = new InMemoryLedger();

    /** Opens an empty ledger. */
    protected abstract Ledger start();

    @BeforeEach
    final void begin() {
        ledger = start();
    }

    private Decision reserve(Payer payer, String amount, Budgets budgets) {
        return ledger.reserve(payer, MARCH, dollars(amount), budgets);
    }

    private OptionalLong reserved(Payer payer, String amount) {
        return OptionalLong.of(granted(reserve(payer, amount, Budgets.NONE)));
    }

    private void spend(ModelCall call) {
        ledger.settle(OptionalLong.empty(), call);
    }

    private void uses(Payer payer, YearMonth month, String all, String channel, String person) {
        assertThat(ledger.used(payer, month))
                .isEqualTo(Map.of(
                        Whose.ALL, dollars(all), Whose.CHANNEL, dollars(channel), Whose.PERSON, dollars(person)));
    }

    private static Decision refused(Whose whose, String used, String limit) {
        return new Decision.Refused(whose, dollars(used), dollars(limit));
    }

    @Nested
    class Reserving {

        @Test
        void nothingIsUsedAtFirst() {
            uses(ADA_IN_LAB, MARCH, "0", "0", "0");
            assertThat(ledger.ofChannel(LAB, MARCH)).isEmpty();
            assertThat(ledger.ofPerson("console", ADA.id(), MARCH)).isEmpty();
            assertThat(ledger.said(LAB)).isEqualTo(Said.NOTHING);
        }

        @Test
        void whatNoBudgetHoldsIsSetAsideAllTheSame() {
            Decision decision = reserve(ADA_IN_LAB, "2", Budgets.NONE);
            assertThat(decision).isInstanceOf(Decision.Granted.class);
            uses(ADA_IN_LAB, MARCH, "2", "2", "2");
            assertThat(ledger.ofChannel(LAB, MARCH)).isEmpty();
        }

        @Test
        void exactlyTheLimitIsGrantedAndNotTheLeastBitMore() {
            Budgets five = budgets("5", "", "");
            spend(call(ADA_IN_LAB, MARCH, "2"));
            assertThat(reserve(ADA_IN_LAB, "3.000000000001", five)).isEqualTo(refused(Whose.ALL, "2", "5"));
            granted(reserve(ADA_IN_LAB, "3", five));
            granted(reserve(ADA_IN_LAB, "0", five));
            assertThat(reserve(ADA_IN_LAB, "0.000000000001", five)).isEqualTo(refused(Whose.ALL, "5", "5"));
        }

        @Test
        void aRefusalLeavesNothing() {
            assertThat(reserve(ADA_IN_LAB, "2", budgets("9", "9", "1"))).isEqualTo(refused(Whose.PERSON, "0", "1"));
            uses(ADA_IN_LAB, MARCH, "0", "0", "0");
            spend(call(ADA_IN_LAB, MARCH, "0.75"));
            assertThat(reserve(ADA_IN_LAB, "2", budgets("9", "9", "1"))).isEqualTo(refused(Whose.PERSON, "0.75", "1"));
            uses(ADA_IN_LAB, MARCH, "0.75", "0.75", "0.75");
        }

        @Test
        void whereSeveralBudgetsAreShortTheWidestRefuses() {
            assertThat(reserve(ADA_IN_LAB, "2", budgets("1", "1", "1"))).isEqualTo(refused(Whose.ALL, "0", "1"));
            assertThat(reserve(ADA_IN_LAB, "2", budgets("", "1", "1"))).isEqualTo(refused(Whose.CHANNEL, "0", "1"));
        }

        @Test
        void aLimitOfNothingLetsThroughWhatCostsNothing() {
            Budgets nothing = budgets("0", "0", "0");
            granted(reserve(ADA_IN_LAB, "0", nothing));
            assertThat(reserve(ADA_IN_LAB, "0.01", nothing)).isEqualTo(refused(Whose.ALL, "0", "0"));
        }

        @Test
        void aBudgetLoweredBelowWhatIsSpentRefusesEvenWhatCostsNothing() {
            spend(call(ADA_IN_LAB, MARCH, "2"));
            assertThat(reserve(ADA_IN_LAB, "0", budgets("1", "", ""))).isEqualTo(refused(Whose.ALL, "2", "1"));
        }

        @Test
        void whatNobodyAskedForIsNoPersons() {
            Payer nobody = Payer.nobody(LAB);
            granted(reserve(nobody, "1", budgets("5", "5", "0")));
            assertThat(ledger.used(nobody, MARCH))
                    .isEqualTo(Map.of(Whose.ALL, dollars("1"), Whose.CHANNEL, dollars("1")));
            spend(call(nobody, MARCH, "1"));
            assertThat(ledger.ofPerson("console", "", MARCH)).isEmpty();
            assertThat(ledger.ofChannel(LAB, MARCH))
                    .extracting(Spending::authorId)
                    .containsExactly("");
        }

        @Test
        void amountsThatCannotBeAreRejected() {
            for (BigDecimal amount : List.of(new BigDecimal("-0.000001"), Dollars.MOST.add(BigDecimal.ONE))) {
                assertThatThrownBy(() -> ledger.reserve(ADA_IN_LAB, MARCH, amount, Budgets.NONE))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> call(ADA_IN_LAB, MARCH, "-1")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> budgets("-1", "", "")).isInstanceOf(IllegalArgumentException.class);
            uses(ADA_IN_LAB, MARCH, "0", "0", "0");
        }

        @Test
        void whatIsBeyondTheLastDecimalIsRoundedUp() {
            BigDecimal tiny = new BigDecimal("0.0000000000001");
            granted(ledger.reserve(ADA_IN_LAB, MARCH, tiny, Budgets.NONE));
            uses(ADA_IN_LAB, MARCH, "0.000000000001", "0.000000000001", "0.000000000001");
        }
    }

    @Nested
    class Scopes {

        @Test
        void threadsOfAChannelShareItsBudget() {
            ConversationId thread = new ConversationId("console", "home", "lab", "thread 1");
            spend(call(payer(thread, ADA), MARCH, "0.75"));
            reserved(payer(new ConversationId("console", "home", "lab", "thread 2"), BEN), "0.25");
            Budgets one = budgets("", "1", "");
            assertThat(reserve(BEN_IN_LAB, "0.5", one)).isEqualTo(refused(Whose.CHANNEL, "1", "1"));
            assertThat(reserve(payer(thread, ADA), "0.5", one)).isEqualTo(refused(Whose.CHANNEL, "1", "1"));
            granted(reserve(ADA_IN_KITCHEN, "0.5", one));
            granted(reserve(payer(ConversationId.ofChannel("console", "elsewhere", "lab"), ADA), "0.5", one));
        }

        @Test
        void aPersonIsOneInAllPlacesOfAPlatform() {
            spend(call(ADA_IN_LAB, MARCH, "0.75"));
            Budgets one = budgets("", "", "1");
            assertThat(reserve(ADA_IN_KITCHEN, "0.5", one)).isEqualTo(refused(Whose.PERSON, "0.75", "1"));
            Payer elsewhere = payer(ConversationId.ofChannel("console", "elsewhere", "lab"), ADA);
            assertThat(reserve(elsewhere, "0.5", one)).isEqualTo(refused(Whose.PERSON, "0.75", "1"));
            granted(reserve(payer(ConversationId.ofChannel("slack", "home", "lab"), ADA), "0.5", one));
            granted(reserve(BEN_IN_LAB, "0.5", one));
        }

        @Test
        void everyMonthHasItsOwnBudget() {
            spend(call(ADA_IN_LAB, MARCH, "1"));
            reserved(ADA_IN_LAB, "1");
            uses(ADA_IN_LAB, MARCH, "2", "2", "2");
            uses(ADA_IN_LAB, APRIL, "0", "0", "0");
            granted(ledger.reserve(ADA_IN_LAB, APRIL, dollars("1"), budgets("1", "1", "1")));
        }

        @Test
        void allIsTheSumOfEverything() {
            spend(call(ADA_IN_LAB, MARCH, "1"));
            spend(call(BEN_IN_LAB, MARCH, "2"));
            spend(call(payer(ConversationId.ofChannel("slack", "home", "lab"), ADA), MARCH, "4"));
            spend(call(ADA_IN_KITCHEN, MARCH, "8"));
            uses(ADA_IN_LAB, MARCH, "15", "3", "9");
            uses(BEN_IN_LAB, MARCH, "15", "3", "2");
        }
    }

    @Nested
    class Settling {

        @Test
        void whatACallCostTakesThePlaceOfWhatWasSetAside() {
            ledger.settle(reserved(ADA_IN_LAB, "1"), call(ADA_IN_LAB, MARCH, "0.25"));
            uses(ADA_IN_LAB, MARCH, "0.25", "0.25", "0.25");
        }

        @Test
        void aCallMayCostMoreThanWasSetAside() {
            ledger.settle(reserved(ADA_IN_LAB, "1"), call(ADA_IN_LAB, MARCH, "1.5"));
            uses(ADA_IN_LAB, MARCH, "1.5", "1.5", "1.5");
            assertThat(reserve(ADA_IN_LAB, "0.1", budgets("1", "", ""))).isEqualTo(refused(Whose.ALL, "1.5", "1"));
        }

        @Test
        void settlingTwiceIsSettlingOnce() {
            OptionalLong reservation = reserved(ADA_IN_LAB, "1");
            ledger.settle(reservation, call(ADA_IN_LAB, MARCH, "0.25"));
            ledger.settle(reservation, after(call(ADA_IN_LAB, MARCH, "0.5"), new Said(0, 9, 9)));
            ledger.release(reservation.getAsLong());
            uses(ADA_IN_LAB, MARCH, "0.25", "0.25", "0.25");
            assertThat(ledger.ofChannel(LAB, MARCH)).extracting(Spending::calls).containsExactly(1L);
            assertThat(ledger.said(LAB)).isEqualTo(Said.NOTHING);
        }

        @Test
        void whatIsReleasedIsGivenBackOnce() {
            OptionalLong reservation = reserved(ADA_IN_LAB, "1");
            reserved(BEN_IN_LAB, "2");
            ledger.release(reservation.getAsLong());
            ledger.release(reservation.getAsLong());
            ledger.settle(reservation, call(ADA_IN_LAB, MARCH, "5"));
            ledger.release(reservation.getAsLong() + 1_000);
            uses(ADA_IN_LAB, MARCH, "2", "2", "0");
            assertThat(ledger.ofChannel(LAB, MARCH)).isEmpty();
        }

        @Test
        void whatWasSetAsideIsGivenBackWhereItWasTaken() {
            OptionalLong reservation = reserved(ADA_IN_LAB, "1");
            ledger.settle(reservation, call(payer(KITCHEN, BEN), APRIL, "0.25"));
            uses(ADA_IN_LAB, MARCH, "0", "0", "0");
            uses(payer(KITCHEN, BEN), APRIL, "0.25", "0.25", "0.25");
            uses(ADA_IN_LAB, APRIL, "0.25", "0", "0");
        }

        @Test
        void aCallOfUnknownPriceCountsAsNothingButIsCounted() {
            ModelCall unpriced = new ModelCall(
                    ADA_IN_LAB,
                    MARCH,
                    "model-x",
                    Prompt.Purpose.REPLY,
                    new Usage(7, 0, 3, 0),
                    true,
                    Optional.empty(),
                    70,
                    Optional.empty(),
                    Optional.empty());
            ledger.settle(reserved(ADA_IN_LAB, "1"), unpriced);
            uses(ADA_IN_LAB, MARCH, "0", "0", "0");
            spend(call(ADA_IN_LAB, MARCH, "0.5"));
            assertThat(ledger.ofChannel(LAB, MARCH))
                    .containsExactly(new Spending(
                            ADA.id(),
                            "model-x",
                            Prompt.Purpose.REPLY,
                            2,
                            107,
                            40,
                            13,
                            dollars("0.5"),
                            1,
                            1,
                            1_070,
                            dollars("0.01")));
        }

        @Test
        void tokensMayBeManyMoreThanOneCallHas() {
            ModelCall huge = new ModelCall(
                    ADA_IN_LAB,
                    MARCH,
                    "model-x",
                    Prompt.Purpose.REPLY,
                    new Usage(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0),
                    false,
                    Optional.of(Dollars.MOST),
                    1L << 50,
                    Optional.of(Dollars.MOST),
                    Optional.empty());
            spend(huge);
            spend(huge);
            Spending sum = ledger.ofChannel(LAB, MARCH).getFirst();
            assertThat(sum.promptTokens()).isEqualTo(2L * Integer.MAX_VALUE);
            assertThat(sum.resendTokens()).isEqualTo(1L << 51);
            assertThat(sum.cost()).isEqualByComparingTo(Dollars.MOST.multiply(BigDecimal.TWO));
        }
    }

    @Nested
    class Telling {

        @Test
        void aChannelsMonthIsSummedUpByPersonModelAndPurposeTheCostliestFirst() {
            ConversationId thread = new ConversationId("console", "home", "lab", "thread 1");
            spend(call(ADA_IN_LAB, MARCH, "0.1"));
            spend(call(payer(thread, ADA), MARCH, "0.2"));
            spend(call(BEN_IN_LAB, MARCH, "0.1"));
            spend(by(call(ADA_IN_LAB, MARCH, "0.1"), "model-b", Prompt.Purpose.REPLY));
            spend(by(call(Payer.nobody(LAB), MARCH, "5"), "model-b", Prompt.Purpose.SUMMARY));
            spend(by(call(BEN_IN_LAB, MARCH, "0.1"), "model-x", Prompt.Purpose.SUMMARY));
            spend(call(ADA_IN_KITCHEN, MARCH, "7"));
            spend(call(ADA_IN_LAB, APRIL, "7"));
            List<Spending> told = ledger.ofChannel(LAB, MARCH);
            assertThat(told)
                    .extracting(one -> one.authorId() + " " + one.model() + " " + one.purpose() + " " + one.calls())
                    .containsExactly(
                            " model-b SUMMARY 1",
                            "u-ada model-x REPLY 2",
                            "u-ada model-b REPLY 1",
                            "u-ben model-x REPLY 1",
                            "u-ben model-x SUMMARY 1");
            assertThat(told.get(1))
                    .isEqualTo(new Spending(
                            ADA.id(),
                            "model-x",
                            Prompt.Purpose.REPLY,
                            2,
                            200,
                            80,
                            20,
                            dollars("0.3"),
                            0,
                            0,
                            2_000,
                            dollars("0.02")));
            assertThat(ledger.ofChannel(thread, MARCH)).isEqualTo(told);
        }

        @Test
        void aPersonsMonthIsSummedUpOverAllPlacesOfThePlatform() {
            spend(call(ADA_IN_LAB, MARCH, "0.1"));
            spend(call(ADA_IN_KITCHEN, MARCH, "0.2"));
            spend(call(payer(ConversationId.ofChannel("console", "elsewhere", "lab"), ADA), MARCH, "0.3"));
            spend(by(call(ADA_IN_LAB, MARCH, "0.4"), "model-b", Prompt.Purpose.SUMMARY));
            spend(call(payer(ConversationId.ofChannel("slack", "home", "lab"), ADA), MARCH, "9"));
            spend(call(BEN_IN_LAB, MARCH, "9"));
            spend(call(ADA_IN_LAB, APRIL, "9"));
            assertThat(ledger.ofPerson("console", ADA.id(), MARCH))
                    .extracting(Spending::authorId, Spending::model, Spending::calls, Spending::cost)
                    .containsExactly(
                            tuple(ADA.id(), "model-x", 3L, dollars("0.6")),
                            tuple(ADA.id(), "model-b", 1L, dollars("0.4")));
        }

        @Test
        void whatWasSaidNeverGoesBack() {
            spend(after(call(ADA_IN_LAB, MARCH, "0"), new Said(0, 10, 500)));
            spend(after(call(ADA_IN_LAB, MARCH, "0"), new Said(0, 9, 900)));
            spend(call(ADA_IN_LAB, MARCH, "0"));
            assertThat(ledger.said(LAB)).isEqualTo(new Said(0, 10, 500));
            spend(after(call(BEN_IN_LAB, APRIL, "0"), new Said(0, 12, 450)));
            assertThat(ledger.said(LAB)).isEqualTo(new Said(0, 12, 450));
        }

        @Test
        void whatWasSaidStartsAnewWhereSomethingWasForgotten() {
            spend(after(call(ADA_IN_LAB, MARCH, "0"), new Said(0, 10, 500)));
            spend(after(call(ADA_IN_LAB, MARCH, "0"), new Said(2, 10, 50)));
            assertThat(ledger.said(LAB)).isEqualTo(new Said(2, 10, 50));
            spend(after(call(ADA_IN_LAB, MARCH, "0"), new Said(1, 99, 900)));
            assertThat(ledger.said(LAB)).as("late").isEqualTo(new Said(2, 10, 50));
        }

        @Test
        void aBudgetNearItsEndIsToldOfOnceInAMonth() {
            Budgets budgets = budgets("10", "5", "2");
            spend(call(ADA_IN_LAB, MARCH, "1.59"));
            assertThat(toTell(ADA_IN_LAB, MARCH, budgets)).isEmpty();
            spend(call(ADA_IN_LAB, MARCH, "0.01"));
            assertThat(toTell(ADA_IN_LAB, MARCH, Budgets.NONE)).isEmpty();
            assertThat(toTell(BEN_IN_LAB, MARCH, budgets)).as("another person").isEmpty();
            assertThat(toTell(ADA_IN_KITCHEN, MARCH, budgets)).containsExactly(share(Whose.PERSON, "1.6", "2"));
            assertThat(toTell(ADA_IN_LAB, MARCH, budgets)).isEmpty();
            spend(call(Payer.nobody(LAB), MARCH, "9"));
            assertThat(toTell(ADA_IN_LAB, MARCH, budgets))
                    .containsExactly(share(Whose.ALL, "10.6", "10"), share(Whose.CHANNEL, "10.6", "5"));
            assertThat(toTell(BEN_IN_LAB, MARCH, budgets)).isEmpty();
            spend(call(ADA_IN_LAB, APRIL, "2"));
            assertThat(toTell(ADA_IN_LAB, APRIL, budgets)).containsExactly(share(Whose.PERSON, "2", "2"));
        }

        @Test
        void whatIsOnlySetAsideIsNothingToTell() {
            Budgets ten = budgets("10", "", "0");
            OptionalLong reservation = reserved(BEN_IN_LAB, "9");
            assertThat(toTell(ADA_IN_LAB, MARCH, ten)).isEmpty();
            assertThat(ledger.setAside(ADA_IN_LAB, MARCH))
                    .isEqualTo(
                            Map.of(Whose.ALL, dollars("9"), Whose.CHANNEL, dollars("9"), Whose.PERSON, dollars("0")));
            ledger.settle(reservation, call(BEN_IN_LAB, MARCH, "8"));
            assertThat(ledger.setAside(BEN_IN_LAB, MARCH).values()).containsOnly(dollars("0"));
            assertThat(toTell(ADA_IN_LAB, MARCH, ten)).containsExactly(share(Whose.ALL, "8", "10"));
        }

        @Test
        void ofALimitThatWasRaisedIsToldAgain() {
            spend(call(ADA_IN_LAB, MARCH, "4.5"));
            Budgets odd =
                    new Budgets(Optional.of(new BigDecimal("5.0000000000001")), Optional.empty(), Optional.empty());
            assertThat(toTell(ADA_IN_LAB, MARCH, odd)).hasSize(1);
            assertThat(toTell(ADA_IN_LAB, MARCH, odd)).isEmpty();
            assertThat(toTell(ADA_IN_LAB, MARCH, budgets("4", "", "")))
                    .as("lowered")
                    .isEmpty();
            assertThat(toTell(ADA_IN_LAB, MARCH, budgets("9", "", ""))).isEmpty();
            spend(call(ADA_IN_LAB, MARCH, "4"));
            assertThat(toTell(ADA_IN_LAB, MARCH, budgets("9", "", ""))).containsExactly(share(Whose.ALL, "8.5", "9"));
        }

        private List<Share> toTell(Payer payer, YearMonth month, Budgets budgets) {
            return ledger.toTell(payer, month, budgets, new BigDecimal("0.8"));
        }

        private static Share share(Whose whose, String spent, String limit) {
            return new Share(whose, dollars(spent), dollars(limit));
        }

        @Test
        void whatWasSaidInAThreadIsTheThreads() {
            ConversationId thread = new ConversationId("console", "home", "lab", "thread 1");
            spend(after(call(payer(thread, ADA), MARCH, "0"), new Said(0, 3, 30)));
            assertThat(ledger.said(thread)).isEqualTo(new Said(0, 3, 30));
            assertThat(ledger.said(LAB)).isEqualTo(Said.NOTHING);
        }
    }
}
