package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.KITCHEN;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.digest;
import static loci.memory.StoreFixture.edited;
import static loci.memory.StoreFixture.failure;
import static loci.memory.StoreFixture.notes;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.seqs;
import static loci.memory.StoreFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ConversationStore} must do, sentence by sentence of its Javadoc. {@link ConversationStoreReach} and
 * {@link ConversationStoreKeeping} say the rest.
 */
public abstract class ConversationStoreContract extends StoreConversation {

    @Nested
    class Recording {

        @Test
        void turnsAreNumberedFromOneInTheOrderTheyAreStored() {
            assertThat(said(ADA, "one")).isEqualTo(1);
            assertThat(asked(BEN, "two")).isEqualTo(2);
            assertThat(bot("three")).isEqualTo(3);
            restart();
            assertThat(said(ADA, "four")).isEqualTo(4);
        }

        @Test
        void aTurnKeepsWhoSaidWhatAndWhenAndUnderWhichId() {
            Instant at = Instant.parse("2026-03-01T09:08:07.123456789Z");
            store.record(new MessagePosted(
                    new EventId("e"), LAB, new MessageRef("m"), ADA, "hi \u0000 🙂 'quoted'", at, false));
            restart();
            Turn turn = store.find(LAB, new MessageRef("m")).orElseThrow();
            assertThat(turn)
                    .isEqualTo(new Turn(
                            1,
                            1,
                            Role.PERSON,
                            ADA,
                            new MessageRef("m"),
                            "hi \u0000 🙂 'quoted'",
                            Instant.parse("2026-03-01T09:08:07.123456Z"),
                            List.of(),
                            null));
        }

        @Test
        void anyNameAndAnyTextCanBeKept() {
            Author odd = new Author("u:1|2", "\"; DROP TABLE turn; --\n\u202e\u0007 12:x");
            store.record(posted(LAB, "m", odd, "", true));
            restart();
            Turn turn = store.find(LAB, new MessageRef("m")).orElseThrow();
            assertThat(turn.author()).isEqualTo(odd);
            assertThat(turn.text()).isEmpty();
            assertThat(store.nextQuestion(LAB).orElseThrow().author()).isEqualTo(odd);
        }

        @Test
        void aRepeatedEventChangesNothing() {
            MessagePosted event = posted(LAB, "m", ADA, "hi", true);
            assertThat(store.record(event)).isEqualTo(new Recorded(1, false));
            assertThat(store.record(event)).isEqualTo(new Recorded(1, true));
            restart();
            assertThat(store.record(event)).isEqualTo(new Recorded(1, true));
            assertThat(store.newestExchange(LAB)).isEqualTo(1);
            assertThat(store.turns(LAB, new Exchanges(1, 9), 9)).hasSize(1);
        }

        @Test
        void theSameMessageUnderAnotherEventIsRepeatedToo() {
            store.record(posted(LAB, "m", ADA, "hi", true));
            MessagePosted again =
                    new MessagePosted(new EventId("other"), LAB, new MessageRef("m"), ADA, "hi", NOON, true);
            assertThat(store.record(again)).isEqualTo(new Recorded(1, true));
        }

        @Test
        void theSameEventWithAnotherMessageIsRepeatedToo() {
            store.record(posted(LAB, "m", ADA, "hi", true));
            MessagePosted again =
                    new MessagePosted(new EventId("posted-m"), LAB, new MessageRef("n"), ADA, "other", NOON, true);
            assertThat(store.record(again).repeated()).isTrue();
            assertThat(store.find(LAB, new MessageRef("n"))).isEmpty();
        }

        @Test
        void anErasedMessageDoesNotComeBackWhenItIsDeliveredAgain() {
            MessagePosted event = posted(LAB, "m", ADA, "secret", true);
            store.record(event);
            store.erase(LAB, seqs(1L));
            restart();
            assertThat(store.record(event)).isEqualTo(new Recorded(1, true));
            assertThat(store.find(LAB, new MessageRef("m"))).isEmpty();
            assertThat(store.nextQuestion(LAB)).isEmpty();
        }

        @Test
        void theBotsOwnMessageComingBackIsRepeated() {
            asked(ADA, "hi");
            bot("hello");
            assertThat(store.record(posted(LAB, "b2", BEN, "hello", false))).isEqualTo(new Recorded(2, true));
        }

        @Test
        void idsAreUniqueWithinAConversationOnly() {
            store.record(posted(LAB, "m", ADA, "in the lab", true));
            assertThat(store.record(posted(KITCHEN, "m", ADA, "in the kitchen", true)))
                    .isEqualTo(new Recorded(1, false));
            assertThat(store.find(KITCHEN, new MessageRef("m")).orElseThrow().text())
                    .isEqualTo("in the kitchen");
        }

