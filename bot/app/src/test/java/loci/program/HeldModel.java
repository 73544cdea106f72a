package loci.program;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.Usage;

/** Answers nobody in a channel until a test releases it. */
final class HeldModel implements LanguageModel {

    private static final Pattern QUESTION = Pattern.compile("question \\d+ of (room-\\d+)");
    private static final int LONGEST_MINUTES = 10;

    private final Map<String, CountDownLatch> rooms = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private CountDownLatch room(String name) {
        return rooms.computeIfAbsent(name, any -> new CountDownLatch(1));
    }

    void releases(String name) {
        room(name).countDown();
    }

    int calls() {
        return calls.get();
    }

    int atOnce() {
        return most.get();
    }

    void awaitsCalls(int wanted) throws InterruptedException {
        synchronized (this) {
            while (running.get() < wanted) {
                wait();
            }
        }
    }

    @Override
    public ModelProfile profile() {
        return new ModelProfile("held", "o200k_base", 32_000, 4_000, true, false, "max_tokens", true);
    }

    @Override
    public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
        Matcher question = QUESTION.matcher(prompt.messages().getLast().content());
        if (!question.find()) {
            throw new IllegalStateException("no question: " + prompt.messages().getLast());
        }
        String asked = question.group();
        calls.incrementAndGet();
        synchronized (this) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            notifyAll();
        }
        try {
            if (!room(question.group(1)).await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("never released: " + asked);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            running.decrementAndGet();
        }
        onText.accept("answer to " + asked);
        return new ModelOutcome.Answered("answer to " + asked, Usage.UNKNOWN, true);
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {}
}
