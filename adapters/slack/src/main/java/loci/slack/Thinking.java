package loci.slack;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import loci.chat.ConversationId;
import loci.chat.MessageRef;

/**
 * Shows that an answer is being thought about, from when a question was taken until its answer appears, but not for ever: by the status of
 * the thread that the answer goes to, and where it goes to none by a sign at the question. A question is expected before it is handed in,
 * since its answer may be there before that returns. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/assistant.threads.setStatus">assistant.threads.setStatus</a>
 */
final class Thinking {

    private static final String STATUS = "is thinking…";
    private static final String SIGN = "eyes";
    private static final int MOST_TIMES = 10;
    private static final int MOST_AT_ONCE = 10_000;

    private final Web web;
    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final Duration interval;
    private final boolean inThread;
    private final Recent<MessageRef, Expected> expected = new Recent<>(MOST_AT_ONCE);

    /** One expectation; another of the same question is another one. Guarded by itself, so that what is shown and what is not stay in order. */
    private static final class Expected {
        private volatile boolean over;
        private boolean signed;
    }

    /** @param inThread whether answers to what stands in a channel open threads */
    Thinking(Web web, ScheduledExecutorService timer, Executor executor, Duration interval, boolean inThread) {
        this.web = web;
        this.timer = timer;
        this.executor = executor;
        this.interval = interval;
        this.inThread = inThread;
    }

    void expect(MessageRef question) {
        expected.put(question, new Expected());
    }

    void start(ConversationId conversation, MessageRef question) {
        Expected answer = expected.get(question);
        if (answer != null) {
            Target target = Target.of(conversation, question, inThread);
            executor.execute(() -> show(target, answer, MOST_TIMES));
        }
    }

    /** Something of the answer is there, or there will be none. */
    void stop(ConversationId conversation, MessageRef question) {
        Expected answer = expected.remove(question);
        if (answer != null) {
            answer.over = true;
            Target target = Target.of(conversation, question, inThread);
            executor.execute(() -> hide(target, answer));
        }
    }

    private void show(Target target, Expected answer, int times) {
        synchronized (answer) {
            if (answer.over || times == 0) {
                return;
            }
            answer.signed |= target.thread() == null
                    ? web.courtesy(
                            "reactions.add",
                            client -> client.reactionsAdd(request -> request.channel(target.channel())
                                    .timestamp(target.question())
                                    .name(SIGN)))
                    : status(target, STATUS);
        }
        if (target.thread() != null) {
            later(() -> executor.execute(() -> show(target, answer, times - 1)));
        }
    }

    private void hide(Target target, Expected answer) {
        synchronized (answer) {
            if (!answer.signed) {
                return;
            }
            answer.signed = false;
            if (target.thread() == null) {
                web.courtesy(
                        "reactions.remove",
                        client -> client.reactionsRemove(request -> request.channel(target.channel())
                                .timestamp(target.question())
                                .name(SIGN)));
            } else {
                status(target, "");
            }
        }
    }

    private boolean status(Target target, String status) {
        return web.courtesy(
                "assistant.threads.setStatus",
                client -> client.assistantThreadsSetStatus(request -> request.channelId(target.channel())
                        .threadTs(target.thread())
                        .status(status)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It looks for itself whether it is still wanted.
    private void later(Runnable action) {
        if (!timer.isShutdown()) {
            timer.schedule(action, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
