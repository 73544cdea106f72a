package loci.openai;

import static loci.openai.Behaviours.body;
import static loci.openai.Behaviours.contextLengthExceeded;
import static loci.openai.Behaviours.error;
import static loci.openai.Behaviours.insufficientQuota;
import static loci.openai.Behaviours.noise;
import static loci.openai.Behaviours.rateLimited;
import static loci.openai.Behaviours.rawAfter;
import static loci.openai.Behaviours.redirect;
import static loci.openai.Behaviours.serverError;
import static loci.openai.Behaviours.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelOutcome.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server can answer instead of a reply. */
class FailureTest {

    @Test
    void aRateLimitIsWaitedOutForAsLongAsTheServerAsks() {
        try (Asking asking = Asking.of(OpenAiServer.start().then(rateLimited("1"), text("now")))) {
            long start = System.nanoTime();
            assertThat(asking.ask("hi").outcome()).isInstanceOf(Answered.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(950), Duration.ofSeconds(10));
            assertThat(asking.server.requests()).hasSize(2);
        }
    }

    @Test
    void aWaitLongerThanTheDeadlineIsNotBegun() {
        try (Asking asking = Asking.of(OpenAiServer.start().then(rateLimited("3600")))) {
            assertUnavailable(asking.ask("hi"), Cause.RATE_LIMITED);
            assertThat(asking.server.requests()).hasSize(1);
        }
    }

    @Test
    void aFailingServerIsAskedAgain() {
        try (Asking asking = Asking.of(OpenAiServer.start().then(serverError(), text("there you are")))) {
            assertThat(asking.ask("hi").shown()).isEqualTo("there you are");
            assertThat(asking.server.requests()).hasSize(2);
        }
    }

