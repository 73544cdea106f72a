package loci.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks OpenAI's Chat Completions protocol, for tests: on loopback, on a free port, over a raw socket so that answers can
 * break off at any byte. It refuses malformed requests as the real API does, records the others, and answers each by the next scripted
 * behaviour, or, when none is left, by its rule.
 *
 * <p>Thread-safe. Bounded: {@value #MOST_CONNECTIONS} connections at once, the newest {@value #MOST_RECORDED} requests.
 */
public final class OpenAiServer implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_RECORDED = 10_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final ServerSocket listener;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition received = lock.newCondition();
    private final Deque<Behaviour> script = new ArrayDeque<>();
    private final Deque<ChatRequest> requests = new ArrayDeque<>();
    private Behaviour rule = Behaviours.text("ok");
    private int total;
    private volatile int window = Integer.MAX_VALUE;
    private volatile @Nullable String key;

    private OpenAiServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** Starts a server that answers "ok" to everything. */
    public static OpenAiServer start() {
        try {
            OpenAiServer server =
                    new OpenAiServer(new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("openai-server").start(server::accept);
            return server;
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    /** What to configure as the base URL. */
    public String baseUrl() {
        return "http://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort() + "/v1";
    }

    /** Answers, once the script is used up, with what the rule makes of each request. */
    public OpenAiServer answer(Function<ChatRequest, String> newRule) {
        return always(turn -> Behaviours.answer(turn, newRule.apply(turn.request())));
    }

    /** Does this with each request once the script is used up. */
    public OpenAiServer always(Behaviour behaviour) {
        locked(() -> rule = behaviour);
        return this;
    }

    /** Does these with the next requests, in order. */
    public OpenAiServer then(Behaviour... behaviours) {
        locked(() -> script.addAll(List.of(behaviours)));
        return this;
    }

    /** Refuses, as the real API does, prompts that leave no room for the reply in so many tokens. */
    public OpenAiServer contextWindow(int tokens) {
        locked(() -> window = tokens);
        return this;
    }

    /** Refuses requests without this key. */
    public OpenAiServer wantsKey(String newKey) {
        locked(() -> key = newKey);
        return this;
    }

    /** The well-formed requests so far, oldest first. */
    public List<ChatRequest> requests() {
        lock.lock();
        try {
            return new ArrayList<>(requests);
        } finally {
            lock.unlock();
        }
    }

    public ChatRequest lastRequest() {
        return requests().getLast();
    }

    /** Waits until so many requests have come in all; false where they did not in time. */
    public boolean awaitRequests(int count, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (total < count && nanos > 0) {
                nanos = received.awaitNanos(nanos);
            }
            return total >= count;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all stalled answers go on, which ends them. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException already) {
            // closed is closed
        }
    }

    void awaitRelease() throws IOException {
        await(released);
        throw new IOException("released");
    }

    void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the latch");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupt);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                if (!places.tryAcquire()) {
                    connection.close();
                    continue;
                }
                connections.add(connection);
                Thread.ofVirtual().name("openai-connection").start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            HttpWire wire = new HttpWire(connection);
            for (HttpWire.Raw raw = wire.read(); raw != null; raw = wire.read()) {
                handle(raw, wire);
            }
        } catch (IOException gone) {
            // by the client, or by a behaviour's design
        } finally {
            connections.remove(connection);
            places.release();
        }
    }

    private void handle(HttpWire.Raw raw, HttpWire wire) throws IOException {
        if (raw.path().equals("/v1/models") && raw.method().equals("GET")) {
            wire.respond(200, Map.of("Content-Type", "application/json"), "{\"object\":\"list\",\"data\":[]}");
        } else if (!raw.path().equals("/v1/chat/completions") || !raw.method().equals("POST")) {
            refuse(wire, 404, "Invalid URL (" + raw.method() + " " + raw.path() + ")", "", "");
        } else if (key != null
                && !raw.headers().getOrDefault("authorization", "").equals("Bearer " + key)) {
            refuse(wire, 401, "Incorrect API key provided.", "", "invalid_api_key");
        } else {
            complete(raw, wire);
        }
    }

    private void complete(HttpWire.Raw raw, HttpWire wire) throws IOException {
        JsonNode body;
        try {
            body = JSON.readTree(raw.body());
        } catch (JsonProcessingException malformed) {
            body = JsonNodeFactory.instance.nullNode();
        }
        Optional<RequestRules.Refusal> refusal = RequestRules.check(body);
        if (refusal.isPresent()) {
            RequestRules.Refusal said = refusal.get();
            refuse(wire, 400, said.message(), said.param(), said.code());
            return;
        }
        ChatRequest request = ChatRequest.read(body, raw.headers(), raw.body());
        Behaviour behaviour = record(request);
        Behaviour fitting = window < Integer.MAX_VALUE
                        && (long) request.promptTokens() + request.outputLimit().orElse(0) > window
                ? Behaviours.contextLengthExceeded(request.promptTokens(), window)
                : behaviour;
        fitting.act(new Behaviour.Turn(request, wire, this));
    }

    /** Records the request and takes the behaviour for it in one step, so that both are in the same order. */
    private Behaviour record(ChatRequest request) {
        lock.lock();
        try {
            requests.add(request);
            if (requests.size() > MOST_RECORDED) {
                requests.removeFirst();
            }
            total++;
            received.signalAll();
            return script.isEmpty() ? rule : script.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private static void refuse(HttpWire wire, int status, String message, String param, String code)
            throws IOException {
        String body = JsonNodeFactory.instance
                .objectNode()
                .set(
                        "error",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("message", message)
                                .put("type", "invalid_request_error")
                                .put("param", param.isEmpty() ? null : param)
                                .put("code", code.isEmpty() ? null : code))
                .toString();
        wire.respond(status, Map.of("Content-Type", "application/json", "x-request-id", "req_test"), body);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
