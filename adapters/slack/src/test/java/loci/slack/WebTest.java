package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.methods.response.api.ApiTestResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import loci.slack.Web.Done;
import loci.slack.Web.Tried;
import loci.slack.Web.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many calls are under way at once. */
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

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
