package loci.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import loci.chat.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks something of Slack and waits for the outcome, which is a value. What Slack said is too much is not asked again before the time that it
 * named, and where very many ask at once, they wait for each other; what a person waits for does not wait behind the rest. Thread-safe.
 */
final class Web {

    private static final Logger LOG = LoggerFactory.getLogger(Web.class);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);
    private static final int TOO_MANY = 429;

    /** Each call has a connection to itself while it lasts, and a process may have no more than some hundred. */
    static final int MOST_AT_ONCE = 100;

    /** Besides these, for what a person waits for: a form is shown within three seconds or not at all. */
    static final int MOST_AWAITED = 30;

    /** Slack may have done a part of what it answers so (<a href="https://docs.slack.dev/reference/methods/chat.postMessage">errors</a>). */
    private static final Set<String> UNCERTAIN =
            Set.of("internal_error", "fatal_error", "request_timeout", "service_unavailable", "accesslimited");

    private final MethodsClient client;
    private final LongSupplier nanos;
    private final Map<String, Long> closedUntil;
    private final Semaphore calls;

    /** What came of it. */
    sealed interface Tried<T> {}

    record Done<T>(T value) implements Tried<T> {}

    /**
     * Slack does not do it.
     *
     * @param error Slack's word for why
     * @param needed the scope that is missing, if that is why
     */
    record Refused<T>(String error, @Nullable String needed) implements Tried<T> {}

    /**
     * It is too much at the moment.
     *
     * @param sent whether Slack was asked now and said so; it was not where it had said so before
     */
    record Limited<T>(Duration pause, boolean sent) implements Tried<T> {}

    /**
     * Slack did not say what came of it.
     *
     * @param sent whether it may have been done
     */
    record Unknown<T>(String why, boolean sent) implements Tried<T> {}

    /** A call of one method. */
    @FunctionalInterface
    interface Asking<T> {
        T ask(MethodsClient client) throws IOException, SlackApiException;
    }

    Web(MethodsClient client, LongSupplier nanos) {
        this(client, nanos, new ConcurrentHashMap<>(), MOST_AT_ONCE);
    }

    private Web(MethodsClient client, LongSupplier nanos, Map<String, Long> closedUntil, int mostAtOnce) {
        this.client = client;
        this.nanos = nanos;
        this.closedUntil = closedUntil;
        this.calls = new Semaphore(mostAtOnce, true);
    }

    /** For what a person waits for: Slack's limits are the same, but only what is asked by way of this waits for each other. */
    Web awaited() {
        return new Web(client, nanos, closedUntil, MOST_AWAITED);
    }

    MethodsClient client() {
        return client;
    }

    /** @param limited what a limit is of: the method, with its channel where Slack counts by channel */
    <T extends SlackApiTextResponse> Tried<T> tried(String limited, Asking<T> asking) {
        Duration closed = closed(limited);
        if (closed.isPositive()) {
            return new Limited<>(closed, false);
        }
        try {
            calls.acquire();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Unknown<>("interrupted", false);
        }
        try {
            return inTurn(limited, asking);
        } finally {
            // Not before a limit is known: whoever is next looks whether there is one.
            calls.release();
        }
    }

    private <T extends SlackApiTextResponse> Tried<T> inTurn(String limited, Asking<T> asking) {
        Duration closed = closed(limited);
        if (closed.isPositive()) {
            return new Limited<>(closed, false);
        }
        try {
            T answer = asking.ask(client);
            return answer.isOk() ? new Done<>(answer) : refused(limited, answer);
        } catch (SlackApiException failed) {
            int code = failed.getResponse().code();
            if (code == TOO_MANY) {
                return limited(limited, seconds(failed.getResponse().header("Retry-After")));
            }
            return new Unknown<>("HTTP status " + code, true);
        } catch (ConnectException | UnknownHostException notReached) {
            return new Unknown<>(notReached.getClass().getSimpleName(), false);
        } catch (IOException | RuntimeException failed) {
            // The text of an exception may quote what was answered; its name says enough.
            return new Unknown<>(failed.getClass().getSimpleName(), true);
        }
    }

    /** Asks for what is not needed; that it fails is worth a line for whoever looks closely. */
    <T extends SlackApiTextResponse> boolean courtesy(String limited, Asking<T> asking) {
        Tried<T> tried = tried(limited, asking);
        if (tried instanceof Done<T>) {
            return true;
        }
        LOG.debug("{} failed: {}", limited, tried);
        return false;
    }

    private <T extends SlackApiTextResponse> Tried<T> refused(String limited, T answer) {
        String error = answer.getError() == null ? "an unknown error" : answer.getError();
        if (error.equals("ratelimited") || error.equals("rate_limited")) {
            return limited(limited, USUAL_WAIT);
        }
        return UNCERTAIN.contains(error) ? new Unknown<>(error, true) : new Refused<>(error, answer.getNeeded());
    }

    private <T> Limited<T> limited(String limited, Duration wait) {
        closedUntil.put(limited, nanos.getAsLong() + wait.toNanos());
        return new Limited<>(wait, true);
    }

    private Duration closed(String limited) {
        Long until = closedUntil.get(limited);
        if (until == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.ofNanos(until - nanos.getAsLong());
        if (!left.isPositive()) {
            closedUntil.remove(limited, until);
        }
        return left;
    }

    private static Duration seconds(@Nullable String header) {
        try {
            return header == null ? USUAL_WAIT : Duration.ofSeconds(Math.max(1, Long.parseLong(header.strip())));
        } catch (NumberFormatException notANumber) {
            return USUAL_WAIT;
        }
    }

    /** What a failed call is to a delivery: never, where a person has to change something first. */
    static Delivery delivery(Tried<?> failed) {
        return switch (failed) {
            case Refused<?>(String error, String needed) -> Errors.delivery(error, needed);
            case Limited<?>(Duration wait, boolean _) ->
                new Delivery.TryLater("Slack asks to wait for " + (wait.toSeconds() + 1) + " seconds");
            case Unknown<?>(String why, boolean _) -> new Delivery.TryLater("Slack did not answer: " + why);
            case Done<?> _ -> throw new IllegalArgumentException("it did not fail");
        };
    }
}