        @Test
        void aThreadIsAConversationOfItsOwn() {
            ConversationId thread = new ConversationId("console", "home", "lab", "t1");
            store.record(posted(LAB, "m", ADA, "channel", false));
            store.record(posted(thread, "m", ADA, "thread", true));
            restart();
            assertThat(store.find(thread, new MessageRef("m")).orElseThrow().text())
                    .isEqualTo("thread");
            assertThat(store.unsettled()).containsExactly(thread);
        }

        @Test
        void aTextAtTheLimitIsKeptAndALongerOneRefused() {
            String longest = "語".repeat(ConversationStore.MAX_TEXT);
            store.record(posted(LAB, "m", ADA, longest, true));
            assertThat(view(1, 1).live().text()).isEqualTo(longest);
            assertThatThrownBy(() -> store.record(posted(LAB, "n", ADA, longest + "!", true)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.newestExchange(LAB)).isEqualTo(1);
        }

        @Test
        void anUnknownConversationReadsAsAnEmptyOne() {
            assertThat(store.find(LAB, new MessageRef("m"))).isEmpty();
            assertThat(store.nextQuestion(LAB)).isEmpty();
            assertThat(store.view(LAB, 1, Reach.newest(10).afterNote())).isEmpty();
            assertThat(store.finish(LAB, answer(1, "x"), 0)).isFalse();
            assertThat(store.undelivered(LAB)).isEmpty();
            store.settled(LAB, "no-such-key", List.of());
            assertThat(store.unsettled()).isEmpty();
            assertThat(store.turns(LAB, new Exchanges(1, 9), 9)).isEmpty();
            assertThat(store.newestExchange(LAB)).isZero();
            assertThat(store.oldestOpenExchange(LAB)).isEmpty();
            assertThat(store.epoch(LAB)).isZero();
            assertThat(store.note(LAB)).isEmpty();
            assertThat(store.children(LAB, 1)).isEmpty();
            assertThat(commit(0, 1, 1, "x")).isFalse();
            assertThat(store.erase(LAB, seqs(1L))).isEqualTo(Erasure.NOTHING);
            assertThat(store.supersede(edited(LAB, "e", "m", "x"))).isEqualTo(Erasure.NOTHING);
        }
    }

    @Nested
    class Questions {

        @Test
        void onlyAnAddressedMessageOpensOne() {
            said(ADA, "talking to Ben");
            assertThat(store.nextQuestion(LAB)).isEmpty();
            assertThat(store.oldestOpenExchange(LAB)).isEmpty();
            assertThat(store.unsettled()).isEmpty();
            asked(BEN, "bot?");
            OpenQuestion question = store.nextQuestion(LAB).orElseThrow();
            assertThat(question.exchange()).isEqualTo(2);
            assertThat(question.message()).isEqualTo(new MessageRef("m2"));
            assertThat(question.author()).isEqualTo(BEN);
            assertThat(question.key()).matches("[a-z0-9-]{1,25}");
        }

        @Test
        void theyAreAnsweredOldestFirstAndNobodyIsSkipped() {
            asked(ADA, "first");
            asked(BEN, "second");
            assertThat(store.oldestOpenExchange(LAB)).contains(1L);
            bot("to the first");
            assertThat(store.oldestOpenExchange(LAB)).contains(2L);
            assertThat(store.nextQuestion(LAB).orElseThrow().author()).isEqualTo(BEN);
            bot("to the second");
            assertThat(store.nextQuestion(LAB)).isEmpty();
        }

        @Test
        void theKeyIsTheSameUntilTheReplyIsDelivered() {
            asked(ADA, "hi");
            String key = store.nextQuestion(LAB).orElseThrow().key();
            restart();
            assertThat(store.nextQuestion(LAB).orElseThrow().key()).isEqualTo(key);
            store.finish(LAB, answer(1, "hello"), 0);
            restart();
            assertThat(store.undelivered(LAB).getFirst().key()).isEqualTo(key);
        }

        @Test
        void noTwoQuestionsShareAKey() {
            asked(ADA, "a");
            String first = store.nextQuestion(LAB).orElseThrow().key();
            bot("b");
            asked(ADA, "c");
            store.record(posted(KITCHEN, "m", ADA, "d", true));
            assertThat(List.of(
                            first,
                            store.nextQuestion(LAB).orElseThrow().key(),
                            store.nextQuestion(KITCHEN).orElseThrow().key()))
                    .doesNotHaveDuplicates();
        }
    }

    @Nested
    class Finishing {

