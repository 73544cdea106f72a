package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import loci.chat.Delivery;
import loci.engine.Operators.Subject;
import loci.memory.ConversationStore;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelProfile;
import loci.prompt.Strategies;
import org.junit.jupiter.api.Test;

/** What those who run the bot are told, and how often. */
class OperatorsScenarioTest {

    private static final String KEY_REFUSED =
            "⚠️ The model scripted refuses the bot's API key, and answers nobody until that is mended.";

    private final Chat chat = Chat.hybrid(8, 2);

    private static ModelOutcome fails(Cause cause) {
        return new ModelOutcome.Unavailable(cause, "detail of sk-no-secret", "", false);
    }

    @Test
    void aModelThatFailsIsToldOnceInAnHourAndThatItAnswersAgain() {
        chat.model.onReply = prompt -> fails(Cause.UNAUTHORISED);
        chat.say("ada", "one");
        chat.say("ada", "two");
        chat.passes(Duration.ofMinutes(59));
        chat.say("ben", "three");
        assertThat(chat.operatorsToldOf).containsExactly(KEY_REFUSED);
        chat.passes(Duration.ofMinutes(1));
        chat.say("ben", "four");
        chat.say("ben", "five");
        chat.model.onReply = prompt -> ScriptedModel.answered("ok");
        chat.say("ben", "six");
        chat.say("ben", "seven");
        assertThat(chat.operatorsToldOf)
                .containsExactly(
                        KEY_REFUSED,
                        KEY_REFUSED + " (It happened 2 more times since the last notice.)",
                        "✅ The model scripted answers again. (It happened once more since the last notice.)");
    }

    @Test
    void whatComesAndGoesIsNotToldEachTime() {
        for (int i = 0; i < 10; i++) {
            chat.model.onReply = prompt -> fails(Cause.UNREACHABLE);
            chat.say("ada", "hello?");
            chat.model.onReply = prompt -> ScriptedModel.answered("ok");
            chat.say("ada", "hello");
        }
        assertThat(chat.operatorsToldOf)
                .containsExactly("⚠️ The model scripted cannot be reached.", "✅ The model scripted answers again.");
    }

    @Test
    void anotherReasonIsAnotherNotice() {
        chat.model.onReply = prompt -> fails(Cause.TIMED_OUT);
        chat.say("ada", "one");
        chat.model.onReply = prompt -> fails(Cause.OUT_OF_QUOTA);
        chat.say("ada", "two");
        assertThat(chat.operatorsToldOf)
                .containsExactly(
                        "⚠️ The model scripted took too long to answer.",
                        "⚠️ The model scripted has no credit left, and answers nobody until there is some.");
    }

    @Test
    void thatNoModelAnswersIsMoreThanThatOneDoesNot() {
        ScriptedModel second = new ScriptedModel();
        ModelProfile first = chat.model.profile;
        second.profile = new ModelProfile(
                "second",
                first.encoding(),
                first.contextWindow(),
                first.maxOutput(),
                true,
                false,
                first.outputLimitField(),
                true);
        chat.fallbacks.add(second);
        chat.restart();
        chat.model.onReply = prompt -> fails(Cause.SERVER_FAILED);
        assertThat(chat.say("ada", "one")).isEqualTo("ok");
        assertThat(chat.operatorsToldOf)
                .containsExactly("⚠️ The model scripted failed: its server reports an error of its own.");
        second.onReply = prompt -> fails(Cause.UNREACHABLE);
        chat.say("ada", "two");
        assertThat(chat.operatorsToldOf.subList(1, 3))
                .containsExactly(
                        "⚠️ The model second cannot be reached.",
                        "⚠️ No model answers: not the one that was asked for and none of its fallbacks. Whoever asks is"
                                + " told so.");
        second.onReply = prompt -> ScriptedModel.answered("ok");
        chat.say("ada", "three");
        assertThat(chat.operatorsToldOf.subList(3, 5))
                .containsExactly("✅ The model second answers again.", "✅ Questions are answered again.");
    }

    @Test
    void budgetsAreToldWhenTheyComeNearTheirEndAndWhenTheyHoldNothingMore() {
        Chat limited = LimitsScenarioTest.chat(0, 0, LimitsScenarioTest.budgets("10", "", ""));
        LimitsScenarioTest.costs(limited, 7_900, 200);
        limited.say("ada", "one");
        assertThat(limited.operatorsToldOf)
                .containsExactly("⚠️ The bot's budget for 2026-03 is nearly used up: $8.10 of $10 are spent.");
        LimitsScenarioTest.costs(limited, 1_700, 200);
        limited.say("ada", "two");
        limited.say("ada", "three");
        limited.say("ada", "four");
        assertThat(limited.operatorsToldOf).hasSize(2);
        assertThat(limited.operatorsToldOf.getLast())
                .startsWith("⚠️ The bot's budget for 2026-03 does not hold another call: $")
                .endsWith("Whoever asks is told so.");
        limited.passes(Duration.ofDays(31));
        assertThat(limited.say("ada", "five")).startsWith("ok");
        assertThat(limited.operatorsToldOf.getLast()).startsWith("✅ The bot's budget holds calls again.");
    }

