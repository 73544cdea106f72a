package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Carries envelopes as signed requests. Events go one after another; commands and interactions go at once.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">How requests are signed</a>
 */
final class HttpDelivery implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final World world;
    private final URI target;
    private final String secret;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService inTurn =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final ExecutorService atOnce = Executors.newVirtualThreadPerTaskExecutor();

    HttpDelivery(World world, URI target, String secret) {
        this.world = world;
        this.target = target;
        this.secret = secret;
    }

    /** Asks for the challenge back, as Slack does when the URL is set; true where it came. */
    boolean verifies() {
        String challenge = world.locked(() -> world.uuid());
        ObjectNode body = World.json()
                .put("token", "verification-token")
                .put("challenge", challenge)
                .put("type", "url_verification");
        HttpResponse<String> answer = post("application/json", body.toString(), 0);
        return answer != null && answer.statusCode() == 200 && answer.body().contains(challenge);
    }

    void carry(Envelope envelope) {
        int retries = envelope.retries();
        ExecutorService lane = envelope.kind() == Envelope.Kind.EVENT ? inTurn : atOnce;
        if (!lane.isShutdown()) {
            lane.execute(() -> deliver(envelope, retries));
        }
    }

    private void deliver(Envelope envelope, int retries) {
        HttpResponse<String> answer = switch (envelope.kind()) {
            case EVENT -> post("application/json", envelope.payload().toString(), retries);
            case COMMAND -> post("application/x-www-form-urlencoded", Forms.encode(envelope.payload()), retries);
            case INTERACTION ->
                post(
                        "application/x-www-form-urlencoded",
                        Forms.encode(
                                World.json().put("payload", envelope.payload().toString())),
                        retries);
        };
        if (answer != null && answer.statusCode() / 100 == 2) {
            world.locked(() -> envelope.answered(read(answer)));
        }
    }

    private static @Nullable JsonNode read(HttpResponse<String> answer) {
        String body = answer.body();
        if (body.isEmpty()) {
            return null;
        }
        boolean json = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        return json ? Forms.json(body) : World.json().put("text", body);
    }

    private @Nullable HttpResponse<String> post(String type, String body, int retries) {
        String now = Long.toString(world.clock().instant().getEpochSecond());
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(LONGEST)
                .header("Content-Type", type)
                .header("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
                .header("X-Slack-Request-Timestamp", now)
                .header("X-Slack-Signature", "v0=" + sign("v0:" + now + ":" + body));
        if (retries > 0) {
            request.header("X-Slack-Retry-Num", Integer.toString(retries))
                    .header("X-Slack-Retry-Reason", "http_timeout");
        }
        try {
            return client.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            return null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        inTurn.shutdownNow();
        atOnce.shutdownNow();
        client.shutdownNow();
    }
}