        @Test
        void anAnswerBecomesATurnOfItsExchangeAndIsDeliverable() {
            asked(ADA, "hi");
            asked(BEN, "and me?");
            assertThat(store.finish(LAB, answer(1, "hello Ada"), 0)).isTrue();
            restart();
            Turn turn = store.turns(LAB, new Exchanges(1, 1), 9).getLast();
            assertThat(turn.seq()).isEqualTo(3);
            assertThat(turn.exchange()).isEqualTo(1);
            assertThat(turn.role()).isEqualTo(Role.BOT);
            assertThat(turn.author()).isEqualTo(Author.LOCI);
            assertThat(turn.message()).isNull();
            assertThat(store.undelivered(LAB))
                    .containsExactly(new Reply(
                            store.undelivered(LAB).getFirst().key(),
                            LAB,
                            new MessageRef("m1"),
                            ADA,
                            "hello Ada",
                            Reply.Kind.ANSWER));
            assertThat(store.oldestOpenExchange(LAB)).contains(2L);
        }

        @Test
        void aFailureIsDeliverableButNoTurn() {
            asked(ADA, "hi");
            assertThat(store.finish(LAB, failure(1, "The model did not answer."), 0))
                    .isTrue();
            restart();
            Reply reply = store.undelivered(LAB).getFirst();
            assertThat(reply.text()).isEqualTo("The model did not answer.");
            assertThat(reply.kind()).isEqualTo(Reply.Kind.FAILURE);
            assertThat(reply.question()).isEqualTo(new MessageRef("m1"));
            assertThat(store.turns(LAB, new Exchanges(1, 1), 9)).hasSize(1);
            assertThat(store.nextQuestion(LAB)).isEmpty();
        }

        @Test
        void whatStandsBelowAReplyIsDeliveredAndNotRemembered() {
            asked(ADA, "hi");
            asked(BEN, "ho");
            store.finish(LAB, answer(1, "hello").with("The budget ends."), 0);
            store.finish(LAB, failure(2, "No answer.").with("The budget ends."), 0);
            restart();
            assertThat(store.undelivered(LAB))
                    .extracting(Reply::text)
                    .containsExactly("hello\n\nThe budget ends.", "No answer.\n\nThe budget ends.");
            assertThat(texts(store.turns(LAB, new Exchanges(1, 1), 9))).containsExactly("hi", "hello");
        }

        @Test
        void aQuestionEndsOnce() {
            asked(ADA, "hi");
            assertThat(store.finish(LAB, answer(1, "hello"), 0)).isTrue();
            assertThat(store.finish(LAB, answer(1, "hello again"), 0)).isFalse();
            assertThat(store.finish(LAB, failure(1, "late failure"), 0)).isFalse();
            assertThat(texts(store.turns(LAB, new Exchanges(1, 1), 9))).containsExactly("hi", "hello");
        }

        @Test
        void whatNobodyAskedCannotBeAnswered() {
            said(ADA, "hi");
            assertThat(store.finish(LAB, answer(1, "hello"), 0)).isFalse();
            assertThat(store.finish(LAB, answer(7, "hello"), 0)).isFalse();
        }

        @Test
        void anAnswerMadeBeforeAnErasureIsRefusedAndTheQuestionStaysOpen() {
            said(ADA, "the code is 1234");
            asked(BEN, "what is the code?");
            long epoch = view(2, 10).epoch();
            store.erase(LAB, seqs(1L));
            assertThat(store.finish(LAB, answer(2, "1234"), epoch)).isFalse();
            assertThat(store.nextQuestion(LAB)).isPresent();
            assertThat(store.finish(LAB, answer(2, "I do not know"), store.epoch(LAB)))
                    .isTrue();
        }

        @Test
        void repliesAreDeliveredOldestFirstUntilTheyAreSettled() {
            asked(ADA, "one");
            asked(ADA, "two");
            store.finish(LAB, answer(1, "first"), 0);
            store.finish(LAB, failure(2, "second"), 0);
            assertThat(store.undelivered(LAB)).extracting(Reply::text).containsExactly("first", "second");
            assertThat(store.unsettled()).containsExactly(LAB);
            store.settled(LAB, store.undelivered(LAB).getFirst().key(), List.of(new MessageRef("b1")));
            restart();
            assertThat(store.undelivered(LAB)).extracting(Reply::text).containsExactly("second");
            store.settled(LAB, store.undelivered(LAB).getFirst().key(), List.of());
            assertThat(store.undelivered(LAB)).isEmpty();
            assertThat(store.unsettled()).isEmpty();
        }

        @Test
        void aDeliveredAnswerIsFoundByEveryMessageItBecame() {
            asked(ADA, "tell me a long story");
            store.finish(LAB, answer(1, "a long story"), 0);
            store.settled(
                    LAB,
                    store.undelivered(LAB).getFirst().key(),
                    List.of(new MessageRef("part-1"), new MessageRef("part-2")));
            restart();
            Turn turn = store.find(LAB, new MessageRef("part-1")).orElseThrow();
            assertThat(turn.text()).isEqualTo("a long story");
            assertThat(turn.message()).isEqualTo(new MessageRef("part-1"));
            assertThat(store.find(LAB, new MessageRef("part-2"))).contains(turn);
            assertThat(store.find(LAB, new MessageRef("part-3"))).isEmpty();
        }

