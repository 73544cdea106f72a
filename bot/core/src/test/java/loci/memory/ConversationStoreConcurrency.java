package loci.memory;

import static loci.memory.StoreFixture.ADA;
import static loci.memory.StoreFixture.LAB;
import static loci.memory.StoreFixture.answer;
import static loci.memory.StoreFixture.digest;
import static loci.memory.StoreFixture.posted;
import static loci.memory.StoreFixture.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import loci.chat.ConversationId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationStore} must keep when many threads use it at once. */
public abstract class ConversationStoreConcurrency {

    private static final int THREADS = 4;
    private static final int EACH = 40;

    private ConversationStore store = new InMemoryStore(() -> "unused", () -> StoreFixture.NOON);

    protected abstract ConversationStore start();

    @BeforeEach
    final void begin() {
        store = start();
    }

    @AfterEach
    final void end() {
        store.close();
    }

    @Test
    void oneConversationsTurnsAreNumberedWithoutGapOrRepeat() throws Exception {
        List<Long> seqs = together(THREADS, thread -> {
                    List<Long> mine = new ArrayList<>();
                    for (int i = 0; i < EACH; i++) {
                        mine.add(store.record(posted(LAB, thread + "-" + i, ADA, "said " + i, false))
                                .seq());
                    }
                    return mine;
                })
                .stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
        assertThat(seqs)
                .isEqualTo(LongStream.rangeClosed(1, THREADS * EACH).boxed().toList());
    }

    @Test
    void theSameEventFromManyThreadsIsOneTurn() throws Exception {
        for (int round = 0; round < 10; round++) {
            String message = "m" + round;
            List<Recorded> recorded = together(THREADS, thread -> store.record(posted(LAB, message, ADA, "hi", true)));
            assertThat(recorded.stream().filter(one -> !one.repeated())).hasSize(1);
            assertThat(recorded.stream().map(Recorded::seq).distinct()).hasSize(1);
        }
        assertThat(store.turns(LAB, new Exchanges(1, 99), 99)).hasSize(10);
    }

    @Test
    void conversationsThatBeginAtOnceAreKeptApart() throws Exception {
        together(THREADS, thread -> {
            for (int i = 0; i < EACH; i++) {
                ConversationId own = ConversationId.ofChannel("console", "home", "c" + thread);
                ConversationId shared = ConversationId.ofChannel("console", "home", "shared" + i);
                store.record(posted(own, "m" + i, ADA, "own " + thread, false));
                store.record(posted(shared, "m" + thread, ADA, "shared " + i, false));
            }
            return thread;
        });
        for (int thread = 0; thread < THREADS; thread++) {
            ConversationId own = ConversationId.ofChannel("console", "home", "c" + thread);
            assertThat(store.turns(own, new Exchanges(1, 999), 999))
                    .hasSize(EACH)
                    .extracting(Turn::text)
                    .containsOnly("own " + thread);
        }
        for (int i = 0; i < EACH; i++) {
            ConversationId shared = ConversationId.ofChannel("console", "home", "shared" + i);
            assertThat(store.turns(shared, new Exchanges(1, 999), 999))
                    .hasSize(THREADS)
                    .extracting(Turn::text)
                    .containsOnly("shared " + i);
        }
    }

    @Test
    void aQuestionIsAnsweredByOneOfThoseWhoTry() throws Exception {
        for (int round = 0; round < 10; round++) {
            long exchange =
                    store.record(posted(LAB, "m" + round, ADA, "hi", true)).seq();
            List<Boolean> finished =
                    together(THREADS, thread -> store.finish(LAB, answer(exchange, "answer of " + thread), 0));
            assertThat(finished.stream().filter(one -> one)).hasSize(1);
            assertThat(store.turns(LAB, new Exchanges(exchange, exchange), 9)).hasSize(2);
        }
    }

    @Test
    void aDigestIsCommittedByOneOfThoseWhoTry() throws Exception {
        for (int round = 0; round < 10; round++) {
            long exchange =
                    store.record(posted(LAB, "m" + round, ADA, "hi", false)).seq();
            List<Boolean> committed =
                    together(THREADS, thread -> store.commit(LAB, digest(0, exchange, exchange, "by " + thread), 0));
            assertThat(committed.stream().filter(one -> one)).hasSize(1);
        }
        assertThat(store.note(LAB)).hasSize(10);
    }

    @Test
    void thePersonWhomManyThreadsNoteIsOptedOut() throws Exception {
        for (int round = 0; round < 10; round++) {
            String person = "person " + round;
            together(THREADS, thread -> {
                        store.optOut("console", "home", person, true);
                        return store.optedOut("console", "home", person);
                    })
                    .forEach(out -> assertThat(out).isTrue());
        }
    }

    @Test
    void noViewMixesBeforeAndAfterAnErasure() throws Exception {
        for (int i = 1; i <= EACH; i++) {
            store.record(posted(LAB, "m" + i, ADA, "said " + i, false));
        }
        long live = store.record(posted(LAB, "live", ADA, "now", true)).seq();
        together(2, thread -> {
            for (long i = 1; i <= EACH; i++) {
                if (thread == 0) {
                    store.erase(LAB, seqs(i));
                } else {
                    MemoryView view =
                            store.view(LAB, live, Reach.newest(99).afterNote()).orElseThrow();
                    assertThat(view.window()).hasSize((int) (EACH - view.epoch()));
                    assertThat(view.waiting()).isZero();
                }
            }
            return thread;
        });
        assertThat(store.epoch(LAB)).isEqualTo(EACH);
    }

    /** What one of several threads does. */
    protected interface Work<T> {
        T by(int thread) throws Exception;
    }

    /** Runs the work on several threads that begin at the same moment. */
    protected static <T> List<T> together(int threads, Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService executor =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                tasks.add(() -> {
                    start.await();
                    return work.by(thread);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
