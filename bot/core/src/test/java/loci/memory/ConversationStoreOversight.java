package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.KITCHEN;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.edited;
import static loci.memory.StoreFixture.failure;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationStore} must do with opt-outs and the audit, and how it tells how conversations stand. */
public abstract class ConversationStoreOversight extends StoreConversation {

    private void forgetEverythingHere() {
        Forgetting forgetting = new Forgetting(store);
        forgetting.carryOut(forgetting.plan(LAB, new Forgetting.Scope.Here()));
        assertThat(store.turns(LAB, new Exchanges(1, 99), 99)).isEmpty();
    }

    @Nested
    class OptingOut {

        private void out(Author person, boolean out) {
            store.optOut("console", "home", person.id(), out);
        }

        private boolean isOut(Author person) {
            return store.optedOut("console", "home", person.id());
        }

        @Test
        void nobodyIsOutAtFirst() {
            said(ADA, "hi");
            assertThat(isOut(ADA)).isFalse();
        }

        @Test
        void whoeverIsOutStaysOutUntilItIsTakenBack() {
            out(ADA, true);
            assertThat(isOut(ADA)).isTrue();
            restart();
            assertThat(isOut(ADA)).isTrue();
            out(ADA, false);
            assertThat(isOut(ADA)).isFalse();
            restart();
            assertThat(isOut(ADA)).isFalse();
        }

        @Test
        void sayingItTwiceIsSayingItOnce() {
            out(ADA, true);
            out(ADA, true);
            assertThat(isOut(ADA)).isTrue();
            out(ADA, false);
            out(ADA, false);
            assertThat(isOut(ADA)).isFalse();
        }

        @Test
        void itHoldsForOnePersonInOneSpaceOfOnePlatform() {
            out(ADA, true);
            assertThat(isOut(BEN)).isFalse();
            assertThat(store.optedOut("console", "Home", ADA.id())).isFalse();
            assertThat(store.optedOut("slack", "home", ADA.id())).isFalse();
            store.optOut("slack", "home", ADA.id(), true);
            out(ADA, false);
            assertThat(store.optedOut("slack", "home", ADA.id())).isTrue();
        }

        @Test
        void whatIsStoredStays() {
            said(ADA, "before");
            out(ADA, true);
            assertThat(store.turns(LAB, new Exchanges(1, 9), 9)).hasSize(1);
            assertThat(store.epoch(LAB)).isZero();
        }

        @Test
        void erasingTouchesNone() {
            said(ADA, "hi");
            out(ADA, true);
            forgetEverythingHere();
            restart();
            assertThat(isOut(ADA)).isTrue();
        }

