package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import loci.chat.Author;
import loci.chat.ChatEvent;
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
import loci.memory.InMemoryLedger;
import loci.memory.InMemoryStore;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many conversations at once on virtual threads: order within each, nothing lost, no call beside another, no lane left. */
class ConcurrencyTest {

    private static final int CONVERSATIONS = 50;
    private static final int MESSAGES = 40;
    private static final Instant NOW = Chat.START;

    private final Map<ConversationId, AtomicInteger> calling = new ConcurrentHashMap<>();
    private final Map<ConversationId, List<String>> delivered = new ConcurrentHashMap<>();
    private final Map<String, String> sentUnder = new ConcurrentHashMap<>();
    private final List<String> broken = new ArrayList<>();

    /** So many calls may be answered; more are handed out as messages come, so that answers lag behind questions. */
    private final Semaphore thinking = new Semaphore(0);

    @BeforeAll
    static void silence() {
        Laws.silence();
    }

    @AfterAll
    static void speakAgain() {
        Laws.speakAgain();
    }

    private void broke(String law) {
        synchronized (broken) {
            broken.add(law);
        }
    }

    private static ConversationId place(int channel) {
        return ConversationId.ofChannel("test", "space", "c" + channel);
    }

    @Test
    @Timeout(60)
    void conversationsAreAnsweredInOrderBesideEachOther() throws Exception {
        long seed = Long.getLong("seed", 23);
        InMemoryStore store = new InMemoryStore(ConcurrencyTest::secret, () -> NOW);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            LaggingModel model = new LaggingModel();
            Engine engine = new Engine(new Engine.Parts(
                    store,
                    new InMemoryLedger(),
                    Engine.Models.of(model, model),
                    encoding -> new Quarters(),
                    new Redactor(Set.of()),
                    new EngineSettings(
                            "loci",
                            "Persona.",
                            "Condense.",
                            Strategies.of("hybrid", 10, 8),
                            NoteRole.SYSTEM,
                            List.of(),
                            new CompactionPolicy(8, 2, 100_000, 100_000, 100, 3),
                            new Permissions(Map.of()),
                            "a model",
                            0,
                            500),
                    (name, turns, pinned) -> "",
                    () -> NOW,
                    threads,
                    (delay, action) -> threads.execute(action),
                    ConcurrencyTest::secret));
            ChatPlatform platform = new ImpatientPlatform(new Random(seed));
            engine.serve(platform);
            List<Thread> people = new ArrayList<>();
            for (int channel = 0; channel < CONVERSATIONS; channel++) {
                int at = channel;
                people.add(Thread.startVirtualThread(() -> talk(engine, at)));
            }
            for (Thread person : people) {
                person.join();
            }
            thinking.release(10 * CONVERSATIONS * MESSAGES);
            engine.awaitAnswered(platform);
            assertThat(engine.awaitIdle(Duration.ofSeconds(30)))
                    .as("lanes are gone")
                    .isTrue();
            engine.close();
        }
        assertThat(broken).as("seed %d", seed).isEmpty();
        for (int channel = 0; channel < CONVERSATIONS; channel++) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i += 2) {
                expected.add("re word" + channel + "x" + i);
            }
            assertThat(delivered.get(place(channel))).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(store.unsettled()).isEmpty();
    }

    private static String secret() {
        return "k" + Integer.toString(new Random().nextInt(36 * 36 * 36 * 36), 36);
    }

    private void talk(Engine engine, int channel) {
        for (int i = 0; i < MESSAGES; i++) {
            engine.accept(new ChatEvent.MessagePosted(
                    new EventId("e" + i),
                    place(channel),
                    new MessageRef("m" + i),
                    new Author("ada", "ada"),
                    "word" + channel + "x" + i,
                    NOW,
                    i % 2 == 0));
            thinking.release();
        }
    }

    private final class LaggingModel implements LanguageModel {

        @Override
        public ModelProfile profile() {
            return ScriptedModel.PROFILE;
        }

        @Override
        public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
            if (prompt.purpose() == Prompt.Purpose.SUMMARY) {
                return ScriptedModel.answered("- so far");
            }
            String question = prompt.messages().getLast().content().replaceAll("(?s).*] ", "");
            int channel = Integer.parseInt(question.replaceAll("word(\\d+)x.*", "$1"));
            AtomicInteger calls = calling.computeIfAbsent(place(channel), id -> new AtomicInteger());
            if (calls.incrementAndGet() > 1) {
                broke("7: two calls at once in " + channel);
            }
            thinking.acquireUninterruptibly();
            if (ScriptedModel.textOf(prompt).replace("word" + channel + "x", "").contains("word")) {
                broke("6: another conversation in the prompt of " + channel);
            }
            onText.accept("re");
            calls.decrementAndGet();
            return ScriptedModel.answered("re " + question);
        }

        @Override
        public void warmUp() {}

        @Override
        public void close() {}
    }

    /** Now and then it wants a reply later, and once in a while it throws. */
    private final class ImpatientPlatform implements ChatPlatform {

        private final Random random;

        ImpatientPlatform(Random random) {
            this.random = random;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void start(Inbox inbox) {}

        @Override
        public void progress(ReplyPlace place, String textSoFar) {}

        @Override
        public Delivery deliver(Reply reply) {
            int dice;
            synchronized (random) {
                dice = random.nextInt(20);
            }
            if (dice == 0) {
                return new Delivery.TryLater("busy");
            }
            if (dice == 1) {
                throw new IllegalStateException("no connection");
            }
            if (sentUnder.putIfAbsent(reply.key(), reply.text()) != null) {
                broke("1: sent twice: " + reply.key());
            }
            delivered
                    .computeIfAbsent(reply.conversation(), id -> new ArrayList<>())
                    .add(reply.text());
            return new Delivery.Delivered(List.of(new MessageRef("out-" + reply.key())));
        }

        @Override
        public void answer(ChatEvent invocation, CommandAnswer answer) {}

        @Override
        public void close() {}
    }
}
