package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The HTTP under the Web API, the files, uploads and response URLs; it lets go wrong what is planned to. */
final class HttpHost implements AutoCloseable {
    private static final String API = "/api/";
    private static final String FILES = "/files/";
    private static final String UPLOAD = "/upload/";
    private static final String RESPONSE = "/response/";

    static {
        // otherwise each small answer waits 40 ms for the other side's acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final World world;
    private final Faults faults;
    private final WebApi api;

    HttpHost(World world, Faults faults, WebApi api) throws IOException {
        this.world = world;
        this.faults = faults;
        this.api = api;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String base() {
        return "http://" + http.getAddress().getAddress().getHostAddress() + ":"
                + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.startsWith(API)) {
            api(exchange, path.substring(API.length()), body);
        } else if (path.startsWith(RESPONSE)) {
            String id = path.substring(RESPONSE.length());
            faulty(exchange, Faults.RESPONSE_URL, "", () -> respond(id, body));
        } else if (path.startsWith(UPLOAD)) {
            String id = path.substring(UPLOAD.length());
            boolean taken = world.locked(() -> api.files().receive(id, body));
            write(exchange, taken ? Answer.text(200, "OK - " + body.length) : Answer.text(400, "no such upload"));
        } else if (path.startsWith(FILES)) {
            faulty(exchange, Faults.FILES, "", () -> file(exchange, path));
        } else {
            write(exchange, Answer.text(404, "not found"));
        }
    }

    private void api(HttpExchange exchange, String method, byte[] body) throws IOException {
        Call call;
        try {
            ObjectNode args = Forms.arguments(header(exchange, "Content-Type"), body);
            String query = exchange.getRequestURI().getRawQuery();
            if (query != null) {
                args.setAll(Forms.form(query));
            }
            call = new Call(method, args, token(exchange, args), world.clock().instant());
        } catch (Refusal refused) {
            write(exchange, Answer.json(refused.body()));
            return;
        }
        api.arrived(call);
        faulty(exchange, method, call.text("channel"), () -> {
            ObjectNode answer = api.answer(call);
            Map<String, String> headers = new HashMap<>();
            if (call.token().equals(WebApi.BOT_TOKEN)) {
                headers.put("x-oauth-scopes", world.locked(() -> world.grants().all()));
            }
            return Answer.json(200, answer, headers);
        });
    }

    private static String token(HttpExchange exchange, ObjectNode args) {
        String header = header(exchange, "Authorization");
        return header.startsWith("Bearer ")
                ? header.substring("Bearer ".length())
                : args.path("token").asText();
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private void faulty(HttpExchange exchange, String method, String channel, Supplier<Answer> work)
            throws IOException {
        Faults.Fault fault = faults.of(method, channel);
        if (fault == null) {
            write(exchange, work.get());
            return;
        }
        if (fault.before() != null) {
            fault.before().pass();
        }
        if (fault.cutBefore()) {
            exchange.close();
            return;
        }
        Answer answer = fault.instead() == null ? work.get() : fault.instead();
        if (fault.after() != null) {
            fault.after().pass();
        }
        if (fault.cutAfter()) {
            exchange.close();
            return;
        }
        write(exchange, answer);
    }

    private Answer respond(String id, byte[] body) {
        return world.locked(() -> {
            try {
                world.interactions().respond(id, Forms.json(new String(body, StandardCharsets.UTF_8)));
                return Answer.text(200, "ok");
            } catch (Refusal refused) {
                world.violations().add("a response URL refused: " + refused.getMessage());
                return Answer.json(404, refused.body(), Map.of());
            }
        });
    }

    /** Whoever lacks the token is sent to a page for signing in, as at Slack. */
    private Answer file(HttpExchange exchange, String path) {
        String id = path.substring(FILES.length()).split("/", -1)[0];
        SharedFile file = world.locked(() -> world.files().get(id));
        boolean may = header(exchange, "Authorization").equals("Bearer " + WebApi.BOT_TOKEN)
                && world.locked(() -> world.grants().has("files:read"));
        if (!may) {
            byte[] page = "<!DOCTYPE html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8);
            return new Answer(200, "text/html; charset=utf-8", page, Map.of());
        }
        return file == null
                ? Answer.text(404, "file not found")
                : new Answer(200, file.mediaType(), file.bytes(), Map.of());
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
        exchange.close();
    }
}
