package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import loci.chat.ConversationId;
import loci.sanitize.OutboundSanitizer;
import org.junit.jupiter.api.Test;

/** Lanes, and the two small timers beside them. */
class LanesTest {

    private static final ConversationId LAB = ConversationId.ofChannel("test", "space", "lab");
    private static final ConversationId OTHER = ConversationId.ofChannel("test", "space", "other");

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<ConversationId> worked = new ArrayList<>();
    private Runnable during = () -> {};
    private final Lanes lanes = new Lanes(threads::add, conversation -> {
        worked.add(conversation);
        Runnable now = during;
        during = () -> {};
        now.run();
    });

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.removeFirst().run();
        }
    }

    private boolean idle() {
        return lanes.awaitIdle(0, TimeUnit.NANOSECONDS);
    }

    @Test
    void wakingManyTimesBeforeItRunsLooksOnce() {
        lanes.wake(LAB);
        lanes.wake(LAB);
        lanes.wake(OTHER);
        assertThat(threads).hasSize(2);
        assertThat(idle()).isFalse();
        runAll();
        assertThat(worked).containsExactly(LAB, OTHER);
        assertThat(idle()).isTrue();
    }

    @Test
    void wakingWhileItWorksLooksOnceMoreOnTheSameThread() {
        during = () -> {
            lanes.wake(LAB);
            lanes.wake(LAB);
            assertThat(threads).isEmpty();
        };
        lanes.wake(LAB);
        runAll();
        assertThat(worked).containsExactly(LAB, LAB);
    }

    @Test
    void aLaneWhoseWorkThrewCanBeWokenAgain() {
        during = () -> {
            throw new StackOverflowError("deep");
        };
        lanes.wake(LAB);
        assertThatThrownBy(this::runAll).isInstanceOf(StackOverflowError.class);
        assertThat(idle()).isTrue();
        lanes.wake(LAB);
        runAll();
        assertThat(worked).containsExactly(LAB, LAB);
    }

    @Test
    void aLaneThatGotNoThreadDoesNotCountAsWorking() {
        Lanes refused = new Lanes(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                worked::add);
        assertThatThrownBy(() -> refused.wake(LAB)).isInstanceOf(RejectedExecutionException.class);
        assertThat(refused.awaitIdle(0, TimeUnit.NANOSECONDS)).isTrue();
    }

    @Test
    void closedLanesEndTheirWorkAndTakeNoMore() {
        lanes.wake(LAB);
        assertThat(lanes.close(0, TimeUnit.NANOSECONDS)).isFalse();
        lanes.wake(OTHER);
        runAll();
        assertThat(worked).isEmpty();
        assertThat(lanes.close(0, TimeUnit.NANOSECONDS)).isTrue();
    }

    @Test
    void backoffDoublesUpToItsLimitForEachConversationApart() {
        Backoff<ConversationId> backoff = new Backoff<>(Duration.ofSeconds(1), Duration.ofSeconds(5));
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seconds.add(backoff.failed(LAB).toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 5L, 5L);
        assertThat(backoff.failed(OTHER)).isEqualTo(Duration.ofSeconds(1));
        backoff.succeeded(LAB);
        assertThat(backoff.failed(LAB)).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.failed(LAB)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void progressShowsTheSanitisedBeginningAndNotEveryPiece() {
        List<String> shown = new ArrayList<>();
        Progress progress = new Progress("k3f9q2", shown::add);
        progress.accept("Hello @everyone,\nthe code is k3f");
        for (int i = 0; i < 1_000; i++) {
            progress.accept("9q2\n");
        }
        assertThat(shown).hasSizeBetween(1, 100);
        assertThat(shown.getFirst()).isEqualTo(OutboundSanitizer.shown("Hello @everyone,\nthe code is k3f", "k3f9q2"));
        assertThat(shown).noneMatch(text -> text.contains("@everyone") || text.contains("k3f9q2"));
    }
}