        @Test
        void settlingTwiceOrUnderAnUnknownKeyChangesNothing() {
            asked(ADA, "hi");
            asked(BEN, "hi");
            String open = store.nextQuestion(LAB).orElseThrow().key();
            store.settled(LAB, open, List.of(new MessageRef("too-early")));
            store.settled(LAB, "no-such-key", List.of(new MessageRef("x")));
            assertThat(store.nextQuestion(LAB).orElseThrow().key()).isEqualTo(open);
            store.finish(LAB, answer(1, "hello"), 0);
            store.settled(LAB, open, List.of(new MessageRef("b1")));
            store.settled(LAB, open, List.of(new MessageRef("b2")));
            assertThat(store.find(LAB, new MessageRef("b1"))).isPresent();
            assertThat(store.find(LAB, new MessageRef("b2"))).isEmpty();
        }

        @Test
        void atTheStartOfTheProgramEveryConversationThatIsOwedSomethingIsNamedOnce() {
            asked(ADA, "open");
            asked(ADA, "open too");
            store.record(posted(KITCHEN, "k", BEN, "finished", true));
            store.finish(KITCHEN, answer(1, "not delivered"), 0);
            ConversationId garden = ConversationId.ofChannel("console", "home", "garden");
            store.record(posted(garden, "g", BEN, "nothing asked", false));
            restart();
            assertThat(store.unsettled()).containsExactlyInAnyOrder(LAB, KITCHEN);
        }
    }

    @Nested
    class Viewing {

        @Test
        void aQuestionSeesTheTurnsBeforeItAndItself() {
            said(ADA, "my name is Ada");
            said(BEN, "hello Ada");
            long question = asked(ADA, "what is my name?");
            MemoryView view = view(question, 24);
            assertThat(texts(view.window())).containsExactly("my name is Ada", "hello Ada");
            assertThat(view.live().text()).isEqualTo("what is my name?");
            assertThat(view.conversation()).isEqualTo(LAB);
            assertThat(view.note()).isEmpty();
            assertThat(view.waiting()).isZero();
            assertThat(view.epoch()).isZero();
            assertThat(view.mark()).isNotBlank();
        }

        @Test
        void laterExchangesAreLeftOut() {
            long first = asked(ADA, "first");
            said(BEN, "meanwhile");
            long second = asked(BEN, "second");
            assertThat(view(first, 24).window()).isEmpty();
            bot("to the first");
            assertThat(texts(view(second, 24).window())).containsExactly("first", "to the first", "meanwhile");
        }

        @Test
        void theWindowKeepsTheNewestWholeExchanges() {
            tenExchanges();
            long live = asked(ADA, "now");
            MemoryView view = view(live, 5);
            assertThat(texts(view.window())).containsExactly("question 9", "answer 9", "question 10", "answer 10");
            assertThat(view.waiting()).isEqualTo(16);
        }

        @Test
        void withoutALimitEverythingIsRead() {
            tenExchanges();
            long live = asked(ADA, "live");
            assertThat(view(live, Integer.MAX_VALUE).window()).hasSize(20);
            assertThat(store.turns(LAB, new Exchanges(1, live), Integer.MAX_VALUE))
                    .hasSize(21);
        }

        @Test
        void anExchangeThatDoesNotFitIsLeftOutEvenIfNothingIsLeft() {
            asked(ADA, "question");
            bot("answer");
            long live = asked(ADA, "now");
            assertThat(view(live, 1).window()).isEmpty();
            assertThat(view(live, 1).waiting()).isEqualTo(2);
            assertThat(view(live, 0).window()).isEmpty();
            assertThat(view(live, 2).window()).hasSize(2);
        }

        @Test
        void theWindowBeginsWhereTheNoteEnds() {
            tenExchanges();
            assertThat(commit(0, 1, 9, "exchanges one to five")).isTrue();
            long live = asked(ADA, "now");
            MemoryView view = view(live, 24);
            assertThat(notes(view.note())).containsExactly("exchanges one to five");
            assertThat(view.window()).hasSize(10);
            assertThat(view.window().getFirst().text()).isEqualTo("question 6");
            assertThat(view.waiting()).isZero();
        }

        @Test
        void whatIsNeitherInNoteNorWindowIsCountedAsWaiting() {
            tenExchanges();
            commit(0, 1, 3, "one and two");
            long live = asked(ADA, "now");
            said(BEN, "after it");
            MemoryView view = view(live, 4);
            assertThat(view.window()).hasSize(4);
            assertThat(view.waiting()).isEqualTo(12);
        }

