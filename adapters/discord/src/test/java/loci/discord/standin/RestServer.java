package loci.discord.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The HTTP under the REST API and the files: reads requests, writes answers, and lets go wrong what is planned to. */
final class RestServer implements AutoCloseable {
    private static final String API = "/api/v10";
    private static final String FILES = "/attachments/";
    private static final JsonMapper JSON = new JsonMapper();

    static {
        // otherwise each small answer waits 40 ms for the other side's acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // otherwise connections that a client keeps for many channels are closed under its requests
        System.setProperty("sun.net.httpserver.maxIdleConnections", "5000");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final World world;
    private final Faults faults;
    private final RestApi api;

    RestServer(World world, Faults faults, RestApi api) throws IOException {
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
        String path = exchange.getRequestURI().getRawPath();
        if (path.startsWith(FILES)) {
            file(exchange);
        } else if (path.startsWith(API + "/")) {
            api(exchange, path.substring(API.length()));
        } else {
            write(exchange, new Answer(404, notFound()));
        }
    }

    private void api(HttpExchange exchange, String path) throws IOException {
        Request request;
        try {
            request = read(exchange, path);
        } catch (JsonProcessingException broken) {
            write(exchange, new ApiError(400, 50109, "The request body contains invalid JSON.").answer());
            return;
        } catch (ApiError refused) {
            write(exchange, refused.answer());
            return;
        }
        api.arrived(request);
        Faults.Fault fault = faults.of(request);
        if (fault != null && fault.before() != null) {
            fault.before().pass();
        }
        if (fault != null && fault.droppedBefore()) {
            exchange.close();
            return;
        }
        Answer planned = fault == null ? null : fault.instead();
        Answer answer = planned == null ? api.answer(request) : planned;
        if (fault != null && fault.after() != null) {
            fault.after().pass();
        }
        if (fault != null && fault.droppedAfter()) {
            exchange.close();
            return;
        }
        write(exchange, answer);
    }

    private static JsonNode notFound() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("message", "404: Not Found")
                .put("code", 0);
    }

    private static Request read(HttpExchange exchange, String path) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        String type = headers.getOrDefault("content-type", List.of("")).getFirst();
        JsonNode body = MissingNode.getInstance();
        List<Attachment> files = new ArrayList<>();
        if (type.startsWith("multipart/form-data")) {
            for (Multipart.Part part : Multipart.parts(type, bytes)) {
                if (part.file() != null) {
                    files.add(new Attachment(0, part.file(), part.type(), part.bytes(), part.name(), null));
                } else if ("payload_json".equals(part.name())) {
                    body = JSON.readTree(part.bytes());
                }
            }
        } else if (bytes.length > 0) {
            body = JSON.readTree(bytes);
        }
        return new Request(
                exchange.getRequestMethod(),
                path,
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                body,
                files);
    }

    static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int split = pair.indexOf('=');
                String name = split < 0 ? pair : pair.substring(0, split);
                String value = split < 0 ? "" : pair.substring(split + 1);
                query.put(decode(name), decode(value));
            }
        }
        return query;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        Map<String, String> headers = new HashMap<>(Map.of(
                // without it JDA takes a 429 for Cloudflare's own
                "Via", "1.1 google",
                "X-RateLimit-Limit", "100000",
                "X-RateLimit-Remaining", "99999",
                "X-RateLimit-Reset-After", "1.000",
                "X-RateLimit-Bucket", bucket(exchange)));
        headers.putAll(answer.headers());
        double after = Double.parseDouble(Objects.requireNonNull(headers.get("X-RateLimit-Reset-After")));
        headers.put("X-RateLimit-Reset", Double.toString(System.currentTimeMillis() / 1000.0 + after));
        headers.forEach(exchange.getResponseHeaders()::set);
        JsonNode body = answer.body();
        if (body == null) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** Discord's buckets are opaque; here one is the method and the path with its ids taken out. */
    private static String bucket(HttpExchange exchange) {
        String kind =
                exchange.getRequestMethod() + exchange.getRequestURI().getPath().replaceAll("/\\d+", "/id");
        return Integer.toHexString(kind.hashCode());
    }

    private void file(HttpExchange exchange) throws IOException {
        Faults.Fault fault = faults.ofFile();
        if (fault != null && fault.before() != null) {
            fault.before().pass();
        }
        if (fault != null && fault.instead() != null) {
            write(exchange, fault.instead());
            return;
        }
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String path = exchange.getRequestURI().getPath();
        Attachment found = world.locked(() -> {
            Attachment file = world.files().get(path);
            long until = Long.parseLong(query.getOrDefault("ex", "0"), 16);
            boolean signed = file != null && file.url().endsWith(query.getOrDefault("hm", "-"));
            return signed && world.clock().instant().getEpochSecond() <= until ? file : null;
        });
        if (found == null) {
            byte[] gone = "This content is no longer available.".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, gone.length);
            exchange.getResponseBody().write(gone);
        } else {
            exchange.getResponseHeaders()
                    .set("Content-Type", Objects.requireNonNullElse(found.type(), "application/octet-stream"));
            exchange.sendResponseHeaders(200, found.bytes().length == 0 ? -1 : found.bytes().length);
            if (found.bytes().length > 0) {
                exchange.getResponseBody().write(found.bytes());
            }
        }
        exchange.close();
    }
}
