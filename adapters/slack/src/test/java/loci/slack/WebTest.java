package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.methods.response.api.ApiTestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import loci.slack.Web.Done;
import loci.slack.Web.Limited;
import loci.slack.Web.Tried;
import loci.slack.Web.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many calls are under way at once, and what becomes of those that wait. */
@Timeout(60)
class WebTest {

    private static final int ASKING = 3 * Web.MOST_AT_ONCE;

    private final Web web = new Web(Slack.getInstance().methods("xoxb-none"), System::nanoTime);

    private static ApiTestResponse well() {
        ApiTestResponse answer = new ApiTestResponse();
        answer.setOk(true);
        return answer;
    }

    @Test
    void whereVeryManyAskAtOnceTheyWaitForEachOtherAndAllAreAnswered() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(Web.MOST_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Tried<ApiTestResponse>>> all = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> web.tried("api.test", client -> {
                                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                full.countDown();
                                awaits(full);
                                running.decrementAndGet();
                                return well();
                            }),
                            threads))
                    .limit(ASKING)
                    .toList();
            assertThat(all).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Done.class));
        }
        assertThat(most).hasValue(Web.MOST_AT_ONCE);
    }

    @Test
    void whoeverIsInterruptedMeanwhileAsksNothing() {
        Thread.currentThread().interrupt();
        Tried<ApiTestResponse> tried = web.tried("api.test", client -> well());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(tried).isEqualTo(new Unknown<>("interrupted", false));
    }

    private static ApiTestResponse tooMuch() {
        ApiTestResponse answer = new ApiTestResponse();
        answer.setError("ratelimited");
        return answer;
    }

    /** Has so many calls hang until this is opened; returns when they do. */
    private List<Thread> hang(String method, CountDownLatch until, int calls) {
        CountDownLatch full = new CountDownLatch(calls);
        List<Thread> hanging = Stream.generate(() -> Thread.startVirtualThread(() -> web.tried(method, client -> {
                    full.countDown();
                    awaits(until);
                    return well();
                })))
                .limit(calls)
                .toList();
        awaits(full);
        return hanging;
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    @Test
    void whatIsLimitedWhileItWaitsForItsTurnIsNotSent() throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch limit = new CountDownLatch(1);
        AtomicInteger sent = new AtomicInteger();
        Queue<Tried<ApiTestResponse>> outcomes = new ConcurrentLinkedQueue<>();
        List<Thread> others = new ArrayList<>(hang("api.other", opened, Web.MOST_AT_ONCE - 1));
        others.add(Thread.startVirtualThread(() -> web.tried("api.test", client -> {
            awaits(limit);
            return tooMuch();
        })));
        Bot.until("all permits are taken", () -> others.stream().allMatch(WebTest::waits));
        List<Thread> waiting = Stream.generate(() ->
                        Thread.startVirtualThread(() -> outcomes.add(web.tried("api.test", client -> {
                            sent.incrementAndGet();
                            return well();
                        }))))
                .limit(ASKING)
                .toList();
        Bot.until("they wait for their turn", () -> waiting.stream().allMatch(WebTest::waits));
        limit.countDown();
        for (Thread one : waiting) {
            one.join();
        }
        opened.countDown();
        assertThat(sent).hasValue(0);
        assertThat(outcomes)
                .hasSize(ASKING)
                .allSatisfy(one -> assertThat(one)
                        .isInstanceOfSatisfying(
                                Limited.class,
                                limited -> assertThat(limited.sent()).isFalse()));
    }

    @Test
    void whatAPersonWaitsForDoesNotWaitBehindTheRest() {
        CountDownLatch opened = new CountDownLatch(1);
        hang("chat.postMessage", opened, Web.MOST_AT_ONCE);
        assertThat(web.awaited().tried("views.open", client -> well())).isInstanceOf(Done.class);
        opened.countDown();
    }

    @Test
    void whatIsLimitedIsLimitedForThoseWhoWaitToo() {
        assertThat(web.tried("api.test", client -> tooMuch())).isInstanceOf(Limited.class);
        assertThat(web.awaited().tried("api.test", client -> well())).isInstanceOf(Limited.class);
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