        @Test
        void turnsInAGapOfTheNoteWaitAndAreNotInTheWindow() {
            tenExchanges();
            commit(0, 1, 3, "one and two");
            commit(0, 5, 7, "three and four");
            commit(0, 9, 11, "five and six");
            store.erase(LAB, seqs(5L));
            long live = asked(ADA, "now");
            MemoryView view = view(live, 24);
            assertThat(notes(view.note())).containsExactly("one and two", "five and six");
            assertThat(view.window()).hasSize(8);
            assertThat(view.waiting()).isEqualTo(3);
        }

        @Test
        void aDigestThatReachesPastTheQuestionIsNoPartOfItsNote() {
            tenExchanges();
            commit(0, 1, 9, "one to five");
            MemoryView view = view(5, 24);
            assertThat(view.note()).isEmpty();
            assertThat(view.window()).hasSize(4);
            assertThat(view.waiting()).isZero();
        }

        @Test
        void withoutTheNoteTheWindowTakesTheNewestTurnsCoveredOrNot() {
            tenExchanges();
            commit(0, 1, 19, "everything");
            long live = asked(ADA, "now");
            MemoryView view = store.view(LAB, live, Reach.newest(5)).orElseThrow();
            assertThat(view.note()).isEmpty();
            assertThat(texts(view.window())).containsExactly("question 9", "answer 9", "question 10", "answer 10");
            assertThat(view.waiting()).isZero();
            assertThat(view(live, 5).window()).isEmpty();
        }

        @Test
        void anErasedOrUnknownQuestionHasNoView() {
            asked(ADA, "hi");
            store.erase(LAB, seqs(1L));
            assertThat(store.view(LAB, 1, Reach.newest(24))).isEmpty();
            assertThat(store.view(LAB, 2, Reach.newest(24))).isEmpty();
        }

        @Test
        void erasedTurnsDoNotCountAgainstTheWindow() {
            tenExchanges();
            store.erase(LAB, new TreeSet<>(LongStream.rangeClosed(5, 20).boxed().toList()));
            long live = asked(ADA, "now");
            assertThat(texts(view(live, 4).window()))
                    .containsExactly("question 1", "answer 1", "question 2", "answer 2");
            assertThat(view(live, 2).waiting()).isEqualTo(2);
        }
    }

    @Nested
    class Reading {

        @Test
        void turnsAreReadOldestFirstInWholeExchanges() {
            tenExchanges();
            assertThat(texts(store.turns(LAB, new Exchanges(3, 7), 99)))
                    .containsExactly("question 2", "answer 2", "question 3", "answer 3", "question 4", "answer 4");
            assertThat(texts(store.turns(LAB, new Exchanges(1, 19), 3))).containsExactly("question 1", "answer 1");
            assertThat(texts(store.turns(LAB, new Exchanges(1, 19), 4))).hasSize(4);
        }

        @Test
        void atLeastOneWholeExchangeIsRead() {
            tenExchanges();
            assertThat(texts(store.turns(LAB, new Exchanges(3, 19), 1))).containsExactly("question 2", "answer 2");
        }

        @Test
        void anAnswerIsReadBesideItsQuestionWhateverWasSaidBetween() {
            asked(ADA, "question");
            said(BEN, "meanwhile");
            bot("answer");
            assertThat(texts(store.turns(LAB, new Exchanges(1, 9), 9)))
                    .containsExactly("question", "answer", "meanwhile");
        }

        @Test
        void erasedTurnsAreNotRead() {
            tenExchanges();
            store.erase(LAB, seqs(1L, 4L));
            restart();
            assertThat(texts(store.turns(LAB, new Exchanges(1, 5), 9)))
                    .containsExactly("answer 1", "question 2", "question 3", "answer 3");
        }

        @Test
        void theNewestExchangeIsKnownEvenWhenItIsErased() {
            asked(ADA, "one");
            bot("answer");
            said(ADA, "two");
            assertThat(store.newestExchange(LAB)).isEqualTo(3);
            store.erase(LAB, seqs(3L));
            assertThat(store.newestExchange(LAB)).isEqualTo(3);
        }
    }

    @Nested
    class Superseding {

        @Test
        void aNewVersionTakesTheOldOnesPlaceAndTheOldOneIsGone() {
            asked(ADA, "the code is 1234");
            bot("noted");
            assertThat(store.supersede(edited(LAB, "e1", "m1", "the code is secret")))
                    .isEqualTo(new Erasure(1, 0));
            restart();
            assertThat(texts(store.turns(LAB, new Exchanges(1, 9), 9))).containsExactly("the code is secret", "noted");
            Turn turn = store.find(LAB, new MessageRef("m1")).orElseThrow();
            assertThat(turn.seq()).isEqualTo(3);
            assertThat(turn.exchange()).isEqualTo(1);
            assertThat(turn.author()).isEqualTo(ADA);
            assertThat(store.epoch(LAB)).isEqualTo(1);
            assertThat(store.newestExchange(LAB)).isEqualTo(1);
        }

