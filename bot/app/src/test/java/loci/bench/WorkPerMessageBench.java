package loci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
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
import loci.engine.Notes;
import loci.memory.PastExchange;
import loci.memory.PastExchange.PastTurn;
import loci.memory.Role;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.offline.OfflineModel;
import loci.openai.JtokkitCounters;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.PromptCounter;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one message costs at 100, 1,000, 10,000 and 100,000 turns of history: the time to its answer, the time until the note is up to
 * date too, and the tokens read. The real engine, the real encrypted database, and a model that answers at once.
 *
 * <p>{@code mvn -pl bot/app -am test -Dtest=WorkPerMessageBench -Dsurefire.failIfNoSpecifiedTests=false}; {@code -Dbench.turns=10000} goes
 * less far.
 */
class WorkPerMessageBench {

    private static final ConversationId LAB = ConversationId.ofChannel("bench", "space", "lab");
    private static final int MESSAGES = 240;
    private static final int WARM_UP = 40;
    private static final int MOST_TURNS = Integer.getInteger("bench.turns", 100_000);

    @TempDir
    Path data;

    private final SynchronousQueue<Reply> delivered = new SynchronousQueue<>();
    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong summaryTokens = new AtomicLong();
    private int said;

    @Test
    void measures() throws Exception {
        AtomicLong marks = new AtomicLong();
        Supplier<String> secrets = () -> "k" + marks.incrementAndGet();
        DatabaseSettings settings = new DatabaseSettings(data, true, null, Duration.ofSeconds(1));
        try (DatabaseStore store = DatabaseStore.open(settings, secrets, InstantSource.system());
                ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();
                LanguageModel model = new Metered();
                Engine engine = new Engine(parts(store, model, lanes, secrets))) {
            engine.serve(new Listener());
            Notes notes = new Notes(
                    store,
                    model,
                    model,
                    JtokkitCounters::forEncoding,
                    settings(),
                    new Redactor(Set.of()),
                    InstantSource.system(),
                    secrets);
            for (int turns = 100; turns <= MOST_TURNS; turns *= 10) {
                growTo(turns, store, notes);
                measure(turns, engine);
            }
        }
    }

    private static EngineSettings settings() {
        return new EngineSettings(
                "loci",
                "You are loci.",
                "Write at most {tokens} tokens.",
                Strategies.of("hybrid", 10, 24),
                NoteRole.SYSTEM,
                List.of(),
                new CompactionPolicy(24, 12, Integer.MAX_VALUE, Integer.MAX_VALUE, 200, 4),
                new Permissions(Map.of()),
                "a model",
                0,
                500);
    }

    private static Engine.Parts parts(
            DatabaseStore store, LanguageModel model, ExecutorService lanes, Supplier<String> secrets) {
        return new Engine.Parts(
                store,
                store.ledger(),
                Engine.Models.of(model, model),
                JtokkitCounters::forEncoding,
                new Redactor(Set.of()),
                settings(),
                (name, turns, pinned) -> "",
                InstantSource.system(),
                lanes,
                (delay, action) -> Thread.ofVirtual().start(action),
                secrets);
    }

    private MessagePosted next(boolean addressed) {
        said++;
        return new MessagePosted(
                new EventId("e" + said),
                LAB,
                new MessageRef("m" + said),
                new Author("id-" + said % 7, "person " + said % 7),
                "Message " + said + ": the harbour of town " + said * 31 % 977 + " has " + said % 53
                        + " boats, and somebody says some more words about them.",
                Instant.EPOCH.plusSeconds(said),
                addressed);
    }

    private void growTo(int turns, DatabaseStore store, Notes notes) {
        while (2 * said < turns) {
            store.restore(new PastExchange(
                    next(false),
                    List.of(new PastTurn(
                            Role.BOT, "Noted: boats.", Instant.EPOCH.plusSeconds(said), null, List.of(), null))));
            if (said % 12 == 0) {
                notes.bringUpToDate(LAB);
            }
        }
        notes.bringUpToDate(LAB);
    }

    private void measure(int turns, Engine engine) throws InterruptedException {
        long[] answered = new long[MESSAGES - WARM_UP];
        long whole = 0;
        for (int i = 0; i < MESSAGES; i++) {
            if (i == WARM_UP) {
                promptTokens.set(0);
                summaryTokens.set(0);
            }
            long start = System.nanoTime();
            engine.accept(next(true));
            delivered.take();
            long answer = System.nanoTime() - start;
            assertThat(engine.awaitIdle(Duration.ofMinutes(1))).isTrue();
            if (i >= WARM_UP) {
                answered[i - WARM_UP] = answer;
                whole += System.nanoTime() - start;
            }
        }
        Arrays.sort(answered);
        System.out.printf(
                Locale.ROOT,
                "%,7d turns: to the answer p50 %.2f ms, p99 %.2f ms; with the note %.2f ms a message; prompt %,d"
                        + " tokens, summariser %,d tokens a message%n",
                turns,
                answered[answered.length / 2] / 1e6,
                answered[answered.length * 99 / 100] / 1e6,
                whole / 1e6 / answered.length,
                promptTokens.get() / answered.length,
                summaryTokens.get() / answered.length);
    }

    /** The offline model at once, with a count of what it is given. */
    private final class Metered implements LanguageModel {

        private final OfflineModel within = new OfflineModel(JtokkitCounters.forEncoding("o200k_base"));
        private final PromptCounter counter = new PromptCounter(JtokkitCounters.forEncoding("o200k_base"));

        @Override
        public ModelProfile profile() {
            return within.profile();
        }

        @Override
        public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
            (prompt.purpose() == Prompt.Purpose.REPLY ? promptTokens : summaryTokens).addAndGet(counter.count(prompt));
            return within.ask(prompt, onText, cancellation);
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
                delivered.put(reply);
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
