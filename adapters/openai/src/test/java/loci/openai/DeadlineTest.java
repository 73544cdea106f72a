package loci.openai;

import static loci.openai.Behaviours.cutAfter;
import static loci.openai.Behaviours.paused;
import static loci.openai.Behaviours.rateLimited;
import static loci.openai.Behaviours.serverError;
import static loci.openai.Behaviours.stall;
import static loci.openai.Behaviours.stallAfter;
import static loci.openai.Behaviours.text;
import static loci.openai.FailureTest.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits of every kind end, by their own time or by somebody's wish. */
@Timeout(30)
class DeadlineTest {

    private static final Duration GENEROUS = Duration.ofSeconds(8);

    @Test
    void silenceBeforeTheAnswerEndsByTheReadTimeout() {
        try (Asking asking = Asking.of(
                OpenAiServer.start().always(stall()), waits -> waits.read(200).retries(1))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.TIMED_OUT);
            assertThat(failed.detail()).contains("200 ms", "2 attempts");
            assertThat(asking.server.requests()).hasSize(2);
        }
    }

    @Test
    void silenceInMidStreamEndsByTheReadTimeoutAndIsNotRetried() {
        try (Asking asking = Asking.of(OpenAiServer.start().always(stallAfter("so far")), waits -> waits.read(200))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.TIMED_OUT);
            assertThat(failed.partialText()).isEqualTo("so far");
            assertThat(asking.server.requests()).hasSize(1);
        }
    }

    @Test
    void theDeadlineHoldsOverAllRetries() {
        try (Asking asking = Asking.of(
                OpenAiServer.start().always(stall()),
                waits -> waits.read(300).deadline(1_500).retries(10))) {
            assertWithin(Duration.ofMillis(800), () -> {
                Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.TIMED_OUT);
                assertThat(failed.detail()).contains("attempts");
            });
        }
    }

    @Test
    void theDeadlineCutsAStreamThatNeverFallsSilent() {
        try (Asking asking =
                Asking.of(OpenAiServer.start().always(Behaviours.flood("la ")), waits -> waits.deadline(500))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.TIMED_OUT);
            assertThat(failed.detail()).contains("deadline of 500 ms");
            assertThat(failed.partialText()).startsWith("la la ");
        }
    }

    @Test
    void theDeadlineEndsTheWaitBeforeARetryAndTellsWhyThereWasOne() {
        try (Asking asking = Asking.of(
                OpenAiServer.start().always(serverError()),
                waits -> waits.deadline(700).retries(9))) {
            assertUnavailable(asking.ask("hi"), Cause.SERVER_FAILED);
        }
    }

    @Test
    void aPortThatNobodyListensOnIsUnreachable() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertUnreachable("http://127.0.0.1:" + port + "/v1");
    }

    @Test
    void anUnknownNameIsUnreachable() {
        assertUnreachable("http://no-such-host.invalid/v1");
    }

    @Test
    void aServerThatSpeaksNoTlsIsUnreachable() {
        try (OpenAiServer server = OpenAiServer.start()) {
            assertUnreachable(server.baseUrl().replace("http:", "https:"));
        }
    }

    @Test
    void aConnectionThatIsNeverTakenEndsByTheConnectTimeout() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> queue = fill(full);
            String url = "http://127.0.0.1:" + full.getLocalPort() + "/v1";
            try (OpenAiModel model = new OpenAiModel(
                    Asking.profile("gpt-4o-mini"),
                    Asking.settings(url, waits -> waits.connect(250).retries(0)))) {
                ModelOutcome outcome = model.ask(Asking.prompt("hi"), piece -> {}, new Cancellation());
                assertUnavailable(new Asking.Asked(outcome, ""), Cause.TIMED_OUT);
            }
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void cancellingStopsACallThatWaitsForItsFirstByte() throws Exception {
        try (Asking asking = Asking.of(OpenAiServer.start().always(stall()))) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<ModelOutcome> outcome = onVirtualThread(asking, cancellation);
            assertThat(asking.server.awaitRequests(1, GENEROUS)).isTrue();
            cancellation.cancel();
            assertThat(within(outcome)).isEqualTo(new Stopped(""));
            assertThat(asking.server.requests()).hasSize(1);
        }
    }

    @Test
    void cancellingInMidStreamKeepsWhatHadCome() throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        try (Asking asking = Asking.of(OpenAiServer.start().always(paused("one ", new CountDownLatch(1), "two")))) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
            Thread.startVirtualThread(() ->
                    outcome.complete(asking.model.ask(Asking.prompt("hi"), piece -> shown.countDown(), cancellation)));
            assertThat(shown.await(GENEROUS.toSeconds(), TimeUnit.SECONDS)).isTrue();
            cancellation.cancel();
            assertThat(within(outcome))
                    .isInstanceOfSatisfying(
                            Stopped.class, s -> assertThat(s.partialText()).startsWith("one"));
        }
    }

    @Test
    void cancellingEndsTheWaitBeforeARetry() throws Exception {
        try (Asking asking = Asking.of(OpenAiServer.start().always(rateLimited("20")))) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<ModelOutcome> outcome = onVirtualThread(asking, cancellation);
            assertThat(asking.server.awaitRequests(1, GENEROUS)).isTrue();
            cancellation.cancel();
            assertThat(within(outcome)).isEqualTo(new Stopped(""));
        }
    }

    @Test
    void aCallCancelledBeforehandSendsNothing() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            Cancellation cancellation = new Cancellation();
            cancellation.cancel();
            assertThat(asking.ask(Asking.prompt("hi"), cancellation).outcome()).isEqualTo(new Stopped(""));
            assertThat(asking.server.requests()).isEmpty();
        }
    }

    @Test
    void cancellingFromTheListenerStops() {
        try (Asking asking = Asking.of(OpenAiServer.start().always(text("one two three four five")))) {
            Cancellation cancellation = new Cancellation();
            ModelOutcome outcome = asking.model.ask(Asking.prompt("hi"), piece -> cancellation.cancel(), cancellation);
            assertThat(outcome).isEqualTo(new Stopped("one"));
        }
    }

    @Test
    void interruptingTheAskingThreadStopsAndLeavesItInterrupted() throws Exception {
        try (Asking asking = Asking.of(OpenAiServer.start().always(stall()))) {
            CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread thread = Thread.startVirtualThread(() -> {
                outcome.complete(asking.model.ask(Asking.prompt("hi"), piece -> {}, new Cancellation()));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            assertThat(asking.server.awaitRequests(1, GENEROUS)).isTrue();
            thread.interrupt();
            assertThat(within(outcome)).isEqualTo(new Stopped(""));
            assertThat(within(interrupted)).isTrue();
        }
    }

    @Test
    void closingTheModelStopsItsCalls() throws Exception {
        try (Asking asking = Asking.of(OpenAiServer.start().always(stall()))) {
            CompletableFuture<ModelOutcome> outcome = onVirtualThread(asking, new Cancellation());
            assertThat(asking.server.awaitRequests(1, GENEROUS)).isTrue();
            asking.model.close();
            assertThat(within(outcome)).isEqualTo(new Stopped(""));
        }
    }

    @Test
    void aConnectionClosedWithoutAnAnswerIsTriedAgain() {
        try (Asking asking = Asking.of(OpenAiServer.start().then(cutAfter(0, text("never")), text("second time")))) {
            assertThat(asking.ask("hi").shown()).isEqualTo("second time");
            assertThat(asking.server.requests()).hasSize(2);
        }
    }

    private static void assertUnreachable(String url) {
        try (OpenAiModel model =
                new OpenAiModel(Asking.profile("gpt-4o-mini"), Asking.settings(url, waits -> waits.retries(0)))) {
            ModelOutcome outcome = model.ask(Asking.prompt("hi"), piece -> {}, new Cancellation());
            assertUnavailable(new Asking.Asked(outcome, ""), Cause.UNREACHABLE);
        }
    }

    /** Connects until the kernel's queue for the socket takes no more, so that the next one hangs. */
    private static List<Socket> fill(ServerSocket full) throws IOException {
        List<Socket> queue = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 100);
            } catch (SocketTimeoutException hangs) {
                return queue;
            }
        }
        return queue;
    }

    private static CompletableFuture<ModelOutcome> onVirtualThread(Asking asking, Cancellation cancellation) {
        CompletableFuture<ModelOutcome> outcome = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> outcome.complete(asking.model.ask(Asking.prompt("hi"), piece -> {}, cancellation)));
        return outcome;
    }

    private static <T> T within(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(GENEROUS.toSeconds(), TimeUnit.SECONDS);
    }

    private static void assertWithin(Duration atLeast, Runnable action) {
        long start = System.nanoTime();
        action.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(atLeast, GENEROUS);
    }
}
