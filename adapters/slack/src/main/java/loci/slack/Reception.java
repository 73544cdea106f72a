package loci.slack;

import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.builtin.EventRequest;
import com.slack.api.bolt.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes what Slack sends, over a socket or by signed requests, and brings it to bolt's app, events to a listener of ours; and knows why that
 * has ended for good. {@link #prepare} is called once, before {@link #open}. Thread-safe.
 */
final class Reception implements AutoCloseable {

    private static final int OK = 200;

    /** The last acknowledgements go out before the end is told of. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final SlackSettings settings;
    private final Login.Self self;
    private final Lines lines;
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final App app;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private volatile @Nullable Listener listener;
    private volatile @Nullable Socket socket;
    private volatile @Nullable SlackHttp http;
    private volatile boolean closing;
    private volatile String farewell = "";

    Reception(
            SlackSettings settings,
            Login.Self self,
            Lines lines,
            ExecutorService executor,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.settings = settings;
        this.self = self;
        this.lines = lines;
        this.executor = executor;
        this.timer = timer;
        this.clock = clock;
        this.app = made();
    }

    private App made() {
        AppConfig.AppConfigBuilder config = AppConfig.builder()
                .slack(self.slack())
                .singleTeamBotToken(settings.botToken())
                // Or bolt asks before each event who it is, and when the app is removed it is nobody.
                .authTestCacheEnabled(true)
                .authTestCacheExpirationMillis(-1)
                // What nobody here listens to is acknowledged all the same.
                .allEventsApiAutoAckEnabled(true);
        if (settings.signingSecret() != null) {
            config.signingSecret(settings.signingSecret());
        }
        return new App(config.build()).use((request, response, chain) -> {
            if (request instanceof EventRequest event && Listener.HEARD.contains(event.getEventType())) {
                hears(event.getRequestBodyAsString(), isAgain(event));
                return Response.builder().statusCode(OK).build();
            }
            return chain.next(request);
        });
    }

    /** Where commands and what is pressed can be registered. */
    App app() {
        return app;
    }

    /** Takes what Slack tells of, as {@link Listener#hears} does. */
    void hears(String body, boolean again) {
        Listener to = listener;
        if (to == null) {
            throw new IllegalStateException("nobody listens yet");
        }
        to.hears(body, again);
    }

    /** The first time Slack says nothing of a retry, or that it is number 0. */
    private static boolean isAgain(Request<?> request) {
        String number = request.getHeaders().getFirstValue("X-Slack-Retry-Num");
        return number != null && !number.equals("0");
    }

    /**
     * Makes ready to take what Slack sends.
     *
     * @param gap runs when the connection stands again after something may have been missed
     * @throws UncheckedIOException where the configured address cannot be listened on
     */
    void prepare(Listener to, Runnable gap) {
        listener = to;
        String appToken = settings.appToken();
        String url = self.socketUrl();
        SlackSettings.Http at = settings.http();
        String secret = settings.signingSecret();
        if (appToken != null && url != null) {
            Duration reconnect = settings.pace().reconnect();
            socket = new Socket(self.slack(), appToken, url, app, lines, executor, reconnect, clock, this::ends, gap);
        } else if (at != null && secret != null) {
            try {
                http = new SlackHttp(at, secret, app, lines, executor, clock);
            } catch (IOException taken) {
                throw new UncheckedIOException(taken);
            }
        }
    }

    void open() {
        Socket bySocket = socket;
        SlackHttp byRequests = http;
        if (bySocket != null) {
            bySocket.connect();
        }
        if (byRequests != null) {
            byRequests.start();
        }
    }

    /** The port on which Slack's requests are taken; 0 in Socket Mode. */
    int port() {
        SlackHttp byRequests = http;
        return byRequests == null ? 0 : byRequests.port();
    }

    /** Slack tells in two events that an app is removed; what the last one says is said. */
    void removed(String sentence) {
        farewell = sentence;
        var _ = timer.schedule(() -> ends(farewell), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ends(String sentence) {
        if (!closing) {
            end.complete(sentence);
        }
    }

    /** Waits until Slack ends the connection for good, and says why in one sentence; for ever where it is closed here. */
    String awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** From now on no end is told of. */
    void closing() {
        closing = true;
    }

    @Override
    public void close() {
        closing();
        Socket bySocket = socket;
        SlackHttp byRequests = http;
        if (bySocket != null) {
            bySocket.close();
        }
        if (byRequests != null) {
            byRequests.close();
        }
    }
}
