package loci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loci.chat.Author;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatPlatform;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.EventId;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.ReplyPlace;
import loci.command.Permissions;
import loci.database.DatabaseSettings;
import loci.database.DatabaseStore;
import loci.engine.Engine;
import loci.engine.EngineSettings;
import loci.memory.ConversationStore;
import loci.memory.Ledger;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.Usage;
import loci.openai.JtokkitCounters;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a reply takes from the message's arrival to its delivery, and what part of that the store takes: the real engine and the real
 * encrypted database, and a model that takes exactly 300 ms, which is fast for one.
 *
 * <p>{@code mvn -pl bot/app -am test -Dtest=ReplyLatencyBench -Dsurefire.failIfNoSpecifiedTests=false}
 */
class ReplyLatencyBench {

    private static final Duration MODEL_TAKES = Duration.ofMillis(300);
    private static final int MESSAGES = 60;
    private static final int WARM_UP = 10;

    /** What stands between a message and its answer; the rest happens after or beside it. */
    private static final Set<String> ON_THE_WAY = Set.of("record", "nextQuestion", "view", "finish", "undelivered");

    @TempDir
    Path data;

    private final Map<ConversationId, AtomicLong> inStore = new ConcurrentHashMap<>();
    private final Map<ConversationId, SynchronousQueue<Reply>> delivered = new ConcurrentHashMap<>();

    private record Sample(long total, long store) {}

    @Test
    void measures() throws Exception {
        for (int conversations : new int[] {1, 16, 64}) {
            Sample[] samples = run(conversations);
            long[] totals =
                    Arrays.stream(samples).mapToLong(Sample::total).sorted().toArray();
            long[] stores =
                    Arrays.stream(samples).mapToLong(Sample::store).sorted().toArray();
            double[] shares = Arrays.stream(samples)
                    .mapToDouble(s -> 100.0 * s.store() / s.total())
                    .sorted()
                    .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%3d conversations at once, %d replies: total p50 %.1f ms, p99 %.1f ms; store p50 %.2f ms, p99"
                            + " %.2f ms; share p50 %.1f %%, p99 %.1f %%%n",
                    conversations,
                    samples.length,
                    millis(totals, 50),
                    millis(totals, 99),
                    millis(stores, 50),
                    millis(stores, 99),
                    shares[shares.length / 2],
                    shares[shares.length * 99 / 100]);
            assertThat(samples).hasSize(conversations * (MESSAGES - WARM_UP));
        }
    }

    private static double millis(long[] sorted, int percentile) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)] / 1e6;
    }

    private Sample[] run(int conversations) throws Exception {
        DatabaseSettings settings =
                new DatabaseSettings(data.resolve("with-" + conversations), true, null, Duration.ofSeconds(1));
        AtomicLong marks = new AtomicLong();
        try (DatabaseStore real =
                        DatabaseStore.open(settings, () -> "k" + marks.incrementAndGet(), InstantSource.system());
                ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();
                Engine engine = engine(timed(real), real.ledger(), lanes, () -> "k" + marks.incrementAndGet())) {
            engine.serve(new Listener());
            Sample[] samples = new Sample[conversations * (MESSAGES - WARM_UP)];
            CountDownLatch done = new CountDownLatch(conversations);
            for (int c = 0; c < conversations; c++) {
                int number = c;
                Thread.ofVirtual().start(() -> {
                    talk(engine, number, samples);
                    done.countDown();
                });
            }
            done.await();
            return samples;
        }
    }

    private void talk(Engine engine, int number, Sample[] samples) {
        ConversationId lab = ConversationId.ofChannel("bench", "space", "lab-" + number);
        SynchronousQueue<Reply> answers = new SynchronousQueue<>();
        delivered.put(lab, answers);
        AtomicLong store = new AtomicLong();
        inStore.put(lab, store);
        for (int i = 0; i < MESSAGES; i++) {
            store.set(0);
            long start = System.nanoTime();
            engine.accept(new MessagePosted(
                    new EventId("e" + i),
                    lab,
                    new MessageRef("m" + i),
                    new Author("ada", "ada"),
                    "Message " + i + ": " + "some words that people say. ".repeat(8),
                    Instant.EPOCH.plusSeconds(i),
                    true));
            try {
                answers.take();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (i >= WARM_UP) {
                samples[number * (MESSAGES - WARM_UP) + i - WARM_UP] =
                        new Sample(System.nanoTime() - start, store.get());
            }
        }
    }

    /** The store with a clock around the calls that a reply waits for. */
    private ConversationStore timed(ConversationStore real) {
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    long start = System.nanoTime();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw Objects.requireNonNull(failed.getCause());
                    } finally {
                        if (ON_THE_WAY.contains(method.getName())) {
                            ConversationId conversation = arguments[0] instanceof ChatEvent event
                                    ? event.conversation()
                                    : (ConversationId) arguments[0];
                            inStore.getOrDefault(conversation, new AtomicLong()).addAndGet(System.nanoTime() - start);
                        }
                    }
                });
    }

    private static Engine engine(
            ConversationStore store, Ledger ledger, ExecutorService lanes, Supplier<String> secrets) {
        SlowModel model = new SlowModel();
        return new Engine(new Engine.Parts(
                store,
                ledger,
                Engine.Models.of(model, model),
                JtokkitCounters::forEncoding,
                new Redactor(Set.of()),
                new EngineSettings(
                        "loci",
                        "You are loci.",
                        "Write at most {tokens} tokens.",
                        Strategies.of("hybrid", 10, 24),
                        NoteRole.SYSTEM,
                        List.of(),
                        new CompactionPolicy(24, 12, 3_000, 3_000, 200, 4),
                        new Permissions(Map.of()),
                        "a model",
                        0,
                        500),
                (name, turns, pinned) -> "",
                InstantSource.system(),
                lanes,
                (delay, action) -> Thread.ofVirtual().start(action),
                secrets));
    }

    private static final class SlowModel implements LanguageModel {

        @Override
        public ModelProfile profile() {
            return new ModelProfile("bench", "o200k_base", 32_000, 4_000, true, false, "max_tokens", true);
        }

        @Override
        public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
            long until = System.nanoTime() + MODEL_TAKES.toNanos();
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            return new ModelOutcome.Answered("An answer of some words. ".repeat(10), Usage.UNKNOWN, true);
        }

        @Override
        public void warmUp() {}

        @Override
        public void close() {}
    }

    private final class Listener implements ChatPlatform {

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public void start(Inbox inbox) {}

        @Override
        public void progress(ReplyPlace place, String textSoFar) {}

        @Override
        public Delivery deliver(Reply reply) {
            try {
                Objects.requireNonNull(delivered.get(reply.conversation())).put(reply);
            } catch (InterruptedException e) {
                return new Delivery.TryLater("interrupted");
            }
            return new Delivery.Delivered(List.of(new MessageRef("out-" + reply.key())));
        }

        @Override
        public void answer(ChatEvent invocation, CommandAnswer answer) {}

        @Override
        public void close() {}
    }
}
