package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
import loci.memory.Exchanges;
import loci.memory.InMemoryLedger;
import loci.memory.InMemoryStore;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.Usage;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.PromptCounter;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import loci.sanitize.Redactor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a summariser does, nothing is lost and nobody waits. */
class SummariserScenarioTest {

    @BeforeAll
    static void silence() {
        Laws.silence();
    }

    @AfterAll
    static void speakAgain() {
        Laws.speakAgain();
    }

    /** What a summariser can do instead of its work. */
    enum Mischief {
        EMPTY,
        FENCE_ONLY,
        DECLINED,
        TOO_LONG,
        UNAVAILABLE,
        STOPPED,
        THROWS;

        ModelOutcome outcome() {
            return switch (this) {
                case EMPTY -> ScriptedModel.answered(" \n\t");
                case FENCE_ONLY -> ScriptedModel.answered("```\n```");
                case DECLINED -> new ModelOutcome.Declined("I will not.", Usage.UNKNOWN);
                case TOO_LONG -> new ModelOutcome.PromptTooLong(OptionalInt.empty(), OptionalInt.empty());
                case UNAVAILABLE -> new ModelOutcome.Unavailable(Cause.SERVER_FAILED, "broken", "- half a di");
                case STOPPED -> new ModelOutcome.Stopped("- half a di");
                case THROWS -> throw new IllegalStateException("a bug in the client");
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Mischief.class)
    void nothingIsLostAndEverythingIsAnswered(Mischief mischief) {
        Chat chat = Chat.hybrid(8, 2);
        chat.model.onSummary = prompt -> mischief.outcome();
        for (int i = 0; i < 20; i++) {
            assertThat(chat.say("ada", "message " + i)).isEqualTo("ok");
        }
        assertThat(chat.store.note(chat.channel())).isEmpty();
        assertThat(chat.store.turns(chat.channel(), new Exchanges(1, 1_000), 1_000))
                .hasSize(40);
        assertThat(chat.model.summaries)
                .as("it is not asked with every message")
                .hasSizeLessThan(4);

        chat.model.onSummary = prompt -> ScriptedModel.answered("- a good note");
        chat.passes(Duration.ofHours(1));
        chat.timer();
        assertThat(chat.say("ada", "and now?")).isEqualTo("ok");
        assertThat(chat.lastPromptText()).contains("- a good note");
    }

    @Test
    void anOversizedDigestIsCutToItsLimit() {
        Chat chat = Chat.hybrid(8, 2);
        chat.model.onSummary = prompt -> ScriptedModel.answered("- one more line of a very long note\n".repeat(500));
        for (int i = 0; i < 10; i++) {
            chat.say("ada", "message " + i);
        }
        PromptCounter counter = new PromptCounter(new Quarters());
        assertThat(chat.store.note(chat.channel()))
                .isNotEmpty()
                .allSatisfy(digest -> assertThat(counter.count(digest.text())).isLessThanOrEqualTo(200));
    }

    /** With real threads: the summariser is held in its call while people go on talking. */
    @Test
    void aSummariserThatHangsHoldsUpNobodyAndWhatArrivesMeanwhileSurvives() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ScriptedModel hanging = new ScriptedModel();
        hanging.onSummary = prompt -> {
            asked.countDown();
            try {
                assertThat(released.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return ScriptedModel.answered("- a note");
        };
        ConversationId lab = ConversationId.ofChannel("test", "space", "lab");
        AtomicLong secrets = new AtomicLong();
        InMemoryStore store = new InMemoryStore(() -> "k" + secrets.incrementAndGet(), () -> Chat.START);
        SynchronousQueue<String> answers = new SynchronousQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Engine engine = engine(store, hanging, threads, secrets)) {
            engine.serve(new Answers(answers));
            for (int i = 0; i < 30; i++) {
                engine.accept(posted(lab, i));
                assertThat(answers.poll(30, TimeUnit.SECONDS))
                        .as("answer %d", i)
                        .isEqualTo("ok");
            }
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(store.note(lab)).as("it still hangs").isEmpty();
            released.countDown();
            assertThat(engine.awaitIdle(Duration.ofSeconds(30))).isTrue();
            assertThat(store.note(lab)).isNotEmpty();
            assertThat(store.turns(lab, new Exchanges(1, 1_000), 1_000)).hasSize(60);
        }
    }

    private static MessagePosted posted(ConversationId lab, int number) {
        return new MessagePosted(
                new EventId("e" + number),
                lab,
                new MessageRef("m" + number),
                new Author("id-ada", "ada"),
                "message " + number,
                Instant.EPOCH,
                true);
    }

    private static Engine engine(
            InMemoryStore store, ScriptedModel summariser, ExecutorService threads, AtomicLong secrets) {
        return new Engine(new Engine.Parts(
                store,
                new InMemoryLedger(),
                Engine.Models.of(new ScriptedModel(), summariser),
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
                () -> Chat.START,
                threads,
                (delay, action) -> threads.execute(action),
                () -> "k" + secrets.incrementAndGet()));
    }

    /** Hands on what is delivered. */
    private record Answers(SynchronousQueue<String> answers) implements ChatPlatform {

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
            try {
                answers.put(reply.text());
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