        @Test
        void namesThatNobodyHasAreRefused() {
            String longest = "語".repeat(200);
            store.optOut(longest, longest, longest, true);
            restart();
            assertThat(store.optedOut(longest, longest, longest)).isTrue();
            for (String wrong : List.of("", " ", longest + "x")) {
                assertThatThrownBy(() -> store.optOut(wrong, "home", "ada", true))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> store.optOut("console", wrong, "ada", true))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> store.optOut("console", "home", wrong, false))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(store.optedOut("console", "home", wrong)).isFalse();
            }
        }
    }

    @Nested
    class Auditing {

        private static AuditRow row(Instant at, String action) {
            return new AuditRow(at, ADA.id(), action, "done");
        }

        @Test
        void everyRowIsKeptAsItWas() {
            said(ADA, "hi");
            Instant at = Instant.parse("2026-02-28T09:08:07.123456789Z");
            store.audit(LAB, new AuditRow(at, "u-ada", "settings strategy", "denied ✓"));
            store.audit(LAB, new AuditRow(at, "", "", ""));
            restart();
            Instant kept = Instant.parse("2026-02-28T09:08:07.123456Z");
            assertThat(store.audited(LAB, 9))
                    .containsExactly(
                            new AuditRow(kept, "", "", ""),
                            new AuditRow(kept, "u-ada", "settings strategy", "denied ✓"));
        }

        @Test
        void whatWasNotedLastIsReadFirst() {
            for (int i = 1; i <= 5; i++) {
                store.audit(LAB, row(NOON.minusSeconds(i), "command " + i));
            }
            assertThat(store.audited(LAB, 3))
                    .extracting(AuditRow::action)
                    .containsExactly("command 5", "command 4", "command 3");
            assertThat(store.audited(LAB, 0)).isEmpty();
            assertThat(store.audited(LAB, -1)).isEmpty();
        }

        @Test
        void theSameCommandTwiceIsTwoRows() {
            store.audit(LAB, row(NOON, "forget"));
            store.audit(LAB, row(NOON, "forget"));
            assertThat(store.audited(LAB, 9)).hasSize(2);
        }

        @Test
        void eachConversationHasItsOwnEvenBeforeAnybodySpoke() {
            store.audit(LAB, row(NOON, "help"));
            assertThat(store.audited(LAB, 9)).hasSize(1);
            assertThat(store.audited(KITCHEN, 9)).isEmpty();
            assertThat(store.newestExchange(LAB)).isZero();
            assertThat(said(ADA, "hi")).isEqualTo(1);
        }

        @Test
        void erasingTouchesNone() {
            said(ADA, "hi");
            store.audit(LAB, row(NOON, "forget"));
            forgetEverythingHere();
            restart();
            assertThat(store.audited(LAB, 9)).containsExactly(row(NOON, "forget"));
        }

        @Test
        void oldRowsAreDroppedWhenTheStoreIsOpened() {
            Instant oldest = NOON.minus(ConversationStore.AUDIT_KEPT);
            store.audit(LAB, row(oldest.plus(Duration.ofHours(1)), "young enough"));
            store.audit(LAB, row(oldest.minusSeconds(1), "too old"));
            store.audit(KITCHEN, row(oldest.minus(Duration.ofDays(999)), "far too old"));
            restart();
            assertThat(store.audited(LAB, 9)).extracting(AuditRow::action).containsExactly("young enough");
            assertThat(store.audited(KITCHEN, 9)).isEmpty();
        }

        @Test
        void theLongestFieldsAreKeptAndLongerOnesRefused() {
            String longest = "語".repeat(AuditRow.LONGEST);
            AuditRow row = new AuditRow(NOON, longest, longest, longest);
            store.audit(LAB, row);
            restart();
            assertThat(store.audited(LAB, 9)).containsExactly(row);
            assertThatThrownBy(() -> new AuditRow(NOON, longest + "x", "", ""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new AuditRow(NOON, "", longest + "x", ""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new AuditRow(NOON, "", "", longest + "x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Standing {

        private ConversationStatus lab() {
            ConversationStatus only = store.conversations().getFirst();
            assertThat(only.conversation()).isEqualTo(LAB);
            return only;
        }

        private void saidAt(ConversationId place, String message, int minute, boolean addressed) {
            Instant at = NOON.plus(Duration.ofMinutes(minute));
            store.record(new MessagePosted(
                    new EventId(message), place, new MessageRef(message), ADA, "said", at, addressed));
        }

        private Optional<Instant> minute(int minute) {
            return Optional.of(NOON.plus(Duration.ofMinutes(minute)));
        }

        @Test
        void onlyWhereSomethingWasSaid() {
            assertThat(store.conversations()).isEmpty();
            store.set(LAB, "model", Optional.of("model-x"));
            store.audit(KITCHEN, new AuditRow(NOON, ADA.id(), "help", "done"));
            assertThat(store.conversations()).isEmpty();
            said(ADA, "hi");
            assertThat(store.conversations())
                    .extracting(ConversationStatus::conversation)
                    .containsExactly(LAB);
        }

        @Test
        void theOneLastSpokenInComesFirst() {
            ConversationId thread = new ConversationId("console", "home", "lab", "t1");
            saidAt(LAB, "a", 1, false);
            saidAt(thread, "b", 3, false);
            saidAt(KITCHEN, "c", 2, false);
            restart();
            assertThat(store.conversations())
                    .extracting(ConversationStatus::conversation)
                    .containsExactly(thread, KITCHEN, LAB);
            assertThat(store.conversations())
                    .extracting(ConversationStatus::lastSaid)
                    .containsExactly(minute(3), minute(2), minute(1));
        }

        @Test
        void turnsDigestsAndPinsAreCounted() {
            tenExchanges();
            looked("weather?", "rain", "It rains.");
            commit(0, 1, 4, "first");
            commit(0, 5, 8, "second");
            commit(0, 9, 12, "third");
            commit(1, 1, 8, "first and second");
            store.pin(LAB, 3, true);
            store.pin(LAB, 5, true);
            restart();
            assertThat(lab().turns()).isEqualTo(24);
            assertThat(lab().digests()).isEqualTo(2);
            assertThat(lab().pinned()).isEqualTo(2);
        }

        @Test
        void questionsWithoutAReplyAndRepliesNotDeliveredAreCountedApart() {
            asked(ADA, "one");
            asked(BEN, "two");
            asked(ADA, "three");
            asked(BEN, "four");
            bot("answered and delivered");
            store.finish(LAB, answer(2, "answered"), 0);
            store.finish(LAB, failure(3, "failed"), 0);
            restart();
            assertThat(lab().open()).isEqualTo(1);
            assertThat(lab().undelivered()).isEqualTo(2);
            assertThat(lab().turns()).isEqualTo(6);
        }

        @Test
        void theOldestIsOwedUntilItIsDelivered() {
            saidAt(LAB, "a", 1, true);
            saidAt(LAB, "b", 2, true);
            assertThat(lab().oldestOwed()).isEqualTo(minute(1));
            store.finish(LAB, answer(1, "answer"), 0);
            assertThat(lab().oldestOwed()).isEqualTo(minute(1));
            bot("answer");
            assertThat(lab().oldestOwed()).isEqualTo(minute(1));
            store.undelivered(LAB).forEach(reply -> store.settled(LAB, reply.key(), List.of()));
            assertThat(lab().oldestOwed()).isEmpty();
        }

        @Test
        void anEditedQuestionIsAsOldAsItsFirstVersion() {
            saidAt(LAB, "a", 1, true);
            store.supersede(edited(LAB, "e", "a", "edited"));
            assertThat(lab().oldestOwed()).isEqualTo(minute(1));
            assertThat(lab().lastSaid()).isEqualTo(minute(60));
            assertThat(lab().turns()).isEqualTo(1);
        }

        @Test
        void whatIsErasedIsNotCounted() {
            saidAt(LAB, "a", 1, true);
            saidAt(LAB, "b", 2, true);
            store.pin(LAB, 2, true);
            store.erase(LAB, seqs(2L));
            assertThat(lab()).isEqualTo(new ConversationStatus(LAB, 1, 0, 0, 1, 0, minute(1), minute(1)));
        }

        @Test
        void anErasedConversationComesLastAndEmpty() {
            tenExchanges();
            commit(0, 1, 4, "first");
            asked(ADA, "open");
            saidAt(KITCHEN, "k", -9999, false);
            forgetEverythingHere();
            restart();
            assertThat(store.conversations())
                    .containsExactly(
                            new ConversationStatus(KITCHEN, 1, 0, 0, 0, 0, minute(-9999), Optional.empty()),
                            new ConversationStatus(LAB, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty()));
        }

        @Test
        void whatWasOnlyRestoredCounts() {
            store.restore(new PastExchange(posted(LAB, "m", ADA, "once", true), List.of()));
            assertThat(lab().turns()).isEqualTo(1);
            assertThat(lab().oldestOwed()).isEmpty();
        }
    }
}
