package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.edited;
import static loci.memory.StoreFixture.failure;
import static loci.memory.StoreFixture.seqs;
import static loci.memory.StoreFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.Quoted;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationStore} must do where a reply is replaced by another one, and where a message quotes an older one. */
public abstract class ConversationStoreReplacing extends StoreConversation {

    private long asksAbout(String message, String quoted) {
        return store.record(new MessagePosted(
                        new EventId("e-" + message),
                        LAB,
                        new MessageRef(message),
                        ADA,
                        "what of it?",
                        NOON,
                        true,
                        new Quoted(new MessageRef(quoted), Optional.empty(), "", NOON)))
                .seq();
    }

    @Nested
    class Again {

        @Test
        void theQuestionIsOpenUnderTheSameKeyAndKnowsWhatWasPosted() {
            asked(ADA, "a joke?");
            OpenQuestion first = store.nextQuestion(LAB).orElseThrow();
            bot("a bad joke");
            assertThat(store.again(LAB, new MessageRef("m1"))).isTrue();
            restart();
            OpenQuestion again = store.nextQuestion(LAB).orElseThrow();
            assertThat(again.key()).isEqualTo(first.key());
            assertThat(again.posted()).containsExactly(new MessageRef("b2"));
            assertThat(store.unsettled()).containsExactly(LAB);
            assertThat(texts(store.turns(LAB, new Exchanges(1, 9), 9))).containsExactly("a joke?");
        }

        @Test
        void aNewerQuestionStaysOpenBesideIt() {
            asked(ADA, "a joke?");
            bot("a bad joke");
            long newer = asked(BEN, "the time?");
            store.again(LAB, new MessageRef("m1"));
            assertThat(store.isOpen(LAB, 1)).isTrue();
            assertThat(store.isOpen(LAB, newer)).isTrue();
            assertThat(store.nextQuestion(LAB).orElseThrow().exchange()).isEqualTo(1);
            store.erase(LAB, seqs(newer));
            assertThat(store.isOpen(LAB, newer)).isFalse();
            assertThat(store.isOpen(LAB, 99)).isFalse();
        }

        @Test
        void theOtherReplyTakesThePlaceOfTheFirst() {
            asked(ADA, "a joke?");
            bot("a bad joke");
            store.again(LAB, new MessageRef("m1"));
            assertThat(store.finish(LAB, answer(1, "a good joke"), store.epoch(LAB)))
                    .isTrue();
            Reply reply = store.undelivered(LAB).getFirst();
            assertThat(reply.posted()).containsExactly(new MessageRef("b2"));
            store.settled(LAB, reply.key(), List.of(new MessageRef("b2"), new MessageRef("b3")));
            restart();
            assertThat(store.find(LAB, new MessageRef("b3")).orElseThrow().text())
                    .isEqualTo("a good joke");
            assertThat(texts(store.turns(LAB, new Exchanges(1, 9), 9))).containsExactly("a joke?", "a good joke");
            assertThat(store.again(LAB, new MessageRef("m1"))).isTrue();
            assertThat(store.nextQuestion(LAB).orElseThrow().posted())
                    .containsExactly(new MessageRef("b2"), new MessageRef("b3"));
        }

        @Test
        void whatWasMadeFromTheOldAnswerIsStaleAndWorkUnderWayIsRefused() {
            tenExchanges();
            assertThat(commit(0, 1, 5, "note of five")).isTrue();
            long epoch = store.epoch(LAB);
            assertThat(store.again(LAB, new MessageRef("m5"))).isTrue();
            assertThat(store.note(LAB)).isEmpty();
            assertThat(store.epoch(LAB)).isGreaterThan(epoch);
            assertThat(commit(0, 1, 5, "note of what can grow")).isFalse();
        }

        @Test
        void aFailureIsTriedAgainToo() {
            asked(ADA, "anybody there?");
            store.finish(LAB, failure(1, "The model cannot be reached."), 0);
            Reply failed = store.undelivered(LAB).getFirst();
            store.settled(LAB, failed.key(), List.of(new MessageRef("b1")));
            assertThat(store.again(LAB, new MessageRef("m1"))).isTrue();
            assertThat(store.finish(LAB, failure(1, "Still not."), store.epoch(LAB)))
                    .isTrue();
            restart();
            assertThat(store.undelivered(LAB).getFirst().text()).isEqualTo("Still not.");
        }

