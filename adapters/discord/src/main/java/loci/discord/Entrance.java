package loci.discord;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events in, in the order in which they came; those that come before there is an inbox wait for it, and with them the gateway's
 * thread. Discord never sends an event twice: what could not be stored of an edit or a deletion is handed in again until it is, since what
 * people take back must not stay. Of one message only the newest waits for that, so that nothing overtakes it. Thread-safe.
 */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final CompletableFuture<Inbox> inbox = new CompletableFuture<>();
    private final ScheduledExecutorService timer;
    /** What is to be handed in again, by what it is about. Whoever hands in an edit or a deletion holds its lock meanwhile. */
    private final Map<Subject, Waiting> waiting = new HashMap<>();

    private volatile boolean closed;

    /** What changes: a message as one conversation knows it, or a place. */
    private record Subject(ConversationId conversation, String id) {

        static @Nullable Subject of(ChatEvent event) {
            return switch (event) {
                case MessageEdited edited ->
                    new Subject(edited.conversation(), edited.message().id());
                case MessageDeleted deleted ->
                    new Subject(deleted.conversation(), deleted.message().id());
                case PlaceGone gone ->
                    new Subject(gone.conversation(), gone.event().id());
                default -> null;
            };
        }
    }

    /** One of these waits once, whatever else there is about the same subject. */
    private static final class Waiting {
        private final ChatEvent event;

        Waiting(ChatEvent event) {
            this.event = event;
        }

        /** Whether an event that came later is older all the same: it was looked up before. */
        boolean isNewerThan(ChatEvent other) {
            return event instanceof MessageDeleted
                    ? other instanceof MessageEdited
                    : event.at().isAfter(other.at()) && other instanceof MessageEdited;
        }
    }

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

    /** Whether what is not said to the bot is listened to there. */
    boolean hearsAll(ConversationId conversation) {
        return inbox.join().hearsAll(conversation);
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
            Inbox to = inbox.join();
            Subject subject = Subject.of(event);
            return Optional.of(subject == null ? how.apply(to) : change(subject, event, to));
        } catch (CancellationException neverOpened) {
            return Optional.empty();
        } catch (RuntimeException | Error notStored) {
            LOG.error("{}: an event could not be stored", event.conversation(), notStored);
            return Optional.empty();
        }
    }

    private Acceptance change(Subject subject, ChatEvent event, Inbox to) {
        synchronized (waiting) {
            Waiting before = waiting.get(subject);
            if (before != null && before.isNewerThan(event)) {
                return Acceptance.IGNORED;
            }
            Waiting own = new Waiting(event);
            waiting.put(subject, own);
            try {
                Acceptance taken = to.accept(event);
                waiting.remove(subject);
                return taken;
            } catch (RuntimeException | Error notStored) {
                again(subject, own, FIRST_RETRY);
                throw notStored;
            }
        }
    }

    /** Every conversation of a server's of which something is remembered. */
    List<ConversationId> conversations(String guild) {
        return inbox.join().conversations(DiscordEvents.PLATFORM).stream()
                .filter(conversation -> conversation.space().equals(guild))
                .toList();
    }

    /** Does what needs the store, and does it again until it succeeds. */
    void untilDone(String what, Runnable action) {
        untilDone(what, action, FIRST_RETRY);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It only tries again.
    private void untilDone(String what, Runnable action, Duration delay) {
        if (closed) {
            return;
        }
        try {
            action.run();
        } catch (CancellationException neverOpened) {
            LOG.debug("{} is not done: this is the end", what);
        } catch (RuntimeException | Error notYet) {
            LOG.warn("{} is not done yet: {}", what, notYet.toString());
            if (!timer.isShutdown()) {
                timer.schedule(() -> untilDone(what, action, longer(delay)), delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Duration longer(Duration delay) {
        Duration doubled = delay.multipliedBy(2);
        return doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It only tries again.
    private void again(Subject subject, Waiting own, Duration delay) {
        if (!closed && !timer.isShutdown()) {
            timer.schedule(() -> tryAgain(subject, own, delay), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tryAgain(Subject subject, Waiting own, Duration delay) {
        synchronized (waiting) {
            if (closed || waiting.get(subject) != own) {
                return; // What came later was stored, or waits in its place.
            }
            try {
                inbox.join().accept(own.event);
                waiting.remove(subject);
            } catch (RuntimeException | Error stillNot) {
                LOG.warn(
                        "{}: an edit or deletion is still not stored: {}", subject.conversation(), stillNot.toString());
                again(subject, own, longer(delay));
            }
        }
    }
}
