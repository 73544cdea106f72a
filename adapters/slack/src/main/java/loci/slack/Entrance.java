package loci.slack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.CommandAnswer.Basis;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.chat.Inbox.Acceptance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events in. What could not be stored is not acknowledged, and Slack sends it a few times more; an edit or a deletion is handed in
 * again by ourselves too until it is stored, since what people take back must not stay. What is older than what was handed in of the same
 * message is left out, so that nothing which comes again overwrites what came after it. Thread-safe.
 */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final int MOST = 10_000;

    private final ScheduledExecutorService timer;
    private final Executor executor;
    /** What is changed of one message is handed in one after the other, and waits for no other message. */
    private final Turns turns = new Turns();
    /** The last change of a message that was stored, by the conversation and the message. */
    private final Recent<String, ChatEvent> changed = new Recent<>(MOST);

    /** Where an edit or a deletion is not stored yet, by the event and the conversation. */
    private final Map<String, ConversationId> underWay = new ConcurrentHashMap<>();

    private volatile @Nullable Inbox inbox;
    private volatile boolean closed;

    /** @param executor for what waits */
    Entrance(ScheduledExecutorService timer, Executor executor) {
        this.timer = timer;
        this.executor = executor;
    }

    void open(Inbox to) {
        inbox = to;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** The inbox; to be asked for only once it is open. */
    Inbox inbox() {
        Inbox to = inbox;
        if (to == null || closed) {
            throw new IllegalStateException("nothing is taken at the moment");
        }
        return to;
    }

    /** The conversation that a thread of a channel belongs to at the moment. */
    ConversationId inThread(ConversationId channel, String thread) {
        return inbox().inThread(channel, thread);
    }

    /** Whether what is not said to the bot is listened to there. */
    boolean hearsAll(ConversationId conversation) {
        return inbox().hearsAll(conversation);
    }

    /** @throws RuntimeException if it was not stored; then it is not to be acknowledged */
    Acceptance hand(ChatEvent event) {
        return switch (event) {
            case MessageEdited edited ->
                change(key(edited.conversation(), edited.message().id()), edited);
            case MessageDeleted deleted ->
                change(key(deleted.conversation(), deleted.message().id()), deleted);
            case ChatEvent.PlaceGone gone -> change(gone.conversation() + " " + gone.event(), gone);
            default -> inbox().accept(event);
        };
    }

    /**
     * Hands in all of them, whatever becomes of each.
     *
     * @throws IllegalStateException if one was not stored; then what they tell is not to be acknowledged
     */
    void handAll(List<? extends ChatEvent> events) {
        RuntimeException failure = null;
        for (ChatEvent event : events) {
            try {
                hand(event);
            } catch (RuntimeException | Error notStored) {
                if (failure == null) {
                    failure = new IllegalStateException("not all of it could be stored", notStored);
                } else {
                    failure.addSuppressed(notStored);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Hands in what is too old to be answered. */
    Acceptance handLate(MessagePosted posted) {
        return inbox().remember(posted);
    }

    /** Every conversation of a channel's of which something is remembered. */
    List<ConversationId> conversations() {
        return inbox().conversations(SlackEvents.PLATFORM);
    }

    private static String key(ConversationId conversation, String message) {
        return conversation + " " + message;
    }

    /**
     * Returns whether all that an answer was made from is still remembered, and nothing of it is being changed or taken back.
     *
     * @throws RuntimeException if that cannot be known at the moment
     */
    boolean stands(Basis madeFrom) {
        String channel = madeFrom.conversation().channel();
        return underWay.values().stream()
                        .noneMatch(changing -> changing.channel().equals(channel))
                && inbox().stands(madeFrom);
    }

    private Acceptance change(String subject, ChatEvent event) {
        underWay.put(key(event.conversation(), event.event().id()), event.conversation());
        try {
            return changeNow(subject, event);
        } catch (RuntimeException | Error notStored) {
            again(subject, event, FIRST_RETRY);
            throw notStored;
        }
    }

    private Acceptance changeNow(String subject, ChatEvent event) {
        return turns.take(subject, () -> changeInTurn(subject, event));
    }

    private Acceptance changeInTurn(String subject, ChatEvent event) {
        ChatEvent before = changed.get(subject);
        boolean late = event instanceof MessageEdited
                && before != null
                && (before instanceof MessageDeleted || before.at().isAfter(event.at()));
        Acceptance taken = late ? Acceptance.IGNORED : inbox().accept(event);
        if (!late) {
            changed.put(subject, event);
        }
        underWay.remove(key(event.conversation(), event.event().id()));
        return taken;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It only tries again.
    private void again(String subject, ChatEvent event, Duration delay) {
        if (!closed && !timer.isShutdown()) {
            // Not on the timer's own thread: others wait for that.
            Runnable attempt = () -> tryAgain(subject, event, delay);
            timer.schedule(() -> executor.execute(attempt), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tryAgain(String subject, ChatEvent event, Duration delay) {
        if (closed) {
            return;
        }
        try {
            changeNow(subject, event);
        } catch (RuntimeException | Error stillNot) {
            LOG.warn("{}: an edit or deletion is still not stored: {}", event.conversation(), stillNot.toString());
            Duration doubled = delay.multipliedBy(2);
            again(subject, event, doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY);
        }
    }
}
