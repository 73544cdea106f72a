package loci.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.ReplyPlace;
import loci.memory.ConversationStore;
import loci.memory.OpenQuestion;
import loci.model.Cancellation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the store says is asked and delivers what it says is owed, one lane per conversation, until it is done; what fails is tried
 * again later. Thread-safe.
 */
final class Replies {

    static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final ConversationStore store;
    private final Map<String, ChatPlatform> platforms;
    private final Responder responder;
    private final Outbox outbox;
    private final Timer timer;
    private final Consumer<ConversationId> afterwards;
    private final Operators operators;
    private final Lanes lanes;
    private final Backoff<ConversationId> retries = new Backoff<>(FIRST_RETRY, LONGEST_RETRY);
    private final Map<ConversationId, Call> running = new ConcurrentHashMap<>();
    /** Answers of which something was shown and that were not delivered since. */
    private final Map<ConversationId, ReplyPlace> shown = new ConcurrentHashMap<>();

    private final Set<ConversationId> waiting = ConcurrentHashMap.newKeySet();
    /** Where the last attempt failed in our own code or in the store. */
    private final Set<ConversationId> failing = ConcurrentHashMap.newKeySet();

    private volatile boolean ending;

    /** The model call that is running for a question. */
    private record Call(OpenQuestion question, Cancellation cancellation) {}

    /**
     * @param platforms those served, by name; may grow
     * @param afterwards is told of each conversation that is owed nothing more for now
     */
    Replies(
            ConversationStore store,
            Map<String, ChatPlatform> platforms,
            Responder responder,
            Executor executor,
            Timer timer,
            Consumer<ConversationId> afterwards,
            Operators operators) {
        this.store = store;
        this.platforms = platforms;
        this.responder = responder;
        this.outbox = new Outbox(store, platforms, this::delivered, operators);
        this.timer = timer;
        this.afterwards = afterwards;
        this.operators = operators;
        this.lanes = new Lanes(executor, this::answerAndDeliver);
    }

    void wake(ConversationId conversation) {
        lanes.wake(conversation);
    }

    /**
     * Stops the call that is running for a conversation; returns false where none is, or one for another question.
     *
     * @param question whose answer is to be stopped; null where it is whatever is being answered
     */
    boolean stop(ConversationId conversation, @Nullable MessageRef question) {
        Call call = running.get(conversation);
        if (call == null
                || (question != null && !question.equals(call.question().message()))) {
            return false;
        }
        call.cancellation().cancel();
        return true;
    }

    /** Stops the call that is running for a conversation where its question is open no more. */
    void stopIfWithdrawn(ConversationId conversation) {
        Call call = running.get(conversation);
        if (call != null && !store.isOpen(conversation, call.question().exchange())) {
            call.cancellation().cancel();
        }
    }

    private void answerAndDeliver(ConversationId conversation) {
        try {
            boolean done = answerAll(conversation) && outbox.deliver(conversation);
            works(conversation);
            if (done) {
                takeBack(conversation);
                retries.succeeded(conversation);
                afterwards.accept(conversation);
            } else {
                tryAgain(conversation);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{}: answering failed; nothing is lost, and it is tried again", conversation, e);
            failing.add(conversation);
            operators.trouble(Warnings.WORK, "failing", Warnings.NOT_DONE);
            tryAgain(conversation);
        }
    }

    private void works(ConversationId conversation) {
        if (failing.remove(conversation) && failing.isEmpty()) {
            operators.over(Warnings.WORK);
        }
    }

    private boolean answerAll(ConversationId conversation) {
        ChatPlatform platform = platforms.get(conversation.platform());
        if (platform == null) {
            return true;
        }
        for (var next = store.nextQuestion(conversation);
                next.isPresent() && !ending;
                next = store.nextQuestion(conversation)) {
            if (!outbox.deliver(conversation)) {
                return false;
            }
            takeBack(conversation);
            if (!answer(conversation, next.get(), platform)) {
                return false;
            }
        }
        return true;
    }

    private boolean answer(ConversationId conversation, OpenQuestion question, ChatPlatform platform) {
        Call call = new Call(question, new Cancellation());
        running.put(conversation, call);
        if (ending) {
            call.cancellation().cancel(); // end() may have looked just before the call was put there.
        }
        try {
            return responder.answer(
                    conversation,
                    question,
                    text -> progress(platform, question.place(conversation), text),
                    call.cancellation(),
                    () -> ending);
        } finally {
            running.remove(conversation, call);
        }
    }

    /** What is shown meanwhile is a courtesy: that it cannot be shown must not cost the answer. */
    private void progress(ChatPlatform platform, ReplyPlace place, String text) {
        shown.put(place.conversation(), place);
        try {
            platform.progress(place, text);
        } catch (RuntimeException e) {
            LOG.warn("{}: the beginning of an answer could not be shown", place.conversation(), e);
        }
    }

    private void delivered(Reply reply) {
        shown.remove(reply.conversation(), reply.place());
    }

    /** What was shown of an answer that is owed no more, since its question is gone, must not stay there as if it went on. */
    private void takeBack(ConversationId conversation) {
        ReplyPlace left = ending ? null : shown.remove(conversation);
        ChatPlatform platform = platforms.get(conversation.platform());
        if (left != null && platform != null) {
            try {
                platform.withdraw(left);
            } catch (RuntimeException e) {
                LOG.warn("{}: the beginning of an answer could not be taken back", conversation, e);
            }
        }
    }

    /** One retry waits at a time: each message that arrives during an outage fails too, and must not add a retry of its own. */
    private void tryAgain(ConversationId conversation) {
        if (!ending && waiting.add(conversation)) {
            timer.after(retries.failed(conversation), () -> {
                waiting.remove(conversation);
                lanes.wake(conversation);
            });
        }
    }

    /** Waits until no lane has work, so long at most. Returns whether that came to be. What waits for a retry is not waited for. */
    boolean awaitIdle(Duration timeout) {
        return lanes.awaitIdle(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isEnding() {
        return ending;
    }

    /** Stops the calls that are running, without waiting until they have ended. */
    void end() {
        ending = true;
        running.values().forEach(call -> call.cancellation().cancel());
    }

    /** After {@link #end}: waits for the lanes, so long at most. Returns whether all ended. */
    boolean close(long timeout, TimeUnit unit) {
        return lanes.close(timeout, unit);
    }
}
