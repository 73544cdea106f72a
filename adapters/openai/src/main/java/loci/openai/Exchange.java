package loci.openai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * One running {@link OpenAiModel#ask}: its deadline, the HTTP call under way, and what the server last said.
 *
 * <p>The SDK makes its attempts on the asking thread; the interceptor, the sleeper and the name look-up find the exchange in
 * {@link #CURRENT}. {@link #end} comes from any thread; all else is the asking thread's.
 */
final class Exchange {

    /** The exchange of the asking thread. */
    static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    /** Why an exchange was ended before its time. */
    enum End {
        CANCELLED,
        EXPIRED,
        TOO_MUCH
    }

    /** Leaves the SDK, whose retries take other runtime exceptions for final. Carries no trace: it is a jump. */
    static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1;

        Left(String why) {
            super(why, null, false, false);
        }
    }

    private final long deadline;
    private final boolean rehearsal;
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private volatile @Nullable Call call;

    private int attempts;
    private boolean answering;
    private boolean begun;
    private String contentType = "";
    private Duration serverWait = Duration.ZERO;
    private @Nullable ServerError serverError;
    private @Nullable Throwable lastFailure;

    Exchange(Duration deadline, boolean rehearsal) {
        this.deadline = System.nanoTime() + deadline.toNanos();
        this.rehearsal = rehearsal;
    }

    /** Ends the exchange; only the first reason counts. */
    void end(End reason) {
        if (ended.complete(reason)) {
            Call running = call;
            if (running != null) {
                running.cancel();
            }
        }
    }

    @Nullable
    End ending() {
        return ended.getNow(null);
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** A new attempt begins. */
    void begin(Call attempt) {
        attempts++;
        answering = false;
        serverError = null;
        serverWait = Duration.ZERO;
        lastFailure = null;
        call = attempt;
        // An end between two attempts found no call, or the one before.
        if (ended.isDone()) {
            throw new Left("ended");
        }
    }

    /** The response's headers have come. */
    void answering(String type) {
        answering = true;
        contentType = type;
    }

    /** The server has taken the prompt and begins a reply, which may be billed from here on. */
    void begun() {
        begun = true;
    }

    void failed(Throwable failure) {
        lastFailure = failure;
    }

    void refused(ServerError error, Duration wait) {
        serverError = error;
        serverWait = wait;
    }

    /**
     * Waits before the next attempt for as long as the SDK wants or the server asked, whichever is longer.
     *
     * @throws Left where the exchange ends meanwhile, or the deadline would pass first
     */
    void pause(Duration wanted) {
        Duration pause = wanted.compareTo(serverWait) > 0 ? wanted : serverWait;
        if (pause.compareTo(remaining()) >= 0) {
            throw new Left("no time left for another attempt");
        }
        if (await(ended, pause)) {
            throw new Left("ended");
        }
    }

    /** Waits for something that cannot be interrupted, or for this exchange's end; true where the thing is done. */
    boolean await(CompletableFuture<?> thing, Duration atMost) {
        try {
            CompletableFuture.anyOf(thing, ended).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException notDone) {
            return thing.isDone();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            end(End.CANCELLED);
        }
        return thing.isDone();
    }

    boolean isRehearsal() {
        return rehearsal;
    }

    int attempts() {
        return attempts;
    }

    boolean isAnswering() {
        return answering;
    }

    /** Whether any attempt got as far as a reply, if only a beginning of hidden reasoning. */
    boolean hasBegun() {
        return begun;
    }

    String contentType() {
        return contentType;
    }

    @Nullable
    ServerError serverError() {
        return serverError;
    }

    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }
}
