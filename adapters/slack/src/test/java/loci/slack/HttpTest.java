package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slack by signed requests, and what comes from others. */
@Timeout(60)
class HttpTest {

    private static final String EVENT = "{\"type\":\"event_callback\",\"event\":{\"type\":\"star_added\"}}";

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        client.close();
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private static URI at(Bot bot) {
        return URI.create("http://127.0.0.1:" + bot.platform().port() + "/slack/events");
    }

    private int sent(Bot bot, String timestamp, String signature, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at(bot))
                .header("Content-Type", "application/json")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static String signed(String secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8));
            return "v0=" + HexFormat.of().formatHex(hash);
        } catch (java.security.GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }

    @Test
    void answersWhatIsSentSigned() {
        try (Bot bot = Bot.byHttp(server)) {
            assertThat(server.verifiesUrl()).isTrue();
            Message question = ada.says(general, "@loci hi");
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("ok");
            server.awaitsAcknowledgements();
            assertThat(bot.remembers(ConversationId.ofChannel("slack", garden.id(), general.id())))
                    .containsExactly("hi", "ok");
        }
    }

    @Test
    void whatIsNotSlacksIsRefused() throws IOException, InterruptedException {
        try (Bot bot = Bot.byHttp(server)) {
            Instant now = server.clock().instant();
            String time = Long.toString(now.getEpochSecond());
            String good = signed(Bot.SECRET, time, EVENT);
            assertThat(sent(bot, time, signed("another", time, EVENT), EVENT)).isEqualTo(401);
            assertThat(sent(bot, time, good, EVENT + " ")).isEqualTo(401);
            assertThat(sent(bot, time, "", EVENT)).isEqualTo(401);
            assertThat(sent(bot, "x", good, EVENT)).isEqualTo(401);
            for (Duration off : new Duration[] {Duration.ofSeconds(-301), Duration.ofSeconds(301)}) {
                String wrong = Long.toString(now.plus(off).getEpochSecond());
                assertThat(sent(bot, wrong, signed(Bot.SECRET, wrong, EVENT), EVENT))
                        .isEqualTo(401);
            }
            assertThat(sent(bot, time, good, EVENT)).isEqualTo(200);
            assertThat(sent(bot, time, good, EVENT))
                    .as("sent again by somebody")
                    .isEqualTo(401);
        }
    }
}
