package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import loci.memory.Ledger;
import loci.memory.Ledger.Budgets;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Whose;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.model.Usage;
import loci.prompt.Strategies;
import org.junit.jupiter.api.Test;

/** What happens where too much is asked or spent. */
class LimitsScenarioTest {

    /** A dollar for a thousand tokens, read or written; nothing is cached. */
    static final Prices DEAR =
            new Prices(new BigDecimal("1000"), Optional.empty(), new BigDecimal("1000"), YearMonth.of(2026, 3));

    static Chat chat(int perPerson, int perChannel, Budgets budgets) {
        EngineSettings plain = Chat.settings(Strategies.of("hybrid", 8, 8));
        Chat chat = new Chat(plain.with(plain.personas(), plain.rules(), new Limits(perPerson, perChannel, budgets)));
        priced(chat, Optional.of(DEAR));
        return chat;
    }

    private static void priced(Chat chat, Optional<Prices> prices) {
        chat.model.profile = new ModelProfile(
                "dear", "quarters", 16_000, 4_000, true, false, "max_tokens", true, 16_000, Optional.empty(), prices);
        chat.restart();
    }

    static Budgets budgets(String all, String channel, String person) {
        return new Budgets(dollars(all), dollars(channel), dollars(person));
    }

    private static Optional<BigDecimal> dollars(String amount) {
        return amount.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(amount));
    }

    static void costs(Chat chat, int promptTokens, int replyTokens) {
        chat.model.onReply =
                prompt -> new ModelOutcome.Answered("ok", new Usage(promptTokens, 0, replyTokens, 0), true);
    }

    static BigDecimal used(Chat chat, Whose whose) {
        return chat.ledger
                .used(new Payer(chat.channel(), "id-ada"), YearMonth.of(2026, 3))
                .getOrDefault(whose, BigDecimal.ZERO);
    }

    @Test
    void whoAsksTooOftenIsToldSoAndStillRemembered() {
        Chat chat = chat(2, 0, Budgets.NONE);
        assertThat(chat.say("ada", "one")).isEqualTo("ok");
        assertThat(chat.say("ada", "two")).isEqualTo("ok");
        chat.passes(Duration.ofSeconds(20));
        assertThat(chat.say("ada", "My cat is called Marmalade.")).isNull();
        assertThat(chat.answers.getLast().text())
                .isEqualTo(
                        "You have asked 2 times within a minute, which is the most. I remember this message and do not"
                                + " answer it; ask again in 41 s.");
        assertThat(chat.say("ben", "and I?")).as("another person").isEqualTo("ok");
        assertThat(chat.lastPromptText()).contains("Marmalade");
        chat.passes(Duration.ofSeconds(40));
        assertThat(chat.say("ada", "three")).isEqualTo("ok");
        assertThat(chat.nothingWaits()).isTrue();
    }

    @Test
    void whatAsksAModelIsCountedLikeAQuestion() {
        Chat chat = chat(2, 0, Budgets.NONE);
        chat.say("ada", "one");
        chat.passes(Duration.ofSeconds(1));
        assertThat(chat.command("ada", "/summary since 1h")).startsWith("**Since");
        int asked = chat.model.summaries.size();
        assertThat(chat.command("ada", "/summary since 1h"))
                .isEqualTo("You have asked 2 times within a minute, which is the most. Ask again in 60 s.");
        assertThat(chat.model.summaries).hasSize(asked);
        assertThat(chat.command("ada", "/memory"))
                .as("what asks no model is free")
                .startsWith("Nothing is kept");
    }

    @Test
    void aChannelHasALimitOfItsOwn() {
        Chat chat = chat(0, 2, Budgets.NONE);
        chat.say("ada", "one");
        chat.say("ben", "two");
        assertThat(chat.say("eve", "three")).isNull();
        assertThat(chat.answers.getLast().text()).startsWith("This channel has asked 2 times within a minute");
        Chat patient = chat(1, 0, Budgets.NONE);
        patient.say("ada", "one");
        patient.say("ada", "two");
        assertThat(patient.answers.getLast().text()).startsWith("You have asked once within a minute");
        chat.channel("garden");
        assertThat(chat.say("eve", "three")).isEqualTo("ok");
    }

    @Test
    void whatAnAnswerCostIsSettledAndNothingStaysSetAside() {
        Chat chat = chat(0, 0, budgets("10", "10", "10"));
        costs(chat, 1_000, 200);
        assertThat(chat.say("ada", "hello")).isEqualTo("ok");
        for (Whose whose : Whose.values()) {
            assertThat(used(chat, whose)).as(whose.name()).isEqualByComparingTo("1.2");
        }
        assertThat(chat.command("ada", "/usage"))
                .contains("**This channel in 2026-03**")
                .contains("- dear, answers: 1 call, 1,000 tokens read (0 % from the cache), 200 written, $1.20")
                .contains("Altogether $1.20.")
                .contains("The whole bot's month: $1.20 of $10 used.", "Your month: $1.20 of $10 used.");
        assertThat(chat.command("ben", "/usage me")).startsWith("Nothing was spent in 2026-03.");
        assertThat(chat.command("ada", "/usage me"))
                .startsWith("**You in 2026-03**")
                .contains("$1.20", "Your month")
                .doesNotContain("whole bot");
        assertThat(chat.command("ada", "/usage people")).contains("- id-ada: 1 call");
        assertThat(chat.command("ada", "/usage 2026-02")).isEqualTo("Nothing was spent in 2026-02.");
        assertThat(chat.command("ada", "/usage lately")).startsWith("I did not understand that.");
    }

    @Test
    void nearItsEndABudgetSaysSoOnceAndAtItsEndNothingIsAsked() {
        Chat chat = chat(0, 0, budgets("", "3.5", ""));
        costs(chat, 1_500, 100);
        assertThat(chat.say("ada", "one")).isEqualTo("ok");
        assertThat(chat.say("ada", "two"))
                .isEqualTo("ok\n\n_This channel's budget of $3.50 for this month is four fifths used up._");
        int asked = chat.model.replies.size();
        assertThat(chat.say("ada", "three"))
                .startsWith("⚠️ This channel's budget of $3.50 for this month does not hold another answer.")
                .contains("answer again from 2026-04-01 on (UTC)");
        assertThat(chat.model.replies).hasSize(asked);
        assertThat(used(chat, Whose.CHANNEL)).isEqualByComparingTo("3.2");
        chat.channel("garden");
        assertThat(chat.say("ada", "elsewhere"))
                .as("another channel has a budget of its own")
                .isEqualTo("ok");
        chat.channel("lab");
        chat.passes(Duration.ofDays(31));
        assertThat(chat.say("ada", "four")).as("a new month").isEqualTo("ok");
        assertThat(chat.lastPromptText()).as("nothing was lost").contains("three");
    }

    @Test
    void aModelOfUnknownPriceIsNotAskedWhereABudgetIsSet() {
        Chat chat = chat(0, 0, budgets("100", "", ""));
        priced(chat, Optional.empty());
        assertThat(chat.say("ada", "hello")).contains("the price of its model is not known");
        assertThat(chat.model.replies).isEmpty();
        Chat free = chat(0, 0, Budgets.NONE);
        priced(free, Optional.empty());
        assertThat(free.say("ada", "hello")).isEqualTo("ok");
        assertThat(free.command("ada", "/usage")).contains("1 call is not in it: its price is unknown.");
    }

    @Test
    void aFallbackThatCostsNothingAnswersWhereTheBudgetIsUsedUp() {
        Chat chat = chat(0, 0, budgets("0.1", "", ""));
        ScriptedModel local = new ScriptedModel();
        Prices nothing = new Prices(BigDecimal.ZERO, Optional.empty(), BigDecimal.ZERO, YearMonth.of(2026, 3));
        local.profile = new ModelProfile(
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
        local.onReply = prompt -> ScriptedModel.answered("locally");
        chat.fallbacks.add(local);
        chat.restart();
        assertThat(chat.say("ada", "hello")).isEqualTo("locally");
    }

    @Test
    void notesAndRecapsCountToo() {
        Chat chat = chat(0, 0, budgets("1000", "", ""));
        costs(chat, 1_000, 0);
        chat.model.onSummary = prompt -> new ModelOutcome.Answered("- a note", new Usage(500, 0, 100, 0), true);
        for (int i = 0; i < 8; i++) {
            chat.say("ada", "message " + i);
        }
        assertThat(chat.model.summaries).isNotEmpty();
        int notes = chat.model.summaries.size();
        assertThat(used(chat, Whose.ALL))
                .isEqualByComparingTo(new BigDecimal("0.6")
                        .multiply(BigDecimal.valueOf(notes))
                        .add(BigDecimal.valueOf(8)));
        assertThat(used(chat, Whose.PERSON)).as("a note is nobody's").isEqualByComparingTo("8");
        chat.command("ada", "/summary since 1h");
        assertThat(used(chat, Whose.PERSON)).as("a recap is for whoever asks").isEqualByComparingTo("8.6");
        assertThat(chat.command("ada", "/usage people")).contains("notes, for nobody in particular");
        assertThat(chat.command("ada", "/usage me")).contains("- dear, recaps: 1 call");
    }

    @Test
    void whereTheBudgetHoldsNoNoteNothingIsLostAndItIsMadeLater() {
        Chat chat = chat(0, 0, budgets("0.001", "", ""));
        for (int i = 0; i < 20; i++) {
            chat.post("ben", "message " + i, false);
        }
        assertThat(chat.model.summaries).isEmpty();
        chat.passes(Duration.ofDays(31));
        assertThat(chat.store.newestExchange(chat.channel())).isEqualTo(20);
    }

    @Test
    void whatAFailedCallMayHaveCostIsCountedAndWhatCannotHaveIsNot() {
        Chat chat = chat(0, 0, budgets("1000", "", ""));
        chat.model.onReply = prompt -> new ModelOutcome.Unavailable(Cause.UNREACHABLE, "down", "");
        chat.say("ada", "one");
        assertThat(used(chat, Whose.ALL)).isEqualByComparingTo("0");
        chat.model.onReply = prompt -> new ModelOutcome.Unavailable(Cause.SERVER_FAILED, "broke", "some words");
        chat.say("ada", "two");
        assertThat(used(chat, Whose.ALL)).isPositive();
    }

    @Test
    void aLedgerThatFailsCostsNoAnswerAndNoQuestion() {
        Chat chat = chat(0, 0, budgets("1000", "", ""));
        costs(chat, 1_000, 0);
        chat.aroundLedger = real -> failing(real, "reserve");
        chat.restart();
        assertThat(chat.say("ada", "one"))
                .as("nothing may be spent that cannot be counted")
                .isNull();
        assertThat(chat.model.replies).isEmpty();
        chat.timer();
        assertThat(chat.delivered).as("tried again").hasSize(1);
        chat.aroundLedger = real -> failing(real, "settle");
        chat.restart();
        assertThat(chat.say("ada", "two")).as("what is paid for is delivered").isEqualTo("ok");
        assertThat(used(chat, Whose.ALL)).as("what was set aside stays counted").isGreaterThan(BigDecimal.ONE);
    }

    /** The real thing, whose method of that name fails once. */
    private static Ledger failing(Ledger real, String method) {
        AtomicBoolean failed = new AtomicBoolean();
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("no disk");
                    }
                    return called.invoke(real, arguments);
                });
    }

    @Test
    void resendingEverythingWouldHaveTakenMoreAndMore() {
        Chat chat = chat(0, 0, Budgets.NONE);
        costs(chat, 100, 10);
        for (int i = 0; i < 30; i++) {
            chat.say("ada", "message " + i + " with some words in it");
        }
        assertThat(chat.command("ada", "/usage")).contains("Resending everything each time would have taken about ");
        long resent = chat.ledger.ofChannel(chat.channel(), YearMonth.of(2026, 3)).stream()
                .mapToLong(row -> row.resendTokens())
                .sum();
        long turns = 30L * 31 / 2 * 2;
        assertThat(resent).as("about 40 tokens a turn, header included").isBetween(turns * 25, turns * 60);
    }
}
