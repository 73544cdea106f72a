package loci.slack.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.bolt.util.SlackRequestParser.HttpRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signed requests to the real bolt, and what is posted to response URLs. */
@Timeout(60)
class HttpDeliveryTest {
    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final RealBolt bolt = new RealBolt(server);
    private final List<String> retries = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusing = new AtomicInteger();
    private final HttpServer door;
    private final URI url;

    HttpDeliveryTest() throws IOException {
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/slack/events");
    }

    @BeforeEach
    void opens() {
        SlackRequestParser parser = new SlackRequestParser(bolt.app.config());
        door.createContext("/slack/events", exchange -> handle(parser, exchange));
        door.start();
        server.deliversTo(url, RealBolt.SECRET);
    }

    @AfterEach
    void closes() {
        door.stop(0);
        bolt.close();
        server.close();
    }

    private void handle(SlackRequestParser parser, HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> retry = exchange.getRequestHeaders().getOrDefault("X-Slack-Retry-Num", List.of());
        retries.addAll(retry);
        int status = 503;
        String answer = "";
        if (refusing.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            HttpRequest request = HttpRequest.builder()
                    .requestUri("/slack/events")
                    .requestBody(body)
                    .headers(new RequestHeaders(exchange.getRequestHeaders()))
                    .build();
            try {
                Response response = bolt.app.run(parser.parse(request));
                status = response.getStatusCode();
                answer = response.getBody() == null ? "" : response.getBody();
                exchange.getResponseHeaders().set("Content-Type", response.getContentType());
            } catch (Exception failed) {
                status = 500;
            }
        }
        statuses.add(status);
        server.wake();
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void theUrlIsVerified() {
        assertThat(server.verifiesUrl()).isTrue();
    }

    @Test
    void eventsArriveSigned() {
        Message message = ada.says(general, "@loci hi");
        bolt.awaitsHeard(2);
        server.awaitsAcknowledgements();
        assertThat(bolt.heard)
                .allMatch(one -> one.endsWith(message.ts() + " " + server.bot().mention() + " hi"));
    }

    @Test
    void aWrongSecretIsRefused() {
        server.deliversTo(url, "another secret");
        ada.says(general, "hi");
        server.until("a refusal", () -> statuses.contains(401));
        server.deliversTo(url, RealBolt.SECRET);
        ada.says(general, "ho");
        bolt.awaitsHeard(1);
        assertThat(bolt.heard).singleElement().asString().endsWith(" ho");
        server.until("one acknowledgement", () -> server.unacknowledged() == 1);
    }

    @Test
    void whatWasRefusedComesAgainAndSaysSo() {
        refusing.set(1);
        ada.says(general, "hi");
        ada.says(general, "ho");
        bolt.awaitsHeard(1);
        server.until("one refused", () -> server.unacknowledged() == 1);
        assertThat(server.redeliversUnacknowledged()).isEqualTo(1);
        bolt.awaitsHeard(2);
        server.awaitsAcknowledgements();
        assertThat(retries).containsExactly("1");
    }

    @Test
    void commandsAreAnsweredWithTheResponse() {
        bolt.app.command(
                "/forget",
                (command, context) ->
                        context.ack("forgot " + command.getPayload().getText()));
        Interaction run = ada.runs(general, "/forget here & now");
        assertThat(run.awaitAnswer().text()).isEqualTo("forgot here & now");
        bolt.app.messageShortcut("forget", (shortcut, context) -> context.ack());
        ada.usesShortcut(ada.says(general, "x"), "forget").awaitAcknowledged();
    }

    @Test
    void aResponseUrlReplacesAndDeletesFiveTimesWithinHalfAnHour() throws Exception {
        Interaction run = ada.runs(general, "/any");
        assertThat(responds(run, "{\"text\":\"one\"}")).isEqualTo("ok");
        Message shown = run.awaitAnswer();
        assertThat(responds(run, "{\"replace_original\":true,\"text\":\"two\"}"))
                .isEqualTo("ok");
        assertThat(shown.history()).containsExactly("one", "two");
        assertThat(ada.whisperedTo(general)).containsExactly(shown);
        assertThat(responds(run, "{\"delete_original\":true}")).isEqualTo("ok");
        assertThat(ada.whisperedTo(general)).isEmpty();
        assertThat(responds(run, "{\"text\":\"four\"}")).isEqualTo("ok");
        assertThat(responds(run, "{\"text\":\"five\"}")).isEqualTo("ok");
        assertThat(responds(run, "{\"text\":\"six\"}")).contains("used_url");
        Interaction late = ada.runs(general, "/any");
        server.advance(Duration.ofMinutes(31));
        assertThat(responds(late, "{\"text\":\"late\"}")).contains("expired_url");
    }

    private static String responds(Interaction run, String json) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    java.net.http.HttpRequest.newBuilder(URI.create(run.responseUrl()))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
            return answer.body();
        }
    }
}