        @Test
        void anOpenQuestionStaysOpenAndIsAnsweredInItsNewForm() {
            asked(ADA, "hwo are you");
            String key = store.nextQuestion(LAB).orElseThrow().key();
            store.supersede(edited(LAB, "e1", "m1", "how are you"));
            assertThat(store.nextQuestion(LAB))
                    .contains(new OpenQuestion(1, key, new MessageRef("m1"), ADA, List.of()));
            assertThat(view(1, 9).live().text()).isEqualTo("how are you");
            assertThat(store.finish(LAB, answer(1, "to the old form"), 0)).isFalse();
            assertThat(store.finish(LAB, answer(1, "to the new form"), 1)).isTrue();
        }

        @Test
        void anAnswerOnItsWayIsStillDelivered() {
            asked(ADA, "hi");
            store.finish(LAB, answer(1, "hello"), 0);
            store.supersede(edited(LAB, "e1", "m1", "hi there"));
            assertThat(store.undelivered(LAB)).extracting(Reply::text).containsExactly("hello");
        }

        @Test
        void digestsOfTheOldVersionGo() {
            tenExchanges();
            commit(0, 1, 3, "one and two");
            assertThat(store.supersede(edited(LAB, "e1", "m1", "changed"))).isEqualTo(new Erasure(1, 1));
            assertThat(store.note(LAB)).isEmpty();
        }

        @Test
        void theSameTextChangesNothing() {
            asked(ADA, "hi");
            assertThat(store.supersede(edited(LAB, "e1", "m1", "hi"))).isEqualTo(Erasure.NOTHING);
            assertThat(store.epoch(LAB)).isZero();
            assertThat(store.find(LAB, new MessageRef("m1")).orElseThrow().seq())
                    .isEqualTo(1);
        }

        @Test
        void anUnknownOrErasedMessageStaysSo() {
            asked(ADA, "hi");
            assertThat(store.supersede(edited(LAB, "e1", "never-seen", "x"))).isEqualTo(Erasure.NOTHING);
            store.erase(LAB, seqs(1L));
            assertThat(store.supersede(edited(LAB, "e2", "m1", "back again"))).isEqualTo(Erasure.NOTHING);
            assertThat(store.find(LAB, new MessageRef("m1"))).isEmpty();
            assertThat(store.epoch(LAB)).isEqualTo(1);
        }

        @Test
        void theBotsMessagesAreNotSuperseded() {
            asked(ADA, "hi");
            bot("hello");
            assertThat(store.supersede(edited(LAB, "e1", "b2", "I said something else")))
                    .isEqualTo(Erasure.NOTHING);
        }

        @Test
        void anEditDeliveredAgainDoesNotUndoALaterOne() {
            asked(ADA, "one");
            store.supersede(edited(LAB, "e1", "m1", "two"));
            store.supersede(edited(LAB, "e2", "m1", "three"));
            assertThat(store.supersede(edited(LAB, "e1", "m1", "two"))).isEqualTo(Erasure.NOTHING);
            assertThat(store.find(LAB, new MessageRef("m1")).orElseThrow().text())
                    .isEqualTo("three");
        }

        @Test
        void theOpeningMessageIsReadFirstInItsNewestVersion() {
            asked(ADA, "one");
            bot("answer");
            said(BEN, "meanwhile");
            store.supersede(edited(LAB, "e1", "m1", "two"));
            long live = asked(ADA, "now");
            assertThat(texts(view(live, 9).window())).containsExactly("two", "answer", "meanwhile");
            assertThat(texts(view(live, 1).window())).containsExactly("meanwhile");
            assertThat(texts(view(live, 2).window())).containsExactly("meanwhile");
        }
    }

    @Nested
    class Digests {

        @Test
        void aDigestKeepsWhatItWasMadeFrom() {
            tenExchanges();
            Digest made = new Digest(
                    0,
                    0,
                    new Exchanges(1, 3),
                    4,
                    "cd".repeat(32),
                    "Ada asked twice ✓",
                    Instant.parse("2026-03-01T09:08:07.123456789Z"));
            assertThat(store.commit(LAB, made, 0)).isTrue();
            restart();
            assertThat(store.note(LAB))
                    .containsExactly(new Digest(
                            1,
                            0,
                            new Exchanges(1, 3),
                            4,
                            "cd".repeat(32),
                            "Ada asked twice ✓",
                            Instant.parse("2026-03-01T09:08:07.123456Z")));
            assertThat(store.children(LAB, 1)).isEmpty();
        }

        @Test
        void theNoteIsTheFrontierOldestFirst() {
            tenExchanges();
            commit(0, 9, 11, "c");
            commit(0, 1, 3, "a");
            commit(0, 5, 7, "b");
            assertThat(notes(store.note(LAB))).containsExactly("a", "b", "c");
            assertThat(commit(1, 1, 7, "a+b")).isTrue();
            restart();
            assertThat(notes(store.note(LAB))).containsExactly("a+b", "c");
            assertThat(notes(store.children(LAB, 4))).containsExactly("a", "b");
            assertThat(store.children(LAB, 1)).isEmpty();
        }

