package loci.openai;

import com.openai.core.Sleeper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The SDK's wait between two attempts, made to heed cancellation, the whole call's deadline, and all of a server's Retry-After. */
final class PatientSleeper implements Sleeper {

    @Override
    public void sleep(Duration duration) {
        Exchange.CURRENT.get().pause(duration);
    }

    /** Not on our path: every call is a blocking one. */
    @Override
    public CompletableFuture<Void> sleepAsync(Duration duration) {
        Executor later = CompletableFuture.delayedExecutor(duration.toNanos(), TimeUnit.NANOSECONDS);
        return CompletableFuture.runAsync(() -> {}, later);
    }

    @Override
    public void close() {}
}
