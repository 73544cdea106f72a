package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.KITCHEN;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.edited;
import static loci.memory.StoreFixture.lookedUp;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.seqs;
import static loci.memory.StoreFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.memory.PastExchange.PastTurn;
import loci.model.ToolCall;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationStore} must do with what is brought to it from elsewhere, with pins and with settings. */
public abstract class ConversationStoreKeeping extends StoreConversation {

    @Nested
    class Restoring {

        private static final PastExchange WEATHER = lookedUp("past", "weather?", "rain", "It rains.");

        @Test
        void everyTurnIsKeptAsItWas() {
            ToolCall call = new ToolCall("call-1", "look_up", "{\"what\":\"weather ✓\"}");
            Instant at = Instant.parse("2024-03-01T09:08:07.123456789Z");
            PastExchange past = new PastExchange(
                    new MessagePosted(new EventId("e"), LAB, new MessageRef("m"), ADA, "weather?", at, true),
                    List.of(
                            new PastTurn(Role.BOT, "", at, null, List.of(call, call), null),
                            new PastTurn(Role.TOOL, "rain 🙂", at, null, List.of(), "call-1"),
                            new PastTurn(Role.BOT, "It rains.", at, new MessageRef("b"), List.of(), null)));
            said(BEN, "before");
            assertThat(store.restore(past)).isEqualTo(new Recorded(2, false));
            restart();
            Instant kept = Instant.parse("2024-03-01T09:08:07.123456Z");
            assertThat(store.turns(LAB, new Exchanges(2, 9), 9))
                    .containsExactly(
                            new Turn(2, 2, Role.PERSON, ADA, new MessageRef("m"), "weather?", kept, List.of(), null),
                            new Turn(3, 2, Role.BOT, Author.LOCI, null, "", kept, List.of(call, call), null),
                            new Turn(4, 2, Role.TOOL, Author.LOCI, null, "rain 🙂", kept, List.of(), "call-1"),
                            new Turn(
                                    5,
                                    2,
                                    Role.BOT,
                                    Author.LOCI,
                                    new MessageRef("b"),
                                    "It rains.",
                                    kept,
                                    List.of(),
                                    null));
            assertThat(store.newestExchange(LAB)).isEqualTo(2);
            assertThat(said(BEN, "after")).isEqualTo(6);
        }

        @Test
        void noAnswerIsOwedToIt() {
            store.restore(WEATHER);
            assertThat(store.nextQuestion(LAB)).isEmpty();
            assertThat(store.unsettled()).isEmpty();
            assertThat(store.undelivered(LAB)).isEmpty();
            assertThat(store.finish(LAB, answer(1, "late"), 0)).isFalse();
            assertThat(commit(0, 1, 1, "closed, so it can be condensed")).isTrue();
        }

        @Test
        void restoringAgainChangesNothing() {
            assertThat(store.restore(WEATHER)).isEqualTo(new Recorded(1, false));
            assertThat(store.restore(WEATHER)).isEqualTo(new Recorded(1, true));
            restart();
            assertThat(store.restore(WEATHER)).isEqualTo(new Recorded(1, true));
            MessagePosted underAnotherEvent =
                    new MessagePosted(new EventId("other"), LAB, new MessageRef("past"), ADA, "weather?", NOON, true);
            assertThat(store.restore(new PastExchange(underAnotherEvent, WEATHER.rest())))
                    .isEqualTo(new Recorded(1, true));
            assertThat(store.turns(LAB, new Exchanges(1, 9), 9)).hasSize(4);
        }

        @Test
        void whatWasSaidHereIsNotRestoredBesideIt() {
            store.record(posted(LAB, "past", ADA, "weather?", true));
            assertThat(store.restore(WEATHER)).isEqualTo(new Recorded(1, true));
            assertThat(store.nextQuestion(LAB)).isPresent();
            assertThat(store.turns(LAB, new Exchanges(1, 9), 9)).hasSize(1);
        }

        @Test
        void aMessageWithoutAnythingAfterItCanBeRestored() {
            store.restore(new PastExchange(posted(LAB, "m", ADA, "@loci are you there?", true), List.of()));
            assertThat(store.unsettled()).isEmpty();
            assertThat(store.turns(LAB, new Exchanges(1, 9), 9)).hasSize(1);
        }

        @Test
        void anAnswerIsFoundByItsMessageAndNotRecordedAgain() {
            store.restore(WEATHER);
            restart();
            assertThat(store.find(LAB, new MessageRef("past-answer"))
                            .orElseThrow()
                            .text())
                    .isEqualTo("It rains.");
            assertThat(store.record(posted(LAB, "past-answer", BEN, "It rains.", true)))
                    .isEqualTo(new Recorded(4, true));
        }