        @Test
        void aParentMayCoverAGapToo() {
            tenExchanges();
            commit(0, 1, 3, "a");
            commit(0, 9, 11, "c");
            assertThat(commit(1, 1, 11, "all")).isTrue();
            assertThat(notes(store.children(LAB, 3))).containsExactly("a", "c");
            long live = asked(ADA, "now");
            assertThat(view(live, 99).window()).hasSize(8);
            assertThat(view(live, 99).waiting()).isZero();
        }

        @Test
        void committingChangesTheMarkAndNotTheEpoch() {
            tenExchanges();
            long live = asked(ADA, "now");
            MemoryView before = view(live, 1);
            commit(0, 1, 3, "a");
            MemoryView after = view(live, 1);
            assertThat(after.mark()).isNotEqualTo(before.mark());
            assertThat(after.epoch()).isEqualTo(before.epoch());
        }

        @Test
        void aDigestOfAnOlderEpochIsRefused() {
            tenExchanges();
            long epoch = store.epoch(LAB);
            store.erase(LAB, seqs(20L));
            assertThat(store.commit(LAB, digest(0, 1, 3, "made from what is erased"), epoch))
                    .isFalse();
            assertThat(store.note(LAB)).isEmpty();
        }

        @Test
        void aRangeThatCutsADigestIsRefused() {
            tenExchanges();
            commit(0, 5, 9, "a");
            assertThat(commit(1, 1, 7, "overlaps its beginning")).isFalse();
            assertThat(commit(1, 7, 11, "overlaps its end")).isFalse();
            assertThat(commit(1, 6, 8, "lies within")).isFalse();
            assertThat(notes(store.note(LAB))).containsExactly("a");
        }

        @Test
        void theSameDigestMadeTwiceIsStoredOnce() {
            tenExchanges();
            assertThat(commit(0, 1, 3, "a")).isTrue();
            assertThat(commit(0, 1, 3, "a again")).isFalse();
            assertThat(commit(0, 1, 5, "more turns of the same level")).isFalse();
            assertThat(notes(store.note(LAB))).containsExactly("a");
        }

        @Test
        void whatCanStillGrowIsNotCondensed() {
            asked(ADA, "answered");
            bot("answer");
            asked(ADA, "open");
            assertThat(commit(0, 1, 3, "with an open question")).isFalse();
            assertThat(commit(0, 1, 4, "past the newest exchange")).isFalse();
            assertThat(commit(0, 1, 1, "answered")).isTrue();
            bot("closed");
            assertThat(commit(0, 3, 4, "past the newest exchange")).isFalse();
            assertThat(commit(0, 3, 3, "closed")).isTrue();
        }

        @Test
        void numbersAreNotReused() {
            tenExchanges();
            commit(0, 1, 3, "a");
            store.erase(LAB, seqs(1L));
            commit(0, 1, 3, "b");
            restart();
            assertThat(store.note(LAB)).extracting(Digest::number).containsExactly(2L);
        }
    }

    @Nested
    class Erasing {

        @Test
        void emptiesTurnsRaisesTheEpochAndChangesTheMark() {
            said(ADA, "my secret");
            said(BEN, "hello");
            long live = asked(ADA, "now");
            String mark = view(live, 9).mark();
            assertThat(store.erase(LAB, seqs(1L))).isEqualTo(new Erasure(1, 0));
            restart();
            MemoryView view = view(live, 9);
            assertThat(texts(view.window())).containsExactly("hello");
            assertThat(view.epoch()).isEqualTo(1);
            assertThat(view.mark()).isNotEqualTo(mark);
            assertThat(view.waiting()).isZero();
        }

        @Test
        void unknownAndErasedTurnsArePassedOver() {
            said(ADA, "one");
            said(ADA, "two");
            assertThat(store.erase(LAB, seqs(1L, 99L))).isEqualTo(new Erasure(1, 0));
            assertThat(store.erase(LAB, seqs(1L, 99L))).isEqualTo(Erasure.NOTHING);
            assertThat(store.erase(LAB, seqs())).isEqualTo(Erasure.NOTHING);
            assertThat(store.epoch(LAB)).isEqualTo(1);
            assertThat(store.erase(LAB, seqs(1L, 2L))).isEqualTo(new Erasure(1, 0));
            assertThat(store.epoch(LAB)).isEqualTo(2);
        }

        @Test
        void aNumberThatWasPassedOverCanStillBeUsed() {
            said(ADA, "one");
            store.erase(LAB, seqs(1L, 2L, 3L));
            assertThat(said(ADA, "two")).isEqualTo(2);
            assertThat(store.find(LAB, new MessageRef("m2")).orElseThrow().text())
                    .isEqualTo("two");
        }

