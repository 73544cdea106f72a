package loci.discord;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.dv8tion.jda.api.exceptions.PermissionException;
import net.dv8tion.jda.api.requests.RestAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks something of Discord, either waiting for the outcome, which is a value, or not caring much. Stateless. */
final class Rest {

    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);

    private Rest() {}

    /** What came of it. */
    sealed interface Tried<T> {}

    record Done<T>(T value) implements Tried<T> {}

    record Failed<T>(Throwable cause) implements Tried<T> {}

    /** Asks and waits. The action is made in here, since JDA refuses to make one for which it knows a permission to be missing. */
    static <T> Tried<T> tried(Duration patience, Supplier<? extends RestAction<T>> action) {
        CompletableFuture<T> asked;
        try {
            asked = action.get().submit();
        } catch (PermissionException missing) {
            return new Failed<>(missing);
        } catch (CancellationException | RejectedExecutionException closed) {
            return new Failed<>(closed);
        }
        return tried(patience, asked);
    }

    /** Waits for what was asked before. */
    static <T> Tried<T> tried(Duration patience, CompletableFuture<T> asked) {
        try {
            return new Done<>(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            return new Failed<>(Failures.cause(failed));
        } catch (TimeoutException late) {
            asked.cancel(true);
            return new Failed<>(late);
        } catch (CancellationException closed) {
            return new Failed<>(closed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Failed<>(stop);
        }
    }

    /** Asks and does not wait; that it fails is worth a line for whoever looks closely. */
    static <T> void courtesy(String what, Supplier<? extends RestAction<T>> action) {
        courtesy(what, action, failure -> {});
    }

    static <T> void courtesy(String what, Supplier<? extends RestAction<T>> action, Consumer<Throwable> onFailure) {
        Consumer<Throwable> failed = failure -> {
            LOG.debug("{} failed: {}", what, failure.toString());
            onFailure.accept(failure);
        };
        try {
            action.get().queue(done -> {}, failed);
        } catch (PermissionException | CancellationException | RejectedExecutionException refused) {
            failed.accept(refused);
        }
    }
}
