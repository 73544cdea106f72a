package loci.discord;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.PlaceGone;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.chat.Inbox.Acceptance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events in, in the order in which they came; those that come before there is an inbox wait for it, and with them the gateway's
 * thread. Discord never sends an event twice: what could not be stored of an edit or a deletion is handed in again until it is, since what
 * people take back must not stay. Thread-safe.
 */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final CompletableFuture<Inbox> inbox = new CompletableFuture<>();
    private final ScheduledExecutorService timer;
    private volatile boolean closed;

    Entrance(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    void open(Inbox to) {
        inbox.complete(to);
    }

    void close() {
        closed = true;
        inbox.cancel(false);
    }

    /** The conversation that a thread of a channel belongs to at the moment. */
    ConversationId inThread(ConversationId channel, String thread) {
        return inbox.join().inThread(channel, thread);
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns what became of it; empty where it could not be stored, or nothing is taken any more. */
    Optional<Acceptance> hand(ChatEvent event) {
        return hand(event, to -> to.accept(event));
    }

    /** Hands in what is too old to be answered. */
    Optional<Acceptance> handLate(MessagePosted posted) {
        return hand(posted, to -> to.remember(posted));
    }

    private Optional<Acceptance> hand(ChatEvent event, Function<Inbox, Acceptance> how) {
        if (closed) {
            return Optional.empty();
        }
        try {
            return Optional.of(how.apply(inbox.join()));
        } catch (CancellationException neverOpened) {
            return Optional.empty();
        } catch (RuntimeException notStored) {
            LOG.error("{}: an event could not be stored", event.conversation(), notStored);
            if (event instanceof MessageDeleted || event instanceof MessageEdited || event instanceof PlaceGone) {
                again(event, FIRST_RETRY);
            }
            return Optional.empty();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It only tries again.
    private void again(ChatEvent event, Duration delay) {
        if (closed || timer.isShutdown()) {
            return;
        }
        timer.schedule(
                () -> {
                    try {
                        inbox.join().accept(event);
                    } catch (RuntimeException stillNot) {
                        LOG.warn(
                                "{}: an edit or deletion is still not stored: {}",
                                event.conversation(),
                                stillNot.toString());
                        Duration doubled = delay.multipliedBy(2);
                        again(event, doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY);
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
