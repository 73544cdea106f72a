package loci.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import com.openai.core.Timeout;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A model behind the OpenAI Chat Completions protocol, asked by the official client with streaming.
 *
 * <p>Thread-safe; hundreds of calls may run at once. Retries are the SDK's own (408, 409, 429, 5xx, broken connections, never once text has
 * arrived), except that refusals which can only repeat themselves are not repeated. The deadline of {@link OpenAiSettings} bounds a call
 * with all its retries. A request form that the server does not take is adapted once and remembered, see {@link RequestForm}.
 *
 * <p>Reasoning is dropped: separate fields are never read, and a leading {@code <think>} block in the content is cut out, see
 * {@link ThoughtFilter}. Where only the end of a reply shows that its beginning was reasoning, {@code onText} has had it and the outcome has not.
 */
public final class OpenAiModel implements LanguageModel {

    private static final int MAX_ADAPTATIONS = 3;

    /** One thread, doing next to nothing, keeps the deadlines of all calls of all models. */
    private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();

    private final ModelProfile profile;
    private final OpenAiSettings settings;
    private final Limits limits;
    private final Failures failures;
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private final Lazy<Client> client;
    private volatile RequestForm form;
    private volatile boolean closed;

    /** The SDK's client and the HTTP client beneath it, which the SDK borrows and does not close. */
    private record Client(OpenAIClient sdk, OkHttpClient http) {}

    /** Cheap: the client, a second's worth of class loading, is made by {@link #warmUp} or the first call. */
    public OpenAiModel(ModelProfile profile, OpenAiSettings settings) {
        this(profile, settings, Limits.DEFAULT);
    }

    OpenAiModel(ModelProfile profile, OpenAiSettings settings, Limits limits) {
        this.profile = profile;
        this.settings = settings;
        this.limits = limits;
        this.client = new Lazy<>(() -> {
            OkHttpClient http = Wire.client(settings);
            return new Client(client(settings, http, new Wire(limits)), http);
        });
        this.failures = new Failures(settings);
        this.form = RequestForm.first(profile);
    }

    /** The profile given, made stricter where the server has refused a prompt's roles. */
    @Override
    public ModelProfile profile() {
        return form.learned(profile);
    }