    @Test
    void aChannelsBudgetIsToldWithItsNameAndAPersonsWithout() {
        Chat limited = LimitsScenarioTest.chat(0, 0, LimitsScenarioTest.budgets("", "10", "10"));
        LimitsScenarioTest.costs(limited, 8_000, 200);
        limited.say("ada", "one");
        assertThat(limited.operatorsToldOf)
                .containsExactly(
                        "⚠️ The budget of the channel test/space/lab for 2026-03 is nearly used up: $8.20 of $10 are"
                                + " spent.",
                        "⚠️ The budget of a person for 2026-03 is nearly used up: $8.20 of $10 are spent.");
    }

    @Test
    void aModelWithoutAPriceIsToldWhereBudgetsHold() {
        Chat limited = LimitsScenarioTest.chat(0, 0, LimitsScenarioTest.budgets("10", "", ""));
        limited.model.profile = ScriptedModel.PROFILE;
        limited.restart();
        limited.say("ada", "one");
        assertThat(limited.operatorsToldOf)
                .singleElement()
                .asString()
                .startsWith("⚠️ The model scripted is not asked: budgets are set and its price is not known.");
    }

    @Test
    void summariesThatFailForLongAreToldAndThatTheyAreMade() {
        chat.model.onSummary = prompt -> fails(Cause.SERVER_FAILED);
        IntStream.range(0, 10).forEach(i -> chat.say("ada", "message " + i));
        assertThat(chat.operatorsToldOf).isEmpty();
        chat.passes(Duration.ofMinutes(61));
        chat.timer();
        assertThat(chat.operatorsToldOf)
                .containsExactly("⚠️ The note of test/space/lab could not be brought up to date for 61 minutes. Nothing"
                        + " is lost and it is tried again; until then prompts show less of what is older.");
        chat.model.onSummary = prompt -> ScriptedModel.answered("- a note");
        chat.passes(Duration.ofMinutes(31));
        chat.timer();
        assertThat(chat.operatorsToldOf.getLast()).isEqualTo("✅ All notes are brought up to date again.");
    }

    @Test
    void aStoreThatFailsIsToldAndThatItStoresAgain() {
        AtomicBoolean broken = new AtomicBoolean();
        Chat failing = new Chat(Chat.settings(Strategies.of("hybrid", 8, 8)), store -> failing(store, broken));
        failing.say("ada", "one");
        broken.set(true);
        assertThatThrownBy(() -> failing.say("ada", "two")).hasMessage("the disk is full");
        assertThatThrownBy(() -> failing.say("ada", "three")).hasMessage("the disk is full");
        assertThat(failing.operatorsToldOf).containsExactly("⚠️ " + Warnings.NOT_STORED);
        broken.set(false);
        failing.say("ada", "four");
        assertThat(failing.operatorsToldOf.getLast())
                .isEqualTo("✅ What is said is stored again. (It happened once more since the last notice.)");
    }

    private static ConversationStore failing(ConversationStore store, AtomicBoolean broken) {
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    if (broken.get()) {
                        throw new IllegalStateException("the disk is full");
                    }
                    return method.invoke(store, arguments);
                });
    }

    @Test
    void workThatFailsIsToldAndThatItIsDone() {
        chat.delivering = reply -> {
            throw new IllegalStateException("a bug of the adapter's");
        };
        chat.say("ada", "one");
        chat.timer();
        assertThat(chat.operatorsToldOf).containsExactly("⚠️ " + Warnings.NOT_DONE);
        chat.delivering = reply -> chat.onDeliver.get();
        chat.timer();
        assertThat(chat.operatorsToldOf.getLast())
                .isEqualTo("✅ Every channel in which something failed within the bot is served again. (It happened once"
                        + " more since the last notice.)");
    }

    @Test
    void anAnswerThatCanNeverBeDeliveredIsTold() {
        chat.onDeliver = () -> new Delivery.Undeliverable("that channel is gone");
        chat.say("ada", "one");
        assertThat(chat.operatorsToldOf)
                .containsExactly("⚠️ An answer in test/space/lab can never be delivered: that channel is gone.");
    }

    @Test
    void aBugInAnAnswerIsToldOfWithoutWords() {
        chat.model.onReply = prompt -> {
            throw new IllegalStateException("words of the prompt");
        };
        chat.say("ada", "my secret words");
        assertThat(chat.operatorsToldOf).containsExactly("⚠️ " + Warnings.BROKEN);
    }

    @Test
    void aPlatformThatFailsToTellCostsNobodyAnAnswer() {
        chat.onTellOperators = text -> {
            throw new IllegalStateException("no admin channel");
        };
        chat.onDeliver = () -> new Delivery.Undeliverable("gone");
        chat.say("ada", "one");
        chat.onDeliver = () -> new Delivery.Delivered(List.of());
        assertThat(chat.say("ada", "two")).isEqualTo("ok");
        assertThat(chat.uncaught).isEmpty();
    }

    @Test
    void whatWaitsForAPlatformThatTakesNoneIsBounded() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        Chat other = Chat.hybrid(8, 2);
        InstantSource clock = other.clock();
        Operators operators = new Operators(Map.of("test", other.platform()), tasks::add, clock);
        for (int i = 0; i < 1_000; i++) {
            operators.trouble(new Subject("subject " + i, "well"), "kind", "number " + i);
        }
        assertThat(tasks).as("one task at a time for a platform").hasSize(1);
        tasks.remove().run();
        assertThat(other.operatorsToldOf).hasSize(50).startsWith("⚠️ number 0", "⚠️ number 1");
        operators.over(new Subject("subject 999", "well"));
        tasks.remove().run();
        assertThat(other.operatorsToldOf.getLast()).isEqualTo("✅ well");
    }
}
