package loci.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.impl.SocketModeClientJavaWSImpl;
import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket Mode. Bolt's own loop takes what comes with ten threads at once, which loses its order; here it is taken from the socket's thread,
 * in order, and dealt with line by line: an event in that of its channel, all else at once. What was dealt with is acknowledged; what failed
 * is not, so that Slack sends it again.
 *
 * @see <a href="https://docs.slack.dev/apis/events-api/using-socket-mode">Using Socket Mode</a>
 */
final class Socket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
    private static final int OK = 200;

    /** What cannot be brought for a shorter time Slack brings again by itself. */
    private static final Duration RETRIED = Duration.ofSeconds(30);

    private final App app;
    private final Lines lines;
    private final Executor executor;
    private final InstantSource clock;
    private final Consumer<String> end;
    private final SocketModeRequestParser parser;
    private final SocketModeClient client;
    private final Runnable gap;
    private volatile boolean closed;
    /** How many connections stand: where Slack wants one replaced, the new one may be there before the old one ends. Guarded by this. */
    private int connections;
    /** Since when there is no connection; null while there is one. Guarded by this. */
    private @Nullable Instant downSince;

    /**
     * @param url what {@code apps.connections.open} gave
     * @param end takes why Slack ended it for good
     * @param gap runs when the connection stands again after something may have been missed
     */
    Socket(
            Slack slack,
            String appToken,
            String url,
            App app,
            Lines lines,
            Executor executor,
            Duration reconnect,
            InstantSource clock,
            Consumer<String> end,
            Runnable gap) {
        this.app = app;
        this.lines = lines;
        this.executor = executor;
        this.clock = clock;
        this.end = end;
        this.gap = gap;
        this.parser = new SocketModeRequestParser(app.config());
        try {
            this.client = new SocketModeClientJavaWSImpl(
                    slack, appToken, url, 1, new Arrivals(), true, true, reconnect.toMillis());
        } catch (URISyntaxException notAnAddress) {
            throw new IllegalStateException("Slack gave an address that is none", notAnAddress);
        }
    }

    /** What comes over the socket: all but what the client itself has to see to goes its own way. */
    private final class Arrivals implements SocketModeMessageQueue {
        private final Queue<String> left = new ConcurrentLinkedQueue<>();

        @Override
        public void add(String message) {
            try {
                if (!arrived(message)) {
                    left.add(message);
                }
            } catch (JsonSyntaxException | IllegalStateException notOurs) {
                LOG.warn("what came over Slack's socket cannot be read");
            } catch (RuntimeException | Error failed) {
                LOG.error("something of Slack's could not be taken; it will be sent again", failed);
            }
        }

        @Override
        public @Nullable String poll() {
            return left.poll();
        }
    }

    void connect() {
        app.start();
        client.addWebSocketCloseListener((code, reason) -> down());
        try {
            client.connect();
        } catch (IOException later) {
            LOG.warn("Slack's socket is not open yet: {}", later.toString());
        }
    }

    private synchronized void down() {
        connections = Math.max(0, connections - 1);
        if (connections == 0 && downSince == null) {
            downSince = clock.instant();
        }
    }

    private synchronized void up() {
        Instant since = downSince;
        connections++;
        downSince = null;
        if (since != null && since.plus(RETRIED).isBefore(clock.instant())) {
            executor.execute(gap);
        }
    }

    /** Runs on the socket's thread, so nothing here waits. Returns whether it is seen to. */
    private boolean arrived(String message) {
        JsonObject envelope = JsonParser.parseString(message).getAsJsonObject();
        String type = text(envelope, "type");
        return switch (type) {
            case "events_api" -> {
                JsonElement payload = envelope.get("payload");
                String channel = Arrival.channel(payload == null ? new JsonObject() : payload.getAsJsonObject());
                if (!lines.add(channel, () -> handle(message))) {
                    LOG.warn("more comes from Slack than can be taken; it will be sent again");
                }
                yield true;
            }
            case "slash_commands", "interactive" -> {
                executor.execute(() -> handle(message));
                yield true;
            }
            case "hello" -> {
                up();
                yield true;
            }
            case "disconnect" -> isForGood(envelope);
            default -> false;
        };
    }

    private boolean isForGood(JsonObject disconnect) {
        boolean forGood = text(disconnect, "reason").equals("link_disabled");
        if (forGood) {
            end.accept("Socket Mode was switched off for this Slack app; switch it on again under Socket Mode at"
                    + " api.slack.com/apps.");
        }
        return forGood;
    }

    private static String text(JsonObject object, String field) {
        JsonElement value = object.get(field);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private void handle(String message) {
        SocketModeRequest request = parser.parse(message);
        if (request == null || closed) {
            return;
        }
        try {
            Response response = app.run(request.getBoltRequest());
            if (response.getStatusCode() == OK) {
                acknowledge(request.getEnvelope().getEnvelopeId(), response);
            } else {
                LOG.warn("something of Slack's was not handled: {}", response.getStatusCode());
            }
        } catch (WebsocketNotConnectedException gone) {
            LOG.debug("it could not be acknowledged; Slack will send it again");
        } catch (Exception | Error failed) {
            if (closed) {
                return; // It was being closed; Slack will send it again.
            }
            LOG.error("something of Slack's could not be handled; it will be sent again", failed);
        }
    }

    private void acknowledge(String envelope, Response response) {
        JsonObject answer = new JsonObject();
        answer.addProperty("envelope_id", envelope);
        String body = response.getBody();
        if (body != null && !body.isEmpty()) {
            String type = response.getContentType();
            if (type != null && type.startsWith("application/json")) {
                answer.add("payload", JsonParser.parseString(body));
            } else {
                JsonObject payload = new JsonObject();
                payload.addProperty("text", body);
                answer.add("payload", payload);
            }
        }
        client.sendSocketModeResponse(answer.toString());
    }

    @Override
    public void close() {
        closed = true;
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("the socket did not close: {}", e.toString());
        }
        app.stop();
    }
}
