package loci.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.CommandAnswer.Confirmation;
import loci.chat.EventId;
import loci.chat.MessageRef;
import org.jspecify.annotations.Nullable;

/**
 * The one event whose answer is being waited for. One thread waits; any thread may settle.
 */
final class Awaited {

    private final ChatEvent event;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable Confirmation asked;

    Awaited(ChatEvent event) {
        this.event = event;
    }

    ChatEvent event() {
        return event;
    }

    boolean isQuestion(MessageRef question) {
        return event instanceof MessagePosted posted && posted.message().equals(question);
    }

    boolean isEvent(EventId id) {
        return event.event().equals(id);
    }

    /** Returns whether this is the first request to stop. */
    boolean stopOnce() {
        return stopping.compareAndSet(false, true);
    }

    /** The answer is out. */
    void settle(@Nullable Confirmation confirmation) {
        if (settled.getCount() > 0) {
            asked = confirmation;
            settled.countDown();
        }
    }

    /** Waits until it is settled; returns what may be confirmed now, if anything. */
    @Nullable
    Confirmation await() throws InterruptedException {
        settled.await();
        return asked;
    }
}
