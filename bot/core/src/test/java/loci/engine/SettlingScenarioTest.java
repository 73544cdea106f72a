package loci.engine;

import static loci.engine.LimitsScenarioTest.budgets;
import static loci.engine.LimitsScenarioTest.chat;
import static loci.engine.LimitsScenarioTest.costs;
import static loci.engine.LimitsScenarioTest.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import loci.chat.Delivery;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Whose;
import loci.memory.Spending;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.model.Prompt;
import loci.model.Usage;
import loci.prompt.PromptCounter;
import loci.prompt.Quarters;
import org.junit.jupiter.api.Test;

/** What calls that ended badly are taken to have cost, and how people learn that a budget comes to its end. */
class SettlingScenarioTest {

    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final Budgets AMPLE = budgets("1000", "", "");

    /** What the last question cost at most, where its prompt was sent so often. */
    private static BigDecimal most(Chat chat, int attempts) {
        Prompt prompt = chat.lastPrompt();
        int counted = new PromptCounter(new Quarters()).count(prompt);
        return BigDecimal.valueOf((long) counted * attempts + prompt.maxReplyTokens(), 3);
    }

    private static BigDecimal setAside(Chat chat) {
        return chat.ledger.setAside(new Payer(chat.channel(), "id-ada"), MARCH).getOrDefault(Whose.ALL, BigDecimal.ONE);
    }

    private static List<Spending> spending(Chat chat) {
        return chat.ledger.ofChannel(chat.channel(), MARCH);
    }

    @Test
    void aReplyThatBrokeOffIsTakenToHaveCostAllThatWasSetAside() {
        List<ModelOutcome> endings = List.of(
                new ModelOutcome.Stopped("Half an ans"),
                new ModelOutcome.Unavailable(Cause.SERVER_FAILED, "broke while it thought", "", true),
                new ModelOutcome.Unavailable(Cause.NOT_UNDERSTOOD, "broke", "some words"),
                new ModelOutcome.Unavailable(Cause.TIMED_OUT, "silent", ""));
        for (ModelOutcome ending : endings) {
            Chat chat = chat(0, 0, AMPLE);
            chat.model.onReply = prompt -> ending;
            chat.say("ada", "one");
            assertThat(used(chat, Whose.ALL)).as("%s", ending).isEqualByComparingTo(most(chat, 1));
            assertThat(setAside(chat)).isEqualByComparingTo("0");
            assertThat(spending(chat)).extracting(Spending::estimatedCalls).containsExactly(1L);
        }
    }

    @Test
    void withoutABudgetWhatBrokeOffIsCountedAsFarAsItWasSeen() {
        Chat chat = chat(0, 0, Budgets.NONE);
        chat.model.onReply = prompt -> new ModelOutcome.Stopped("Half an ans");
        chat.say("ada", "one");
        assertThat(spending(chat))
                .extracting(Spending::replyTokens, Spending::estimatedCalls)
                .containsExactly(tuple(3L, 1L));
    }

    @Test
    void whatTheServerRefusedOrNeverGotCostsNothing() {
        for (Cause cause : Cause.values()) {
            Chat chat = chat(0, 0, AMPLE);
            chat.model.onReply = prompt -> new ModelOutcome.Unavailable(cause, "no", "");
            chat.say("ada", "one");
            assertThat(used(chat, Whose.ALL).signum()).as("%s", cause).isEqualTo(cause == Cause.TIMED_OUT ? 1 : 0);
        }
    }

    @Test
    void aPromptThatMayBeSentAgainIsPaidForAsOftenAsItMayBe() {
        Chat chat = chat(0, 0, AMPLE);
        chat.model.attempts = 3;
        chat.model.onReply = prompt -> new ModelOutcome.Unavailable(Cause.TIMED_OUT, "silent", "");
        chat.say("ada", "one");
        assertThat(used(chat, Whose.ALL)).isEqualByComparingTo(most(chat, 3));
        Chat poorer = chat(0, 0, new Budgets(Optional.of(most(chat, 2)), Optional.empty(), Optional.empty()));
        poorer.model.attempts = 3;
        assertThat(poorer.say("ada", "one")).contains("does not hold another answer");
        Chat once = chat(0, 0, new Budgets(Optional.of(most(chat, 2)), Optional.empty(), Optional.empty()));
        once.model.attempts = 2;
        assertThat(once.say("ada", "one")).isEqualTo("ok");
    }

    @Test
    void aModelClientThatThrowsLeavesNothingSetAside() {
        Chat chat = chat(0, 0, AMPLE);
        chat.model.onReply = prompt -> {
            throw new LinkageError("a library is missing");
        };
        assertThat(chat.say("ada", "one")).isEqualTo(Notices.BROKEN);
        assertThat(setAside(chat)).isEqualByComparingTo("0");
        assertThat(used(chat, Whose.ALL)).as("nobody knows what it cost").isEqualByComparingTo(most(chat, 1));
        chat.model.onReply = prompt -> ScriptedModel.answered("ok");
        chat.model.onSummary = prompt -> {
            throw new LinkageError("a library is missing");
        };
        for (int i = 0; i < 8; i++) {
            chat.say("ada", "message " + i);
        }
        assertThat(chat.model.summaries).isNotEmpty();
        assertThat(setAside(chat)).isEqualByComparingTo("0");
    }