    @Test
    void aServerThatKeepsFailingIsAskedThreeTimesInAll() {
        try (Asking asking = Asking.of(OpenAiServer.start().always(serverError()))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.SERVER_FAILED);
            assertThat(failed.detail()).contains("500", "3 attempts", "req_test");
            assertThat(asking.server.requests()).hasSize(3);
        }
    }

    @Test
    void whetherTheServerHadBegunToAnswerIsTold() {
        Behaviour onlyReasoning = turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            reply.delta("reasoning_content", "Let me see");
            turn.wire().endStream();
        };
        Behaviour onlyHeaders = turn -> {
            turn.wire().beginStream();
            turn.wire().endStream();
        };
        String error = "{\"error\":{\"code\":502,\"message\":\"no engine\"}}";
        Map<String, String> stream = Map.of("Content-Type", "text/event-stream");
        assertThat(begun(onlyReasoning)).isTrue();
        assertThat(begun(onlyHeaders)).isTrue();
        assertThat(begun(serverError())).isFalse();
        assertThat(begun(body(200, Map.of(), error)))
                .as("an error instead of a stream")
                .isFalse();
        assertThat(begun(body(200, stream, "data: " + error + "\n\n")))
                .as("an error as the stream")
                .isFalse();
    }

    private static boolean begun(Behaviour behaviour) {
        try (Asking asking = Asking.of(OpenAiServer.start().always(behaviour), waits -> waits.retries(0))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.SERVER_FAILED);
            assertThat(failed.partialText()).isEmpty();
            return failed.begun();
        }
    }

    @Test
    void usedUpCreditIsNotAskedForAgain() {
        try (Asking asking = Asking.of(OpenAiServer.start().always(insufficientQuota()))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.OUT_OF_QUOTA);
            assertThat(failed.detail()).contains("429", "insufficient_quota");
            assertThat(asking.server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_api_key, UNAUTHORISED",
        "403, , UNAUTHORISED",
        "402, , OUT_OF_QUOTA",
        "404, model_not_found, REQUEST_REFUSED",
        "400, , REQUEST_REFUSED",
        "422, , REQUEST_REFUSED",
        "418, , REQUEST_REFUSED"
    })
    void refusalsAreToldApartAndNotRepeated(int status, String code, Cause cause) {
        try (Asking asking =
                Asking.of(OpenAiServer.start().always(error(status, "some_error", code == null ? "" : code, "No.")))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), cause);
            assertThat(failed.detail()).contains("" + status).doesNotContain("No.");
            assertThat(asking.server.requests()).hasSize(1);
        }
    }

    @Test
    void theServersOwnKeyCheckIsUnderstood() {
        try (Asking asking = Asking.of(OpenAiServer.start().wantsKey("another"))) {
            assertUnavailable(asking.ask("hi"), Cause.UNAUTHORISED);
        }
    }

    @Test
    void aTooLongPromptIsToldWithItsNumbersWhateverTheStatus() {
        String llama = "{\"error\":{\"code\":500,\"message\":\"the request exceeds the available context size\","
                + "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":1407,\"n_ctx\":256}}";
        try (Asking asking = Asking.of(OpenAiServer.start()
                .then(
                        contextLengthExceeded(130_000, 128_000),
                        body(500, Map.of(), llama),
                        body(413, Map.of(), "<html>too large</html>")))) {
            assertThat(asking.ask("1").outcome())
                    .isEqualTo(new PromptTooLong(OptionalInt.of(130_000), OptionalInt.of(128_000)));
            assertThat(asking.ask("2").outcome())
                    .isEqualTo(new PromptTooLong(OptionalInt.of(1407), OptionalInt.of(256)));
            assertThat(asking.ask("3").outcome())
                    .isEqualTo(new PromptTooLong(OptionalInt.empty(), OptionalInt.empty()));
            assertThat(asking.server.requests()).hasSize(3);
        }
    }

    @Test
    void theServersOwnWindowIsKept() {
        try (Asking asking = Asking.of(OpenAiServer.start().contextWindow(120))) {
            assertThat(asking.ask("short").outcome()).isInstanceOf(Answered.class);
            assertThat(asking.ask("much longer ".repeat(20)).outcome())
                    .isInstanceOfSatisfying(
                            PromptTooLong.class, p -> assertThat(p.limit()).hasValue(120));
        }
    }

    @Test
    void aPromptTurnedDownByTheFilterIsDeclined() {
        try (Asking asking = Asking.of(
                OpenAiServer.start().then(error(400, "invalid_request_error", "content_filter", "Filtered.")))) {
            assertThat(asking.ask("hi").outcome())
                    .isInstanceOfSatisfying(
                            Declined.class, d -> assertThat(d.words()).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":42}}]}\n\n",
                "data: {\"choices\":\"none\"}\n\ndata: no json at all\n\n",
                "data: [1,2\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ud8\"}}]}\n\n"
            })
    void malformedChunksAreNotUnderstoodAndWhatCameBeforeIsKept(String raw) {
        try (Asking asking = Asking.of(OpenAiServer.start().then(rawAfter("good so far", raw)))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.NOT_UNDERSTOOD);
            assertThat(failed.partialText()).isEqualTo("good so far");
            assertThat(asking.server.requests()).hasSize(1);
        }
    }

    @Test
    void anErrorInsideTheStreamIsTheServersFailure() {
        String inStream = "data: {\"error\":{\"message\":\"engine died\",\"code\":500}}\n\n";
        String tooLong =
                "data: {\"error\":{\"message\":\"Requested tokens (2285) exceed context window of 2048\"}}\n\n";
        try (Asking asking = Asking.of(OpenAiServer.start().then(rawAfter("so", inStream), rawAfter("", tooLong)))) {
            Unavailable failed = assertUnavailable(asking.ask("hi"), Cause.SERVER_FAILED);
            assertThat(failed.partialText()).isEqualTo("so");
            assertThat(asking.ask("hi").outcome())
                    .isEqualTo(new PromptTooLong(OptionalInt.of(2285), OptionalInt.of(2048)));
        }
    }

    @Test
    void anAnswerThatIsNoStreamIsNotUnderstood() {
        try (Asking asking = Asking.of(OpenAiServer.start()
                .then(
                        body(200, Map.of("Content-Type", "text/html"), "<html>Welcome to the hotel's network</html>"),
                        body(200, Map.of(), "{\"choices\":[]}"),
                        body(
                                200,
                                Map.of(),
                                "{\"error\":{\"message\":\"Requested tokens (9) exceed context window of 8\"}}"),
                        noise("SSH-2.0-OpenSSH_9.9\r\n".getBytes(StandardCharsets.US_ASCII))))) {
            assertUnavailable(asking.ask("1"), Cause.NOT_UNDERSTOOD);
            assertUnavailable(asking.ask("2"), Cause.NOT_UNDERSTOOD);
            assertThat(asking.ask("3").outcome()).isEqualTo(new PromptTooLong(OptionalInt.of(9), OptionalInt.of(8)));
        }
        try (Asking asking = Asking.of(
                OpenAiServer.start().always(noise("SSH-2.0-OpenSSH_9.9\r\n".getBytes(StandardCharsets.US_ASCII))),
                waits -> waits.retries(0))) {
            assertUnavailable(asking.ask("4"), Cause.NOT_UNDERSTOOD);
        }
    }

    @Test
    void aRedirectIsNotFollowedSoThatKeyAndPromptGoNowhereElse() {
        try (OpenAiServer elsewhere = OpenAiServer.start();
                Asking asking =
                        Asking.of(OpenAiServer.start().then(redirect(elsewhere.baseUrl() + "/chat/completions")))) {
            Unavailable failed = assertUnavailable(asking.ask("private words"), Cause.REQUEST_REFUSED);
            assertThat(failed.detail()).contains("another address");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    static Unavailable assertUnavailable(Asking.Asked asked, Cause cause) {
        assertThat(asked.outcome()).isInstanceOf(Unavailable.class);
        Unavailable failed = (Unavailable) asked.outcome();
        assertThat(failed.cause()).as(failed.detail()).isEqualTo(cause);
        assertThat(failed.detail()).isNotBlank().doesNotContain("\n");
        return failed;
    }
}
