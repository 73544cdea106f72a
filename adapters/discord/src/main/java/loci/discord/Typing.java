package loci.discord;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import loci.chat.MessageRef;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;

/**
 * Shows that the bot is typing, from when a question was taken until its answer appears, but not for ever. A question is expected before it
 * is handed in, since its answer may be there before that returns. Thread-safe.
 */
final class Typing {

    private static final int MOST_TIMES = 40;
    private static final int MOST_AT_ONCE = 10_000;

    private final ScheduledExecutorService timer;
    private final Duration interval;
    private final Recent<MessageRef, Expected> expected = new Recent<>(MOST_AT_ONCE);

    /** One expectation; another of the same question is another one. */
    private static final class Expected {}

    Typing(ScheduledExecutorService timer, Duration interval) {
        this.timer = timer;
        this.interval = interval;
    }

    void expect(MessageRef question) {
        expected.put(question, new Expected());
    }

    void start(MessageChannel channel, MessageRef question) {
        Expected answer = expected.get(question);
        if (answer != null) {
            show(channel, question, answer, MOST_TIMES);
        }
    }

    void stop(MessageRef question) {
        expected.remove(question);
    }

    private void show(MessageChannel channel, MessageRef question, Expected answer, int times) {
        if (expected.get(question) == answer && times > 0 && !timer.isShutdown()) {
            Rest.courtesy("typing", channel::sendTyping);
            later(() -> show(channel, question, answer, times - 1));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It looks for itself whether it is still wanted.
    private void later(Runnable action) {
        timer.schedule(action, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
}