    @Override
    public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
        Exchange exchange = new Exchange(settings.deadline(), false);
        running.add(exchange);
        Future<?> expiry = WATCHDOG.schedule(
                () -> exchange.end(Exchange.End.EXPIRED), settings.deadline().toNanos(), TimeUnit.NANOSECONDS);
        try {
            cancellation.onCancel(() -> exchange.end(Exchange.End.CANCELLED));
            if (closed) {
                exchange.end(Exchange.End.CANCELLED);
            }
            return ScopedValue.where(Exchange.CURRENT, exchange).call(() -> asked(prompt, onText, exchange));
        } finally {
            expiry.cancel(false);
            running.remove(exchange);
        }
    }

    /** The first one and the SDK's retries; a request whose form was refused was not read. */
    @Override
    public int mostAttempts() {
        return settings.maxRetries() + 1;
    }

    /**
     * Goes through a whole call with everything real but the network: the interceptor answers. This loads and initialises the JSON machinery
     * and the HTTP client, which is what a first call spends its seconds on; no connection is opened and nothing leaves the process.
     */
    @Override
    public void warmUp() {
        Prompt prompt = new Prompt(List.of(PromptMessage.user("ready?")), 1, Prompt.Purpose.REPLY);
        Exchange exchange = new Exchange(Duration.ofMinutes(1), true);
        ScopedValue.where(Exchange.CURRENT, exchange).run(() -> attempt(prompt, piece -> {}, exchange, form));
    }

    /** Stops the calls under way; later ones are stopped at once. */
    @Override
    public void close() {
        closed = true;
        running.forEach(exchange -> exchange.end(Exchange.End.CANCELLED));
        client.ifMade(made -> {
            made.sdk().close();
            made.http().connectionPool().evictAll();
            made.http().dispatcher().executorService().shutdown();
        });
    }

    /** The model's name; never the settings. */
    @Override
    public String toString() {
        return "OpenAiModel[" + profile.name() + "]";
    }

    private ModelOutcome asked(Prompt prompt, Consumer<String> onText, Exchange exchange) {
        for (int adaptations = 0; ; adaptations++) {
            RequestForm tried = form;
            ModelOutcome outcome = attempt(prompt, onText, exchange, tried);
            ServerError error = exchange.serverError();
            Optional<RequestForm> next = outcome instanceof ModelOutcome.Unavailable failed
                            && failed.partialText().isEmpty()
                            && error != null
                    ? tried.after(error)
                    : Optional.empty();
            if (next.isEmpty() || adaptations == MAX_ADAPTATIONS) {
                return outcome;
            }
            form = next.get();
        }
    }

    private ModelOutcome attempt(Prompt prompt, Consumer<String> onText, Exchange exchange, RequestForm tried) {
        Optional<ModelOutcome> already = failures.ended(exchange, "");
        if (already.isPresent()) {
            return already.get();
        }
        ChatCompletionCreateParams request = ChatRequests.of(prompt, profile, tried, settings.temperature());
        Listener listener = new Listener(onText);
        ReplyStream reply = new ReplyStream(limits.replyChars(), listener);
        try {
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.get().sdk().chat().completions().createStreaming(request)) {
                read(stream, reply, exchange);
            }
            return finished(reply, exchange);
        } catch (RuntimeException failure) {
            listener.rethrow();
            if (Thread.currentThread().isInterrupted()) {
                exchange.end(Exchange.End.CANCELLED);
            }
            return reply.isFinished() && exchange.ending() == null
                    ? finished(reply, exchange)
                    : failures.of(failure, exchange, reply);
        }
    }

    private static void read(StreamResponse<ChatCompletionChunk> stream, ReplyStream reply, Exchange exchange) {
        Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
        while (exchange.ending() == null && chunks.hasNext()) {
            if (!reply.take(chunks.next())) {
                exchange.end(Exchange.End.TOO_MUCH);
            }
        }
        if (exchange.ending() == null) {
            reply.end();
        }
    }

    private ModelOutcome finished(ReplyStream reply, Exchange exchange) {
        if (!reply.isFinished() || exchange.ending() != null) {
            return failures.unfinished(exchange, reply);
        }
        return reply.outcome().orElseGet(() -> failures.unfinished(exchange, reply));
    }

    private static OpenAIClient client(OpenAiSettings settings, OkHttpClient http, Wire wire) {
        OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder()
                .okHttpClient(http)
                .addInterceptor(wire)
                .sleeper(new PatientSleeper())
                .maxRetries(settings.maxRetries())
                // Its log prints prompts, and an environment variable could turn it on.
                .logLevel(LogLevel.OFF)
                .disableTelemetry(true)
                .baseUrl(settings.baseUrl())
                .organization(settings.organisation())
                .project(settings.project())
                // Zero is no limit for the whole attempt: the watchdog keeps the deadline, over all attempts.
                .timeout(Timeout.builder()
                        .connect(settings.connectTimeout())
                        .read(settings.readTimeout())
                        .write(settings.readTimeout())
                        .request(Duration.ZERO)
                        .build());
        String key = settings.apiKey();
        if (key == null) {
            // The SDK insists on a credential, but sends none under a header that was removed.
            builder.apiKey("").removeHeaders("Authorization");
        } else {
            builder.apiKey(key);
        }
        return builder.build();
    }

    private static ScheduledThreadPoolExecutor watchdog() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("model-deadlines").factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Tells the listener's own failures, which are the caller's, from the server's. */
    private static final class Listener implements Consumer<String> {
        private final Consumer<String> onText;
        private @Nullable RuntimeException failure;

        Listener(Consumer<String> onText) {
            this.onText = onText;
        }

        void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void accept(String piece) {
            try {
                onText.accept(piece);
            } catch (RuntimeException broken) {
                failure = broken;
                throw broken;
            }
        }
    }
}