        @Test
        void theFailureOfAnotherQuestionStaysAsItIs() {
            asked(ADA, "anybody there?");
            store.finish(LAB, failure(1, "The model cannot be reached."), 0);
            store.settled(LAB, store.undelivered(LAB).getFirst().key(), List.of(new MessageRef("b1")));
            long other = asked(BEN, "and now?");
            store.finish(LAB, failure(other, "Still not."), store.epoch(LAB));
            assertThat(store.again(LAB, new MessageRef("m1"))).isTrue();
            assertThat(store.isOpen(LAB, other)).isFalse();
            assertThat(store.undelivered(LAB)).extracting(Reply::text).containsExactly("Still not.");
        }

        @Test
        void whatCannotBeDeliveredLeavesWhatWasPosted() {
            asked(ADA, "a joke?");
            bot("a bad joke");
            store.again(LAB, new MessageRef("m1"));
            store.finish(LAB, answer(1, "another"), store.epoch(LAB));
            store.settled(LAB, store.undelivered(LAB).getFirst().key(), List.of());
            assertThat(store.find(LAB, new MessageRef("b2")).orElseThrow().text())
                    .isEqualTo("another");
        }

        @Test
        void onlyASettledReplyIsReplaced() {
            said(BEN, "overheard");
            asked(ADA, "open");
            assertThat(store.again(LAB, new MessageRef("m1"))).isFalse();
            assertThat(store.again(LAB, new MessageRef("m2"))).isFalse();
            assertThat(store.again(LAB, new MessageRef("unknown"))).isFalse();
            bot("answered");
            assertThat(store.again(LAB, new MessageRef("b3"))).isFalse();
            store.erase(LAB, seqs(2L));
            assertThat(store.again(LAB, new MessageRef("m2"))).isFalse();
            assertThat(store.nextQuestion(LAB)).isEmpty();
        }

        @Test
        void aQuestionThatIsErasedWhileItIsOpenAgainIsWithdrawn() {
            asked(ADA, "a joke?");
            bot("a bad joke");
            store.again(LAB, new MessageRef("m1"));
            store.erase(LAB, seqs(1L));
            assertThat(store.nextQuestion(LAB)).isEmpty();
            assertThat(store.unsettled()).isEmpty();
        }
    }

    @Nested
    class Quoting {

        @Test
        void theQuotedMessageIsSeenHoweverOldItIs() {
            tenExchanges();
            long question = asksAbout("q", "m3");
            restart();
            assertThat(view(question, Reach.newest(2)).quoted().orElseThrow().text())
                    .isEqualTo("question 2");
        }

        @Test
        void anAnswerIsQuotedByAnyMessageItBecame() {
            asked(ADA, "a long story?");
            store.finish(LAB, answer(1, "once upon a time"), 0);
            Reply story = store.undelivered(LAB).getFirst();
            store.settled(LAB, story.key(), List.of(new MessageRef("b1"), new MessageRef("b2")));
            long question = asksAbout("q", "b2");
            assertThat(view(question, Reach.newest(1)).quoted().orElseThrow().text())
                    .isEqualTo("once upon a time");
        }

        @Test
        void itIsSeenAsItReadsNowAndNotOnceItIsErased() {
            said(BEN, "the party is on Fryday");
            long question = asksAbout("q", "m1");
            store.supersede(edited(LAB, "e1", "m1", "the party is on Friday"));
            assertThat(view(question, 9).quoted().orElseThrow().text()).isEqualTo("the party is on Friday");
            store.erase(LAB, seqs(3L));
            assertThat(view(question, 9).quoted()).isEmpty();
        }

        @Test
        void theQuestionInANewVersionStillQuotesIt() {
            said(BEN, "the party is on Friday");
            long question = asksAbout("q", "m1");
            store.supersede(edited(LAB, "e1", "q", "when is it?"));
            assertThat(view(question, 9).quoted().orElseThrow().text()).isEqualTo("the party is on Friday");
        }

        @Test
        void whatIsNotInTheLogOrComesLaterIsNotQuoted() {
            long question = asksAbout("q", "never heard of");
            assertThat(view(question, 9).quoted()).isEmpty();
            long other = asksAbout("q2", "m1");
            said(BEN, "later");
            assertThat(view(other, 9).quoted()).isEmpty();
        }
    }
}