        @Test
        void everyDigestMadeFromThemGoesAndItsSoundChildrenSpeakAgain() {
            tenExchanges();
            commit(0, 1, 3, "a");
            commit(0, 5, 7, "b");
            commit(0, 9, 11, "c");
            commit(0, 13, 15, "d");
            commit(1, 1, 7, "a+b");
            commit(1, 9, 15, "c+d");
            commit(2, 1, 15, "everything");
            assertThat(store.erase(LAB, seqs(6L))).isEqualTo(new Erasure(1, 3));
            restart();
            assertThat(notes(store.note(LAB))).containsExactly("a", "c+d");
            assertThat(notes(store.children(LAB, 6))).containsExactly("c", "d");
            long live = asked(ADA, "now");
            assertThat(view(live, 99).waiting()).isEqualTo(3);
            assertThat(commit(0, 5, 7, "b again")).isTrue();
            assertThat(view(live, 99).waiting()).isZero();
            assertThat(commit(1, 1, 7, "a+b again")).isTrue();
            assertThat(notes(store.note(LAB))).containsExactly("a+b again", "c+d");
        }

        @Test
        void aDigestGoesWithAnyTurnOfAnExchangeItCovers() {
            asked(ADA, "question");
            said(BEN, "meanwhile");
            bot("the answer comes later");
            commit(0, 1, 1, "the first exchange");
            commit(0, 2, 2, "the second");
            assertThat(store.erase(LAB, seqs(3L))).isEqualTo(new Erasure(1, 1));
            assertThat(notes(store.note(LAB))).containsExactly("the second");
        }

        @Test
        void anOpenQuestionIsWithdrawn() {
            asked(ADA, "please forget this");
            asked(BEN, "and this stays");
            store.erase(LAB, seqs(1L));
            restart();
            assertThat(store.nextQuestion(LAB).orElseThrow().exchange()).isEqualTo(2);
            assertThat(store.oldestOpenExchange(LAB)).contains(2L);
            assertThat(store.finish(LAB, answer(1, "x"), store.epoch(LAB))).isFalse();
            store.erase(LAB, seqs(2L));
            assertThat(store.unsettled()).isEmpty();
        }

        @Test
        void aQuestionIsOpenAgainWhenItsReplyIsErasedBeforeItWasDelivered() {
            asked(ADA, "hi");
            String key = store.nextQuestion(LAB).orElseThrow().key();
            store.finish(LAB, answer(1, "hello"), 0);
            store.erase(LAB, seqs(2L));
            restart();
            assertThat(store.undelivered(LAB)).isEmpty();
            assertThat(store.unsettled()).containsExactly(LAB);
            assertThat(store.nextQuestion(LAB).orElseThrow().key()).isEqualTo(key);
            assertThat(bot("hello again")).isEqualTo(3);
            assertThat(store.unsettled()).isEmpty();
        }

        @Test
        void aReplyIsWithdrawnWhenItsQuestionIsErasedBeforeItWasDelivered() {
            asked(ADA, "hi");
            asked(BEN, "hi");
            store.finish(LAB, answer(1, "hello"), 0);
            store.finish(LAB, failure(2, "no"), 0);
            store.erase(LAB, seqs(1L, 2L));
            assertThat(store.undelivered(LAB)).isEmpty();
            assertThat(store.unsettled()).isEmpty();
        }

        @Test
        void aDeliveredAnswerCanBeErasedAlone() {
            asked(ADA, "hi");
            long answer = bot("hello");
            store.erase(LAB, seqs(answer));
            assertThat(store.find(LAB, new MessageRef("b2"))).isEmpty();
            assertThat(texts(store.turns(LAB, new Exchanges(1, 1), 9))).containsExactly("hi");
        }

        @Test
        void oneConversationOnlyIsErased() {
            said(ADA, "in the lab");
            store.record(posted(KITCHEN, "k", ADA, "in the kitchen", false));
            store.erase(LAB, seqs(1L));
            assertThat(store.find(KITCHEN, new MessageRef("k"))).isPresent();
            assertThat(store.epoch(KITCHEN)).isZero();
        }

        @Test
        void aWholeConversationCanBeErasedAndGoOn() {
            tenExchanges();
            commit(0, 1, 9, "old");
            store.erase(LAB, new TreeSet<>(LongStream.rangeClosed(1, 20).boxed().toList()));
            assertThat(store.turns(LAB, new Exchanges(1, 99), 99)).isEmpty();
            assertThat(store.note(LAB)).isEmpty();
            long live = asked(ADA, "fresh start");
            assertThat(live).isEqualTo(21);
            assertThat(view(live, 9).window()).isEmpty();
            assertThat(view(live, 9).waiting()).isZero();
            bot("hello again");
            assertThat(commit(0, 1, 21, "new")).isTrue();
        }
    }
}
