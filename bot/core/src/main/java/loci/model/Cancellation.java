package loci.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A one-way switch by which a running model call is stopped.
 *
 * <p>Thread-safe. What is registered with {@link #onCancel} runs at most once, on the cancelling thread, or at once where the switch
 * is already thrown.
 */
public final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    public void cancel() {
        List<Runnable> toRun;
        synchronized (actions) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = List.copyOf(actions);
        }
        toRun.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        synchronized (actions) {
            return cancelled;
        }
    }

    public void onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
