package loci.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import loci.chat.ConversationId;

/**
 * One lane of work per conversation: on a lane one piece of work runs at a time, and lanes never wait for each other.
 *
 * <p>A lane holds no queue. To wake it means "look again at what the store says is to be done"; waking it any number of times while it
 * works makes it look once more. A lane without work does not exist. Thread-safe.
 */
final class Lanes {

    private final Executor executor;
    private final Consumer<ConversationId> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<ConversationId, Boolean> lookAgain = new HashMap<>();
    private boolean closed;

    /** @param work looks at a conversation and does all there is to do; a lane whose work throws can be woken again */
    Lanes(Executor executor, Consumer<ConversationId> work) {
        this.executor = executor;
        this.work = work;
    }

    void wake(ConversationId conversation) {
        lock.lock();
        try {
            if (closed || lookAgain.put(conversation, true) != null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(() -> run(conversation));
        } catch (RuntimeException | Error e) {
            leave(conversation);
            throw e;
        }
    }

    private void run(ConversationId conversation) {
        try {
            while (goesOn(conversation)) {
                work.accept(conversation);
            }
        } catch (RuntimeException | Error e) {
            leave(conversation); // Else the lane would count as working for ever, and nobody could wake it.
            throw e;
        }
    }

    private void leave(ConversationId conversation) {
        lock.lock();
        try {
            lookAgain.remove(conversation);
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean goesOn(ConversationId conversation) {
        lock.lock();
        try {
            if (!closed && Boolean.TRUE.equals(lookAgain.get(conversation))) {
                lookAgain.put(conversation, false);
                return true;
            }
            lookAgain.remove(conversation);
            idle.signalAll();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets running work end, takes no more, and waits for it so long at most. Returns whether all ended. */
    boolean close(long timeout, TimeUnit unit) {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        return awaitIdle(timeout, unit);
    }

    /** Waits until no lane has work, so long at most. Returns whether that came to be. */
    boolean awaitIdle(long timeout, TimeUnit unit) {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            while (!lookAgain.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
