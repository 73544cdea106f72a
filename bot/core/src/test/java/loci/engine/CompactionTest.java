package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.command.Permissions;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.PastExchange;
import loci.memory.PastExchange.PastTurn;
import loci.memory.Role;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.PromptCounter;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan of the running note and how it is carried out: that it converges, stays small and costs a bounded amount of work. */
class CompactionTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger turnsRead = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private boolean refuseDigests;

    @BeforeAll
    static void silence() {
        Laws.silence();
    }

    @AfterAll
    static void speakAgain() {
        Laws.speakAgain();
    }

    private static EngineSettings settings(CompactionPolicy policy) {
        return new EngineSettings(
                "loci",
                "Persona.",
                "Condense.",
                Strategies.of("hybrid", 10, policy.compactAfterTurns()),
                NoteRole.SYSTEM,
                List.of(),
                policy,
                new Permissions(Map.of()),
                "a model",
                0,
                500);
    }

    private static CompactionPolicy policy(int after, int keep, int fanout) {
        return new CompactionPolicy(after, keep, 1_000_000, 1_000_000, 100, fanout);
    }

    private static List<Digest> note(Chat chat) {
        return chat.store.note(chat.channel());
    }

    private static void talk(Chat chat, int messages) {
        for (int i = 0; i < messages; i++) {
            chat.post("ada", "small talk " + i, false);
        }
    }

    /** Every exchange up to the note's end is under exactly one digest of the frontier. */
    private static void assertTiled(Chat chat) {
        long next = 1;
        for (Digest digest : note(chat)) {
            assertThat(digest.covers().from()).isEqualTo(next);
            next = digest.covers().to() + 1;
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 2, 3", "1, 0, 2", "2, 1, 2", "3, 0, 5", "30, 10, 4", "100, 40, 8"})
    void theNoteTilesThePastAndTheWindowStaysBelowItsMark(int after, int keep, int fanout) {
        Chat chat = new Chat(settings(policy(after, keep, fanout)));
        for (int i = 0; i < 240; i++) {
            chat.post("ada", "message " + i, false);
            assertTiled(chat);
            long end = note(chat).isEmpty() ? 0 : note(chat).getLast().covers().to();
            assertThat(i + 1 - end).isLessThanOrEqualTo(after);
        }
        int levels = (int) (Math.log(240.0 / Math.max(1, after - keep)) / Math.log(fanout)) + 2;
        assertThat(note(chat)).hasSizeLessThanOrEqualTo(Math.max(1, (fanout - 1) * levels));
    }

    @Test
    void anOpenQuestionIsNeverCondensed() {
        Chat chat = new Chat(settings(policy(3, 0, 3)));
        chat.model.onReply = prompt -> {
            talk(chat, 10);
            chat.command("ada", "/summary refresh");
            assertThat(note(chat)).allMatch(digest -> digest.covers().to() < 6);
            return ScriptedModel.answered("done");
        };
        talk(chat, 5);
        chat.say("ada", "question");
        assertThat(chat.model.replies).hasSize(1);
        assertThat(note(chat).getLast().covers().to()).isGreaterThan(6);
    }

    @Test
    void refreshCondensesEverythingAndIsDoneWhenThereIsNothing() {
        Chat chat = new Chat(settings(policy(8, 2, 3)));
        assertThat(chat.command("ada", "/summary refresh")).contains("Nothing is remembered");
        talk(chat, 5);
        assertThat(chat.command("ada", "/summary refresh"))
                .contains("5 older messages")
                .contains("No newer");
        int summaries = chat.model.summaries.size();
        chat.command("ada", "/summary refresh");
        assertThat(chat.model.summaries).hasSize(summaries);
    }

    /** A tree that erasures have torn is mended, and does not widen however often that happens. */
    @Test
    void itConvergesAfterAnyErasureAndStaysNarrow() {
        long seed = Long.getLong("seed", 17);
        Random random = new Random(seed);
        for (int run = 0; run < 8; run++) {
            Chat chat = new Chat(settings(policy(1 + random.nextInt(5), 0, 2 + random.nextInt(2))));
            List<MessageRef> posted = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                posted.add(chat.post(random.nextBoolean() ? "ada" : "ben", "message " + i, false));
                if (random.nextInt(3) == 0) {
                    erase(chat, random, posted);
                }
                assertTiled(chat);
            }
            assertThat(note(chat)).as("seed %d, run %d", seed, run).hasSizeLessThanOrEqualTo(24);
            int summaries = chat.model.summaries.size();
            chat.command("ada", "/summary");
            assertThat(chat.model.summaries).as("at rest").hasSize(summaries);
        }
    }

    private static void erase(Chat chat, Random random, List<MessageRef> posted) {
        MessageRef message = posted.get(random.nextInt(posted.size()));
        switch (random.nextInt(8)) {
            case 0 -> chat.command("ada", "/forget last " + (1 + random.nextInt(9)) + " --yes");
            case 1 -> chat.edit(message, "edited " + random.nextInt());
            default -> chat.delete(message);
        }
    }

    @Test
    void whatAnErasureLeavesTooSmallIsFoldedWithItsNeighbours() {
        Chat chat = new Chat(settings(policy(1, 0, 3)));
        for (int i = 0; i < 81; i++) {
            chat.post(i % 9 == 3 || i % 9 == 4 || i % 9 == 5 ? "person" + i / 9 : "ada", "message " + i, false);
        }
        talk(chat, 1);
        int width = note(chat).size();
        for (int i = 0; i < 9; i++) {
            assertThat(chat.command("person" + i, "/forget mine --yes")).startsWith("Forgotten: 3");
            assertThat(note(chat)).hasSizeLessThanOrEqualTo(width + 3);
            assertTiled(chat);
        }
    }

    @Test
    void whenAllIsErasedNoModelIsAskedAboutTheEmptyRange() {
        Chat chat = new Chat(settings(policy(4, 1, 2)));
        talk(chat, 40);
        int summaries = chat.model.summaries.size();
        chat.command("ada", "/forget here --yes");
        assertThat(chat.model.summaries).hasSize(summaries);
        talk(chat, 3);
        assertThat(chat.command("ada", "/summary refresh")).contains("3 older messages");
        assertTiled(chat);
    }

    @Test
    void anExchangeTooLongForTheSummariserDoesNotStopTheNote() {
        Chat chat = new Chat(settings(policy(2, 0, 3)));
        chat.model.profile = new ModelProfile("m", "quarters", 1_024, 512, true, false, "max_tokens", true);
        chat.model.onSummary = prompt -> {
            int tokens = ScriptedModel.textOf(prompt).length() / 4;
            boolean fits = tokens + prompt.maxReplyTokens() <= 1_024;
            return fits ? ScriptedModel.answered("- short") : tooLong();
        };
        chat.post("ada", "x".repeat(90_000), false);
        talk(chat, 9);
        assertTiled(chat);
        assertThat(note(chat)).isNotEmpty();
        assertThat(note(chat).getLast().covers().to()).isGreaterThan(6);
    }

    private static ModelOutcome tooLong() {
        return new ModelOutcome.PromptTooLong(OptionalInt.empty(), OptionalInt.empty());
    }

    @Test
    void turnsTooLongForTheSummariserOneByOneAreCutOneByOne() {
        Chat chat = new Chat(settings(policy(2, 0, 3)));
        chat.model.profile = new ModelProfile("m", "quarters", 1_024, 512, true, false, "max_tokens", true);
        for (int i = 0; i < 6; i++) {
            chat.post("ada", "x".repeat(90_000), false);
        }
        assertThat(note(chat).getLast().covers().to()).isGreaterThan(3);
        assertTiled(chat);
    }

    @Test
    void aSummariserWhoseWindowIsSmallerThanBelievedIsAskedForLess() {
        Chat chat = new Chat(settings(policy(8, 2, 3)));
        PromptCounter counter = new PromptCounter(new Quarters());
        chat.model.onSummary = prompt -> counter.count(prompt.messages()) + prompt.maxReplyTokens() > 2_000
                ? new ModelOutcome.PromptTooLong(OptionalInt.empty(), OptionalInt.empty())
                : ScriptedModel.answered("- a note");
        for (int i = 0; i < 30; i++) {
            chat.post("ada", "long message " + i + " and so on".repeat(100), false);
            chat.passes(Duration.ofHours(1));
        }
        assertThat(note(chat)).isNotEmpty();
        assertThat(30 - note(chat).getLast().covers().to()).isLessThanOrEqualTo(8);
    }

    @Test
    void exchangesTooLongToBeReadTogetherAreCondensedAllTheSame() {
        Chat chat = new Chat(settings(policy(3, 0, 3)));
        for (int i = 0; i < 6; i++) {
            List<PastTurn> tools = new ArrayList<>();
            for (int call = 0; call < 10; call++) {
                tools.add(new PastTurn(Role.TOOL, "result " + call, Chat.START, null, List.of(), "c" + call));
            }
            chat.store.restore(new PastExchange(
                    new MessagePosted(
                            new EventId("i" + i),
                            chat.channel(),
                            new MessageRef("i" + i),
                            new Author("id-ada", "ada"),
                            "go " + i,
                            Chat.START,
                            false),
                    tools));
        }
        talk(chat, 1);
        assertThat(note(chat).getLast().covers().to()).isGreaterThan(5 * 11);
        assertTiled(chat);
    }

    @Test
    void aDigestThatIsRefusedTimeAndAgainIsNotMadeForEver() {
        Chat chat = new Chat(settings(policy(4, 0, 2)), this::counting);
        refuseDigests = true;
        talk(chat, 6);
        assertThat(chat.model.summaries).hasSizeLessThanOrEqualTo(5);
        refuseDigests = false;
        chat.passes(Duration.ofHours(1));
        talk(chat, 1);
        assertThat(note(chat)).isNotEmpty();
    }

    @Test
    void aClientThatThrowsIsWaitedOutLikeAnyFailure() {
        Chat chat = new Chat(settings(policy(4, 0, 2)));
        chat.model.onSummary = prompt -> {
            throw new IllegalStateException("bug");
        };
        talk(chat, 20);
        assertThat(chat.model.summaries).hasSize(1);
        assertThat(chat.command("ada", "/summary refresh")).contains("could not be brought up to date");
    }

    /** Law 9: what one message costs does not depend on how long the history is. */
    @Test
    void theWorkPerMessageIsTheSameAfterALongHistory() {
        Chat chat = new Chat(settings(policy(8, 2, 3)), this::counting);
        int early = 0;
        int late = 0;
        int earlyTurns = 0;
        int lateTurns = 0;
        for (int i = 1; i <= 1_200; i++) {
            boolean asks = i % 4 == 0;
            calls.set(0);
            turnsRead.set(0);
            chat.post("ada", "message " + i, asks);
            if (i > 100 && i <= 300) {
                early = Math.max(early, calls.get());
                earlyTurns += turnsRead.get();
            } else if (i > 1_000) {
                late = Math.max(late, calls.get());
                lateTurns += turnsRead.get();
            }
        }
        // A fold reads what it stands for, once on each level: a logarithm more turns, and one or two calls more for
        // one message.
        assertThat(late).isLessThanOrEqualTo(early + 12);
        assertThat(lateTurns).isLessThanOrEqualTo(earlyTurns * 3);
    }

    private ConversationStore counting(ConversationStore store) {
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    calls.incrementAndGet();
                    if (method.getName().equals("commit") && refuseDigests) {
                        return false;
                    }
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("turns")) {
                            int size = ((List<?>) result).size();
                            turnsRead.addAndGet(size);
                            mostAtOnce.accumulateAndGet(size, Math::max);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Test
    void aFoldOfVeryManyTurnsReadsDigestsInstead() {
        Chat chat = new Chat(settings(policy(400, 0, 3)), this::counting);
        talk(chat, 1_199);
        int before = chat.model.summaries.size();
        talk(chat, 4);
        chat.command("ada", "/summary refresh");
        assertThat(chat.model.summaries.size()).isGreaterThan(before);
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(1_000);
        assertThat(chat.store.turns(chat.channel(), new Exchanges(1, 1_203), 2_000))
                .hasSize(1_203);
        assertThat(note(chat).getFirst().level()).isEqualTo(1);
    }
}
