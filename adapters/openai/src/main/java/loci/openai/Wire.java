package loci.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;

/**
 * Sits between the SDK and the network, once for each attempt: makes calls stoppable, tells the SDK which refusals are final, and bounds
 * what a server can send. Thread-safe.
 */
final class Wire implements Interceptor {

    /** Stainless clients, the SDK's generator, obey this header over their own rules. */
    private static final String SHOULD_RETRY = "X-Should-Retry";

    private static final int LONGEST_ERROR = 64 << 10;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final MediaType EVENT_STREAM = MediaType.get("text/event-stream");

    /** Read once, since parsing the platform's trusted certificates takes tens of milliseconds. */
    private static final OkHttpClient TLS = new OkHttpClient();

    private final Limits limits;

    Wire(Limits limits) {
        this.limits = limits;
    }

    /** The HTTP client for a model. It follows no redirect: prompt and key go to the configured address and nowhere else. */
    static OkHttpClient client(OpenAiSettings settings) {
        return TLS.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(32, 5, TimeUnit.MINUTES))
                .dispatcher(new Dispatcher())
                .dns(host -> lookUp(host, settings.connectTimeout()))
                .build();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Exchange exchange = Exchange.CURRENT.get();
        exchange.begin(chain.call());
        if (exchange.isRehearsal()) {
            return rehearsed(chain);
        }
        Response response;
        try {
            response = chain.proceed(chain.request());
        } catch (IOException failure) {
            exchange.failed(failure);
            throw failure;
        }
        String type = response.header("Content-Type", "");
        exchange.answering(type == null ? "" : type);
        ResponseBody body = response.body();
        Response bounded = response.newBuilder()
                .body(ResponseBody.create(
                        Okio.buffer(new BoundedSource(body.source(), limits, exchange)),
                        body.contentType(),
                        body.contentLength()))
                .build();
        return response.isSuccessful() ? withHiddenErrorRead(bounded, exchange) : refusal(bounded, exchange);
    }

    /** Some servers behind gateways answer 200 and put an error object where the stream should be. */
    private static Response withHiddenErrorRead(Response response, Exchange exchange) throws IOException {
        if (exchange.contentType().startsWith("application/json")) {
            String body = peek(response);
            if (body.contains("\"error\"")) {
                exchange.refused(ServerError.read(200, body, response.header("x-request-id")), Duration.ZERO);
                return response;
            }
        }
        exchange.begun();
        return response;
    }

    private static Response refusal(Response response, Exchange exchange) {
        String body;
        try {
            body = peek(response);
        } catch (IOException brokenOff) {
            body = "";
        }
        ServerError error = ServerError.read(response.code(), body, response.header("x-request-id"));
        exchange.refused(error, askedWait(response));
        return error.isFinal()
                ? response.newBuilder().header(SHOULD_RETRY, "false").build()
                : response;
    }

    private static String peek(Response response) throws IOException {
        return response.peekBody(LONGEST_ERROR).string();
    }

    /** Retry-After in seconds; the SDK reads the other forms, but never waits longer than 8 s, which some servers punish. */
    private static Duration askedWait(Response response) {
        String header = response.header("Retry-After");
        if (header == null || !header.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(header));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** Java cannot interrupt a name look-up: it is left behind on a thread of its own where it takes too long. */
    private static List<InetAddress> lookUp(String host, Duration atMost) throws UnknownHostException {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                found.complete(Dns.SYSTEM.lookup(host));
            } catch (UnknownHostException | RuntimeException unknown) {
                found.completeExceptionally(unknown);
            }
        });
        Exchange exchange = Exchange.CURRENT.isBound() ? Exchange.CURRENT.get() : new Exchange(atMost, false);
        if (!exchange.await(found, atMost) || found.isCompletedExceptionally()) {
            throw new UnknownHostException("the name was not found");
        }
        return found.join();
    }

    /** What {@link OpenAiModel#warmUp} gets instead of an answer from the network. */
    private static Response rehearsed(Chain chain) {
        String stream = """
            data: {"id":"r","object":"chat.completion.chunk","created":0,"model":"r","choices":[{"index":0,\
            "delta":{"role":"assistant","content":"ready"},"finish_reason":null}],"usage":null}

            data: {"id":"r","object":"chat.completion.chunk","created":0,"model":"r","choices":[{"index":0,\
            "delta":{},"finish_reason":"stop"}]}

            data: {"id":"r","object":"chat.completion.chunk","created":0,"model":"r","choices":[],\
            "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}

            data: [DONE]

            """;
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(stream.getBytes(StandardCharsets.UTF_8), EVENT_STREAM))
                .build();
    }
}
