package loci.openai;

import static loci.openai.Behaviours.cutAfter;
import static loci.openai.Behaviours.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelOutcome.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream cut at each of its bytes ends in a definite outcome, with a beginning of the text and never more. */
@Timeout(60)
class BrokenStreamTest {

    private static final String REPLY = "Grüße 🌧!";

    @Test
    void everyByteIsAFinePlaceToBreakOff() throws Exception {
        Behaviour cutWhereThePromptSays = turn ->
                cutAfter(Long.parseLong(turn.request().lastUser()), text(REPLY)).act(turn);
        try (OpenAiServer plain = OpenAiServer.start().always(text(REPLY));
                Asking asking =
                        Asking.of(OpenAiServer.start().always(cutWhereThePromptSays), waits -> waits.retries(0));
                // Some at a time: a thousand connections at once would be a test of the kernel's queues.
                ExecutorService threads =
                        Executors.newFixedThreadPool(16, Thread.ofVirtual().factory())) {
            int length = lengthOfAnswer(plain);
            assertThat(length).isBetween(1_000, 6_000);
            List<Future<ModelOutcome>> outcomes = new ArrayList<>();
            for (int cut = 0; cut < length; cut++) {
                String bytes = Integer.toString(cut);
                outcomes.add(threads.submit(() -> askCut(asking, bytes)));
            }
            Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
            int answered = 0;
            for (Future<ModelOutcome> future : outcomes) {
                switch (future.get()) {
                    case Answered whole -> {
                        assertThat(whole.text()).isEqualTo(REPLY);
                        answered++;
                    }
                    case Unavailable broken -> {
                        assertThat(REPLY).startsWith(broken.partialText());
                        causes.merge(broken.cause(), 1, Integer::sum);
                    }
                    case ModelOutcome other -> throw new AssertionError(other);
                }
            }
            // Once the reason for ending is there the reply is whole, though usage and [DONE] may be missing.
            assertThat(answered).isBetween(1, 1_000);
            assertThat(causes.keySet()).containsExactly(Cause.SERVER_FAILED);
            assertThat(asking.server.requests()).as("nothing is retried").hasSize(length);
        }
    }

    private static ModelOutcome askCut(Asking asking, String bytes) {
        Asking.Asked asked = asking.ask(bytes);
        String told = asked.outcome() instanceof Unavailable broken ? broken.partialText() : REPLY;
        assertThat(asked.shown()).isEqualTo(told);
        return asked.outcome();
    }

    /** Asks over a plain socket, since a client would hide the framing that is to be cut. */
    private static int lengthOfAnswer(OpenAiServer server) throws IOException {
        String body =
                "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}";
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.baseUrl()).getPort())) {
            String head = "POST /v1/chat/completions HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            while (!answer.toString(StandardCharsets.UTF_8).endsWith("\r\n0\r\n\r\n")) {
                answer.write(socket.getInputStream().read());
            }
            return answer.size();
        }
    }
}
