package loci.console;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import loci.chat.ChatEvent;
import loci.chat.Inbox;
import loci.chat.Inbox.Acceptance;

/** Hands events in, one at a time; once {@link #shut} has returned, none any more. Thread-safe. */
final class Door {

    private final ReentrantLock handing = new ReentrantLock();
    private boolean shut;

    /** Returns what became of an event; empty where it was not handed in. */
    Optional<Acceptance> hand(ChatEvent event, Inbox to) {
        handing.lock();
        try {
            return shut ? Optional.empty() : Optional.of(to.accept(event));
        } finally {
            handing.unlock();
        }
    }

    void shut() {
        handing.lock();
        try {
            shut = true;
        } finally {
            handing.unlock();
        }
    }
}
