package loci.openai;

import static loci.openai.Behaviours.body;
import static loci.openai.Behaviours.endlessLine;
import static loci.openai.Behaviours.flood;
import static loci.openai.FailureTest.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelOutcome.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that send too much, and callers that ask much at once. */
@Timeout(30)
class BoundsTest {

    private static final Limits SMALL = new Limits(5_000, 20_000, 4_000_000);

    @Test
    void textWithoutEndIsCutOff() {
        try (Asking asking = Asking.of(OpenAiServer.start().always(flood("word ")), SMALL)) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.NOT_UNDERSTOOD);
            assertThat(failed.partialText().length()).isBetween(1, 5_100);
            assertThat(asking.server.requests()).hasSize(1);
        }
    }

    @Test
    void aLineWithoutEndIsCutOff() {
        try (Asking asking = Asking.of(OpenAiServer.start().always(endlessLine()), SMALL)) {
            assertUnavailable(asking.ask("hi"), Cause.NOT_UNDERSTOOD);
        }
    }

    @Test
    void eventsWithoutTextAreBoundedInAll() {
        Behaviour comments = turn -> {
            turn.wire().beginStream();
            while (true) {
                turn.wire().raw(": still working\n\n");
            }
        };
        try (Asking asking = Asking.of(OpenAiServer.start().always(comments), new Limits(5_000, 20_000, 100_000))) {
            assertUnavailable(asking.ask("hi"), Cause.NOT_UNDERSTOOD);
        }
    }

    @Test
    void aLargeErrorIsStillItsStatus() {
        try (Asking asking = Asking.of(OpenAiServer.start().always(body(401, Map.of(), "x".repeat(300_000))))) {
            assertUnavailable(asking.ask("hi"), Cause.UNAUTHORISED);
        }
    }

    @Test
    void twoHundredCallsAtOnceEachGetTheirOwnAnswer() throws Exception {
        CountDownLatch all = new CountDownLatch(200);
        Behaviour together = turn -> {
            all.countDown();
            turn.server().await(all);
            Behaviours.answer(turn, "for " + turn.request().lastUser());
        };
        try (Asking asking = Asking.of(OpenAiServer.start().always(together));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Asking.Asked>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> asking.ask("caller " + i)))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                String expected = "for caller " + i;
                Asking.Asked asked = answers.get(i).get();
                assertThat(asked.shown()).isEqualTo(expected);
                assertThat(asked.outcome())
                        .isInstanceOfSatisfying(
                                Answered.class, a -> assertThat(a.text()).isEqualTo(expected));
            }
        }
    }
}
