package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.BEN;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.NOON;
import static loci.memory.StoreFixture.notes;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.seqs;
import static loci.memory.StoreFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import loci.memory.PastExchange.PastTurn;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationStore} must show for each {@link Reach}. */
public abstract class ConversationStoreReach extends StoreConversation {

    private static final Reach NEWEST_SIX = Reach.newest(6);

    @Test
    void toolResultsComeWithTheirExchangeAndAreNotCounted() {
        said(BEN, "before");
        looked("weather?", "rain", "It rains.");
        long live = asked(ADA, "now");
        assertThat(texts(view(live, 3).window())).containsExactly("weather?", "", "rain", "It rains.");
        assertThat(texts(view(live, 4).window())).containsExactly("before", "weather?", "", "rain", "It rains.");
        assertThat(view(live, 3).waiting()).isEqualTo(1);
    }

    @Test
    void halfAnExchangeIsNeverRead() {
        said(BEN, "before");
        looked("weather?", "rain", "It rains.");
        long live = asked(ADA, "now");
        assertThat(view(live, 2).window()).isEmpty();
        assertThat(view(live, 2).waiting()).isEqualTo(5);
    }

    @Test
    void anExchangeOfAnyLengthIsReadAsOne() {
        said(BEN, "before");
        List<PastTurn> rest = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            rest.add(new PastTurn(Role.TOOL, "result " + i, NOON, null, List.of(), "call-" + i));
        }
        rest.add(new PastTurn(Role.BOT, "done", NOON, null, List.of(), null));
        store.restore(new PastExchange(posted(LAB, "long", ADA, "go", false), rest));
        long live = asked(ADA, "now");
        assertThat(view(live, 1).window()).isEmpty();
        assertThat(view(live, 2).window()).hasSize(702);
        assertThat(view(live, 3).window()).hasSize(703);
        assertThat(view(live, Reach.EVERYTHING).window())
                .isEqualTo(view(live, 3).window());
        assertThat(view(live, 2).window())
                .extracting(Turn::seq)
                .isSorted()
                .startsWith(2L)
                .endsWith(703L);
    }

    @Test
    void anExchangeOfToolResultsAloneComesWithTheNextOne() {
        long question = looked("weather?", "rain", "It rains.");
        said(BEN, "after");
        long live = asked(ADA, "now");
        store.erase(LAB, seqs(question, question + 1, question + 3));
        assertThat(texts(view(live, 1).window())).containsExactly("rain", "after");
        assertThat(view(live, 0).window()).isEmpty();
    }

    @Test
    void readingStopsBeforeTheExchangeWithWhichTheCharactersWouldBeTooMany() {
        tenExchanges();
        long live = asked(ADA, "now");
        int newest = "question 10answer 10".length();
        int twoNewest = newest + "question 9answer 9".length();
        assertThat(texts(view(live, Reach.EVERYTHING.within(twoNewest)).window()))
                .containsExactly("question 9", "answer 9", "question 10", "answer 10");
        assertThat(texts(view(live, Reach.EVERYTHING.within(twoNewest - 1)).window()))
                .containsExactly("question 10", "answer 10");
        assertThat(view(live, Reach.EVERYTHING.within(newest - 1)).window()).isEmpty();
        assertThat(view(live, Reach.EVERYTHING.within(twoNewest).afterNote()).waiting())
                .isEqualTo(16);
    }

    @Test
    void anExchangeThatIsTooLongIsNotSteppedOver() {
        said(ADA, "a");
        said(ADA, "too long");
        said(ADA, "🙂");
        long live = asked(ADA, "now");
        assertThat(texts(view(live, Reach.EVERYTHING.within(9)).window())).containsExactly("🙂");
        assertThat(texts(view(live, Reach.EVERYTHING.within(10)).window())).containsExactly("too long", "🙂");
        assertThat(view(live, Reach.EVERYTHING.within(1)).window()).isEmpty();
    }

    @Test
    void toolResultsCountAsCharacters() {
        looked("weather?", "rain", "It rains.");
        long live = asked(ADA, "now");
        int all = "weather?rainIt rains.".length();
        assertThat(view(live, Reach.EVERYTHING.within(all)).window()).hasSize(4);
        assertThat(view(live, Reach.EVERYTHING.within(all - 1)).window()).isEmpty();
    }

    @Test
    void whicheverLimitIsMetFirstEndsTheWindow() {
        tenExchanges();
        long live = asked(ADA, "now");
        assertThat(view(live, Reach.newest(4).within(1_000)).window()).hasSize(4);
        assertThat(view(live, Reach.newest(8).within(40)).window()).hasSize(4);
        assertThat(view(live, Reach.newest(8).within(0)).window()).isEmpty();
    }

    @Test
    void besideTheNoteTheWindowGoesOnIntoWhatItCovers() {
        tenExchanges();
        commit(0, 1, 15, "one to eight");
        long live = asked(ADA, "now");
        assertThat(view(live, NEWEST_SIX.afterNote()).window()).hasSize(4);
        MemoryView view = view(live, NEWEST_SIX.besideNote());
        assertThat(notes(view.note())).containsExactly("one to eight");
        assertThat(view.window()).hasSize(6);
        assertThat(view.window().getFirst().text()).isEqualTo("question 8");
    }

    @Test
    void whatBothNoteAndWindowShowIsNotTakenTwiceFromWhatWaits() {
        tenExchanges();
        commit(0, 1, 3, "one and two");
        commit(0, 9, 15, "five to eight");
        long live = asked(ADA, "now");
        said(BEN, "after it");
        assertThat(view(live, Reach.newest(2).besideNote()).waiting()).isEqualTo(6);
        assertThat(view(live, Reach.newest(4).besideNote()).waiting()).isEqualTo(4);
        assertThat(view(live, NEWEST_SIX.besideNote()).waiting()).isEqualTo(4);
        assertThat(view(live, Reach.newest(16).besideNote()).waiting()).isZero();
        assertThat(view(live, Reach.newest(20).besideNote()).waiting()).isZero();
        assertThat(view(live, Reach.newest(2)).waiting()).isZero();
    }

    @Test
    void theWindowBeginsAfterTheNoteEvenWhereTheNoteIsNotRead() {
        tenExchanges();
        commit(0, 1, 15, "one to eight");
        long live = asked(ADA, "now");
        MemoryView view = view(live, new Reach(24, Long.MAX_VALUE, false, false, false));
        assertThat(view.note()).isEmpty();
        assertThat(view.window()).hasSize(4);
        assertThat(view.waiting()).isZero();
    }

    @Test
    void pinnedExchangesAreReadHoweverOld() {
        tenExchanges();
        commit(0, 1, 15, "one to eight");
        assertThat(store.pin(LAB, 17, true)).isTrue();
        assertThat(store.pin(LAB, 3, true)).isTrue();
        long live = asked(ADA, "now");
        MemoryView view = view(live, Reach.newest(24).afterNote().withPinned());
        assertThat(texts(view.pinned())).containsExactly("question 2", "answer 2", "question 9", "answer 9");
        assertThat(texts(view.window())).containsExactly("question 9", "answer 9", "question 10", "answer 10");
        assertThat(view(live, 24).pinned()).isEmpty();
    }

    @Test
    void pinnedExchangesTakeNothingFromTheWindow() {
        tenExchanges();
        store.pin(LAB, 3, true);
        long live = asked(ADA, "now");
        assertThat(view(live, NEWEST_SIX.withPinned()).window()).hasSize(6);
        assertThat(texts(view(live, Reach.NOTHING.withPinned()).pinned())).containsExactly("question 2", "answer 2");
        assertThat(view(live, Reach.NOTHING.withPinned()).window()).isEmpty();
        assertThat(view(live, NEWEST_SIX.afterNote().withPinned()).waiting()).isEqualTo(14);
    }

    @Test
    void aPinnedExchangeIsReadWholeAndOnlyByLaterOnes() {
        long looked = looked("weather?", "rain", "It rains.");
        long live = asked(ADA, "now");
        store.pin(LAB, looked, true);
        store.pin(LAB, live, true);
        assertThat(texts(view(live, Reach.NOTHING.withPinned()).pinned()))
                .containsExactly("weather?", "", "rain", "It rains.");
        assertThat(view(looked, Reach.NOTHING.withPinned()).pinned()).isEmpty();
    }

    @Test
    void everyExchangeHasAViewWhetherItAsksOrNot() {
        long overheard = said(BEN, "only overheard");
        long answered = asked(ADA, "asked");
        bot("answered");
        long restored = looked("weather?", "rain", "It rains.");
        assertThat(view(overheard, 24).live().text()).isEqualTo("only overheard");
        assertThat(texts(view(answered, 24).window())).containsExactly("only overheard");
        assertThat(texts(view(restored, 24).window())).containsExactly("only overheard", "asked", "answered");
        assertThat(view(restored, 24).live().text()).isEqualTo("weather?");
    }
}