    @Test
    void aServerThatReportsWhatCannotBeIsNotBelieved() {
        Chat chat = chat(0, 0, AMPLE);
        for (Usage absurd : List.of(new Usage(2_000_000_000, 0, 1, 0), new Usage(100, 0, 2_000_000_000, 0))) {
            costs(chat, absurd.promptTokens(), absurd.replyTokens());
            assertThat(chat.say("ada", "one")).isEqualTo("ok");
        }
        assertThat(used(chat, Whose.ALL)).isBetween(new BigDecimal("0.1"), BigDecimal.ONE);
        assertThat(spending(chat)).extracting(Spending::estimatedCalls).containsExactly(2L);
    }

    @Test
    void whereANoteUsesABudgetUpTheNextAnswerSaysSo() {
        Chat chat = chat(0, 0, budgets("60", "", ""));
        costs(chat, 1_000, 0);
        chat.model.onSummary = prompt -> new ModelOutcome.Answered("- a note", new Usage(45_000, 0, 0, 0), true);
        for (int i = 0; i < 12; i++) {
            chat.say("ada", "message " + i);
        }
        assertThat(chat.model.summaries).isNotEmpty();
        assertThat(chat.delivered.stream().map(Reply::text).filter(text -> text.contains("_The bot's")))
                .containsExactly("ok\n\n_The bot's budget of $60 for this month is four fifths used up._");
        assertThat(chat.lastPromptText()).as("it is shown and not remembered").doesNotContain("four fifths");
    }

    @Test
    void anAnswerThatIsADeclineSaysThatABudgetIsUsedUp() {
        Chat chat = chat(0, 0, budgets("", "1.4", "100"));
        chat.model.onReply = prompt -> new ModelOutcome.Declined("No.", new Usage(1_500, 0, 0, 0));
        assertThat(chat.say("ada", "one"))
                .isEqualTo("No.\n\n_This channel's budget of $1.40 for this month is used up._");
    }

    @Test
    void whereAnotherModelStandsInItSaysWhatTheFirstUsedUp() {
        Chat chat = chat(0, 0, budgets("0.75", "", ""));
        ScriptedModel local = new ScriptedModel();
        local.profile = free();
        local.onReply = prompt -> ScriptedModel.answered("locally");
        chat.fallbacks.add(local);
        chat.restart();
        chat.model.onReply = prompt -> new ModelOutcome.Unavailable(Cause.SERVER_FAILED, "broke", "", true);
        assertThat(chat.say("ada", "one"))
                .isEqualTo("locally\n\n_The bot's budget of $0.75 for this month is four fifths used up._");
        assertThat(chat.say("ada", "two")).isEqualTo("locally");
    }

    private static ModelProfile free() {
        Prices nothing = new Prices(BigDecimal.ZERO, Optional.empty(), BigDecimal.ZERO, MARCH);
        return new ModelProfile(
                "local",
                "quarters",
                16_000,
                4_000,
                true,
                false,
                "max_tokens",
                true,
                16_000,
                Optional.empty(),
                Optional.of(nothing));
    }

    @Test
    void whatOthersSetAsideIsNotYetUsedUp() {
        Chat chat = chat(0, 0, budgets("10", "", ""));
        costs(chat, 100, 0);
        chat.ledger.reserve(Payer.nobody(chat.channel()), MARCH, new BigDecimal("8.42"), Budgets.NONE);
        assertThat(chat.say("ada", "one")).isEqualTo("ok");
        assertThat(chat.command("ada", "/usage"))
                .contains(
                        "The whole bot's month: $8.52 of $10 used, of it $8.42 set aside for calls that are running or"
                                + " were cut off.");
    }

    @Test
    void thatABudgetEndsIsToldThoughTheProgramEndsBeforeItIsDelivered() {
        Chat chat = chat(0, 0, budgets("", "", "1.2"));
        costs(chat, 1_000, 0);
        chat.onDeliver = () -> new Delivery.TryLater("rate limit");
        assertThat(chat.say("ada", "one")).isNull();
        chat.onDeliver = () -> new Delivery.Delivered(List.of(new MessageRef("out-1")));
        chat.restart();
        assertThat(chat.delivered)
                .extracting(Reply::text)
                .containsExactly("ok\n\n_Your budget of $1.20 for this month is four fifths used up._");
    }

    @Test
    void resendingEverythingCountsWhatStandsInEveryPromptAndForgetsWhatIsForgotten() {
        Chat chat = chat(0, 0, Budgets.NONE);
        chat.say("ada", "hello");
        int counted = new PromptCounter(new Quarters()).count(chat.lastPrompt());
        assertThat(resent(chat)).isBetween((long) counted, counted + 40L);
        for (int i = 0; i < 40; i++) {
            chat.say("ada", "message " + i + " with some words in it");
        }
        long before = resent(chat);
        chat.say("ada", "before");
        assertThat(resent(chat) - before).as("of one question").isGreaterThan(2_000);
        chat.command("ada", "/forget here");
        assertThat(chat.confirm("ada")).startsWith("Forgotten");
        before = resent(chat);
        chat.say("ada", "after");
        assertThat(resent(chat) - before).as("of one question").isLessThan(counted + 60L);
    }

    private static long resent(Chat chat) {
        return spending(chat).stream().mapToLong(Spending::resendTokens).sum();
    }
}
