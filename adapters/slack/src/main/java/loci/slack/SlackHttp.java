package loci.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.slack.api.bolt.App;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.bolt.util.SlackRequestParser.HttpRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's requests over HTTP, where there is no socket: what Slack did not sign, or signed too long ago, or sent before word for word, is
 * refused before it is read. Events are dealt with in order for each channel; what failed is answered so, and Slack sends it again.
 */
final class SlackHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlackHttp.class);
    private static final int LONGEST_BODY = 2 * 1024 * 1024;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int BUSY = 503;

    private final App app;
    private final Lines lines;
    private final Signatures signatures;
    private final SlackRequestParser parser;
    private final HttpServer server;
    /** What becomes of events that are on their lines; those that wait there at the end are not dealt with any more. */
    private final Map<HttpExchange, CompletableFuture<Response>> awaited = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /** @throws IOException where the address is taken or none of this machine's */
    SlackHttp(SlackSettings.Http at, String secret, App app, Lines lines, ExecutorService executor, InstantSource clock)
            throws IOException {
        this.app = app;
        this.lines = lines;
        this.signatures = new Signatures(secret, clock);
        this.parser = new SlackRequestParser(app.config());
        this.server = HttpServer.create(new InetSocketAddress(at.host(), at.port()), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    void start() {
        app.start();
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                answer(exchange, NOT_ALLOWED);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
            if (body.length > LONGEST_BODY) {
                answer(exchange, TOO_LARGE);
                return;
            }
            String timestamp = header(exchange, "X-Slack-Request-Timestamp");
            String signature = header(exchange, "X-Slack-Signature");
            if (!signatures.isSlacks(timestamp, signature, body)) {
                answer(exchange, UNAUTHORIZED);
                return;
            }
            Response response = answered(exchange, new String(body, StandardCharsets.UTF_8));
            if (response.getStatusCode() != OK) {
                signatures.failed(signature);
            }
            answer(exchange, response);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private Response answered(HttpExchange exchange, String body) {
        HttpRequest request = HttpRequest.builder()
                .requestUri(exchange.getRequestURI().getPath())
                .requestBody(body)
                .headers(new RequestHeaders(exchange.getRequestHeaders()))
                .build();
        if (!body.startsWith("{")) {
            return run(request);
        }
        CompletableFuture<Response> outcome = new CompletableFuture<>();
        awaited.put(exchange, outcome);
        try {
            boolean taken = !closed && lines.add(channel(body), () -> outcome.complete(run(request)));
            return taken ? outcome.join() : Response.error(BUSY);
        } finally {
            awaited.remove(exchange);
        }
    }

    private static String channel(String body) {
        try {
            return JsonParser.parseString(body) instanceof JsonObject payload ? Arrival.channel(payload) : "";
        } catch (JsonSyntaxException notJson) {
            return "";
        }
    }

    private Response run(HttpRequest request) {
        try {
            return app.run(parser.parse(request));
        } catch (Exception | Error failed) {
            LOG.error("something of Slack's could not be handled; it will be sent again", failed);
            return Response.error(FAILED);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    private static void answer(HttpExchange exchange, Response response) throws IOException {
        byte[] body =
                response.getBody() == null ? new byte[0] : response.getBody().getBytes(StandardCharsets.UTF_8);
        if (response.getContentType() != null) {
            exchange.getResponseHeaders().set("Content-Type", response.getContentType());
        }
        exchange.sendResponseHeaders(response.getStatusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed = true;
        awaited.values().forEach(outcome -> outcome.complete(Response.error(BUSY)));
        server.stop(0);
        app.stop();
    }
}