        @Test
        void aTurnThatIsTooLongIsRefusedWithItsExchange() {
            String longest = "x".repeat(ConversationStore.MAX_TEXT);
            ToolCall call = new ToolCall("1", "a", longest.substring(2));
            for (PastTurn tooLong : List.of(
                    new PastTurn(Role.TOOL, longest + "!", NOON, null, List.of(), null),
                    new PastTurn(Role.TOOL, longest, NOON, null, List.of(), "1"),
                    new PastTurn(Role.BOT, "!", NOON, null, List.of(call), null))) {
                PastExchange past = new PastExchange(posted(LAB, "m", ADA, "hi", false), List.of(tooLong));
                assertThatThrownBy(() -> store.restore(past)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(store.newestExchange(LAB)).isZero();
            PastTurn fits = new PastTurn(Role.BOT, "", NOON, null, List.of(call), null);
            assertThat(store.restore(new PastExchange(posted(LAB, "m", ADA, longest, false), List.of(fits))))
                    .isEqualTo(new Recorded(1, false));
        }

        @Test
        void theMessageCanBeEditedLater() {
            store.restore(WEATHER);
            assertThat(store.supersede(edited(LAB, "e1", "past", "sunny?"))).isEqualTo(new Erasure(1, 0));
            assertThat(texts(store.turns(LAB, new Exchanges(1, 9), 9)))
                    .containsExactly("sunny?", "", "rain", "It rains.");
        }

        @Test
        void forgettingItsPersonForgetsTheCallsAndTheirResultsToo() {
            store.restore(WEATHER);
            said(BEN, "unrelated");
            commit(0, 1, 1, "about the weather");
            Forgetting forgetting = new Forgetting(store);
            forgetting.carryOut(forgetting.plan(LAB, new Forgetting.Scope.Mine(ADA.id())));
            restart();
            assertThat(texts(store.turns(LAB, new Exchanges(1, 9), 9))).containsExactly("unrelated");
            assertThat(store.note(LAB)).isEmpty();
            assertThat(store.find(LAB, new MessageRef("past-answer"))).isEmpty();
            assertThat(store.restore(WEATHER)).isEqualTo(new Recorded(1, true));
            assertThat(store.turns(LAB, new Exchanges(1, 9), 9)).hasSize(1);
        }

        @Test
        void anErasedAnswerOpensNoQuestion() {
            store.restore(WEATHER);
            assertThat(store.erase(LAB, seqs(4L))).isEqualTo(new Erasure(1, 0));
            assertThat(store.unsettled()).isEmpty();
            assertThat(texts(store.turns(LAB, new Exchanges(1, 9), 9))).containsExactly("weather?", "", "rain");
        }
    }

    @Nested
    class Pinning {

        @Test
        void whatIsPinnedStaysPinnedUntilThePinIsTakenAway() {
            tenExchanges();
            assertThat(store.pin(LAB, 7, true)).isTrue();
            assertThat(store.pin(LAB, 3, true)).isTrue();
            assertThat(store.pin(LAB, 7, true)).isTrue();
            restart();
            assertThat(store.pinned(LAB)).containsExactly(3L, 7L);
            assertThat(store.pin(LAB, 7, false)).isTrue();
            assertThat(store.pin(LAB, 7, false)).isTrue();
            assertThat(store.pinned(LAB)).containsExactly(3L);
            assertThat(store.epoch(LAB)).isZero();
        }

        @Test
        void onlyWhatIsThereCanBePinned() {
            assertThat(store.pin(LAB, 1, true)).isFalse();
            assertThat(store.pinned(LAB)).isEmpty();
            asked(ADA, "question");
            long answer = bot("answer");
            assertThat(store.pin(LAB, answer, true)).isFalse();
            assertThat(store.pin(LAB, 0, true)).isFalse();
            assertThat(store.pin(LAB, 99, true)).isFalse();
            assertThat(store.pin(LAB, 99, false)).isFalse();
            assertThat(store.pin(KITCHEN, 1, true)).isFalse();
            assertThat(store.pinned(LAB)).isEmpty();
        }

        @Test
        void onlySoManyArePinnedAtATime() {
            fillWithPins();
            assertThat(store.pin(LAB, 51, true)).isFalse();
            assertThat(store.pin(LAB, 51, false)).isTrue();
            assertThat(store.pin(LAB, 50, true)).isTrue();
            assertThat(store.pin(LAB, 20, false)).isTrue();
            assertThat(store.pin(LAB, 51, true)).isTrue();
            assertThat(store.pinned(LAB)).hasSize(ConversationStore.MOST_PINNED).doesNotContain(20L);
        }

        @Test
        void anErasedExchangeIsNotPinnedAndTakesNoPlace() {
            fillWithPins();
            store.erase(LAB, seqs(20L));
            restart();
            assertThat(store.pinned(LAB)).hasSize(49).doesNotContain(20L);
            assertThat(store.pin(LAB, 20, true)).isFalse();
            assertThat(store.pin(LAB, 20, false)).isFalse();
            assertThat(store.pin(LAB, 51, true)).isTrue();
        }

        /** Pins as many messages as can be, exchanges 1 to 50, and leaves exchange 51 without a pin. */
        private void fillWithPins() {
            for (long exchange = 1; exchange <= ConversationStore.MOST_PINNED + 1; exchange++) {
                said(ADA, "said " + exchange);
                assertThat(exchange > ConversationStore.MOST_PINNED || store.pin(LAB, exchange, true))
                        .isTrue();
            }
        }

        @Test
        void thePinGoesWithTheLastTurnOfItsExchange() {
            asked(ADA, "question");
            long answer = bot("answer");
            store.pin(LAB, 1, true);
            store.erase(LAB, seqs(1L));
            assertThat(store.pinned(LAB)).containsExactly(1L);
            long live = asked(BEN, "now");
            assertThat(texts(view(live, Reach.NOTHING.withPinned()).pinned())).containsExactly("answer");
            store.erase(LAB, seqs(answer));
            assertThat(store.pinned(LAB)).isEmpty();
            assertThat(view(live, Reach.NOTHING.withPinned()).pinned()).isEmpty();
        }

        @Test
        void anEditKeepsThePin() {
            said(ADA, "one");
            store.pin(LAB, 1, true);
            store.supersede(edited(LAB, "e1", "m1", "two"));
            restart();
            assertThat(store.pinned(LAB)).containsExactly(1L);
            long live = asked(ADA, "now");
            assertThat(texts(view(live, Reach.NOTHING.withPinned()).pinned())).containsExactly("two");
        }

        @Test
        void eachConversationHasItsOwn() {
            said(ADA, "in the lab");
            store.record(posted(KITCHEN, "k", ADA, "in the kitchen", false));
            store.pin(LAB, 1, true);
            assertThat(store.pinned(KITCHEN)).isEmpty();
            store.erase(KITCHEN, seqs(1L));
            assertThat(store.pinned(LAB)).containsExactly(1L);
        }
    }

    @Nested
    class Setting {

        @Test
        void somethingCanBeSetBeforeAnybodySpoke() {
            assertThat(store.settings(LAB)).isEmpty();
            store.set(LAB, "model", Optional.of("model-x"));
            restart();
            assertThat(store.settings(LAB)).isEqualTo(Map.of("model", "model-x"));
            assertThat(store.settings(KITCHEN)).isEmpty();
            assertThat(store.newestExchange(LAB)).isZero();
            assertThat(store.unsettled()).isEmpty();
            assertThat(store.view(LAB, 1, Reach.EVERYTHING)).isEmpty();
            assertThat(said(ADA, "hi")).isEqualTo(1);
        }

        @Test
        void conversationsAreFoundByTheirSpaceHoweverLittleIsKnownOfThem() {
            said(ADA, "hi");
            store.set(KITCHEN, "model", Optional.of("model-x"));
            restart();
            assertThat(store.within(LAB.platform(), LAB.space())).containsExactlyInAnyOrder(LAB, KITCHEN);
            assertThat(store.within(LAB.platform(), "elsewhere")).isEmpty();
        }

        @Test
        void conversationsAreFoundByWhatIsSetForThem() {
            assertThat(store.having("model")).isEmpty();
            store.set(KITCHEN, "model", Optional.of("model-x"));
            store.set(LAB, "model", Optional.of(""));
            store.set(LAB, "Model", Optional.of("another setting"));
            restart();
            assertThat(store.having("model")).containsExactlyInAnyOrder(LAB, KITCHEN);
            store.set(LAB, "model", Optional.empty());
            assertThat(store.having("model")).containsExactly(KITCHEN);
            assertThat(store.having("Model")).containsExactly(LAB);
        }

        @Test
        void theLastChoiceHoldsUntilItIsTakenBack() {
            store.set(LAB, "model", Optional.of("model-x"));
            store.set(LAB, "Model", Optional.of("another setting"));
            store.set(LAB, "persona", Optional.of("line one\nline 'two' 🙂"));
            store.set(LAB, "model", Optional.of("model-y"));
            assertThat(store.settings(LAB))
                    .isEqualTo(Map.of(
                            "model", "model-y", "Model", "another setting", "persona", "line one\nline 'two' 🙂"));
            store.set(LAB, "model", Optional.empty());
            store.set(LAB, "never set", Optional.empty());
            store.set(KITCHEN, "never set", Optional.empty());
            restart();
            assertThat(store.settings(LAB)).containsOnlyKeys("Model", "persona");
        }

        @Test
        void whatIsTooLongOrHasNoNameIsRefused() {
            String name = "n".repeat(100);
            String value = "語".repeat(2_000);
            store.set(LAB, name, Optional.of(value));
            store.set(LAB, "empty", Optional.of(""));
            for (String wrong : List.of("", " ", name + "n")) {
                assertThatThrownBy(() -> store.set(LAB, wrong, Optional.of("x")))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> store.set(LAB, "long", Optional.of(value + "!")))
                    .isInstanceOf(IllegalArgumentException.class);
            restart();
            assertThat(store.settings(LAB)).isEqualTo(Map.of(name, value, "empty", ""));
        }

        @Test
        void erasingTouchesNone() {
            tenExchanges();
            store.set(LAB, "model", Optional.of("model-x"));
            Forgetting forgetting = new Forgetting(store);
            forgetting.carryOut(forgetting.plan(LAB, new Forgetting.Scope.Here()));
            restart();
            assertThat(store.turns(LAB, new Exchanges(1, 99), 99)).isEmpty();
            assertThat(store.settings(LAB)).isEqualTo(Map.of("model", "model-x"));
        }
    }
}
