package loci.engine;

import java.time.Duration;

/** Runs something later; the one way in which the engine waits. */
@FunctionalInterface
public interface Timer {

    /** Runs the action once, not before the delay has passed, on some other thread. Lost when the process ends. */
    void after(Duration delay, Runnable action);
}
