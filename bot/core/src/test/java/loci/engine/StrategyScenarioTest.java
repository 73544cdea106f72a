package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import loci.chat.Author;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.command.Permissions;
import loci.memory.Digest;
import loci.memory.PastExchange;
import loci.memory.PastExchange.PastTurn;
import loci.memory.Role;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.model.ToolCall;
import loci.model.Usage;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.PromptCounter;
import loci.prompt.Quarters;
import loci.prompt.Strategies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What each strategy shows the model, as people in a channel would notice it. */
class StrategyScenarioTest {

    private final PromptCounter counter = new PromptCounter(new Quarters());

    private static Chat chat(String strategy, int windowMessages, CompactionPolicy policy) {
        return new Chat(settings(strategy, windowMessages, policy, 0));
    }

    private static EngineSettings settings(
            String strategy, int windowMessages, CompactionPolicy policy, int promptTokens) {
        return new EngineSettings(
                "loci",
                "You are loci, a test persona.",
                "Condense. Write at most {tokens} tokens.",
                Strategies.of(strategy, windowMessages, Math.max(24, policy.compactAfterTurns())),
                NoteRole.SYSTEM,
                List.of(),
                policy,
                new Permissions(Map.of()),
                "a model",
                promptTokens,
                500);
    }

    private static CompactionPolicy policy(int after, int keep) {
        return new CompactionPolicy(after, keep, 100_000, 100_000, 200, 3);
    }

    /** A summariser that keeps every line it is shown, as far as a digest has room. */
    private static ModelOutcome keepingLines(Prompt prompt) {
        List<String> lines = prompt.messages().getLast().content().lines().toList();
        StringBuilder kept = new StringBuilder();
        for (String line : lines.subList(1, lines.size() - 1)) {
            String said = line.replaceFirst("^\\[\\w+ (\\w+) [\\d-]+] ", "- $1: ");
            kept.append(said.contains("small talk") || said.startsWith("- bot") ? "" : said + "\n");
        }
        return ScriptedModel.answered(kept.isEmpty() ? "- small talk" : kept.toString());
    }

    private List<Integer> promptTokens(Chat chat) {
        return chat.model.replies.stream().map(counter::count).toList();
    }

    private static void smallTalk(Chat chat, int messages) {
        for (int i = 0; i < messages; i++) {
            chat.say("ben", "small talk %03d".formatted(i));
        }
    }

    @Test
    void aFactFromTheStartIsStillShownAfterFiftyMessages() {
        Chat chat = chat("hybrid", 10, policy(8, 2));
        chat.model.onSummary = StrategyScenarioTest::keepingLines;
        chat.say("ada", "My cat is called Marmalade.");
        smallTalk(chat, 50);
        chat.say("ada", "What is my cat called?");
        assertThat(chat.lastPromptText()).contains("- ada: My cat is called Marmalade.");
        assertThat(chat.lastPrompt().messages()).hasSizeLessThanOrEqualTo(3 + 8 + 1);
    }

    @Test
    void aWindowOfTwoStopsTheGrowthOfPrompts() {
        Chat chat = chat("window", 2, policy(8, 2));
        smallTalk(chat, 60);
        List<Integer> tokens = promptTokens(chat);
        assertThat(tokens.subList(2, 60)).containsOnly(tokens.get(2));
        assertThat(chat.lastPromptText()).contains("small talk 058").doesNotContain("small talk 057");
        assertThat(chat.model.summaries).isEmpty();
    }

    @Test
    void withoutMemoryEveryPromptIsItsMessageAlone() {
        Chat chat = chat("none", 2, policy(8, 2));
        smallTalk(chat, 20);
        assertThat(chat.model.replies)
                .allSatisfy(prompt -> assertThat(prompt.messages()).hasSize(3));
        assertThat(promptTokens(chat)).containsOnly(promptTokens(chat).getFirst());
    }

    @Test
    void fullSendsEverythingUntilItOverflowsAndThenSaysWhatToDo() {
        Chat chat = new Chat(settings("full", 10, policy(8, 2), 600));
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(String.valueOf(chat.say("ben", "small talk %03d".formatted(i))));
        }
        int sent = chat.model.replies.size();
        assertThat(sent).isBetween(10, 35);
        assertThat(chat.lastPromptText()).contains("small talk 000");
        assertThat(answers.getLast())
                .contains("`full` leaves nothing out", "/settings strategy hybrid", "600 are allowed");
        assertThat(chat.command("ben", "/settings strategy hybrid")).contains("`hybrid` (chosen here)");
        chat.say("ben", "small talk again");
        assertThat(chat.model.replies).hasSize(sent + 1);
    }

    @Test
    void trimDropsTheOldestAndNeverThePersona() {
        Chat chat = new Chat(settings("trim", 10, policy(8, 2), 400));
        smallTalk(chat, 60);
        assertThat(promptTokens(chat)).allMatch(tokens -> tokens <= 400);
        assertThat(promptTokens(chat).getLast()).isGreaterThan(360);
        assertThat(chat.model.replies)
                .allSatisfy(prompt ->
                        assertThat(prompt.messages().getFirst().content()).isEqualTo("You are loci, a test persona."));
        assertThat(chat.lastPromptText()).contains("small talk 058").doesNotContain("small talk 000");
    }

    @Test
    void aPersonaThatAloneIsTooLongIsRefusedWithAdvice() {
        EngineSettings all = settings("trim", 10, policy(8, 2), 300);
        Chat chat = new Chat(new EngineSettings(
                "loci",
                "long ".repeat(400),
                "Condense.",
                all.strategies(),
                NoteRole.SYSTEM,
                List.of(),
                policy(8, 2),
                new Permissions(Map.of()),
                "a model",
                300,
                500));
        assertThat(chat.say("ada", "hello"))
                .contains("The persona and what stands beside it in every prompt take ", "shorten the `persona`");
        assertThat(chat.model.replies).isEmpty();
    }

    @Test
    void summaryShowsTheNoteAndTheLastSixMessages() {
        Chat chat = chat("summary", 10, policy(24, 12));
        chat.model.onSummary = StrategyScenarioTest::keepingLines;
        chat.say("ada", "My cat is called Marmalade.");
        smallTalk(chat, 30);
        chat.say("ada", "What is my cat called?");
        List<PromptMessage> messages = chat.lastPrompt().messages();
        assertThat(messages).hasSize(3 + 6 + 1);
        assertThat(messages.get(2).content()).contains("Marmalade");
        assertThat(messages.get(3).content()).endsWith("small talk 027");
    }

    @Test
    void aChannelMayChooseAndAnotherIsNotConcerned() {
        Chat chat = chat("hybrid", 10, policy(8, 2));
        assertThat(chat.command("ada", "/settings")).contains("`strategy`: `hybrid` (the operator's choice)");
        chat.command("ada", "/settings strategy none");
        chat.say("ada", "My cat is called Marmalade.");
        chat.say("ada", "hm");
        assertThat(chat.lastPrompt().messages()).hasSize(3);
        chat.restart();
        chat.say("ada", "hm");
        assertThat(chat.lastPrompt().messages()).as("after a restart").hasSize(3);
        chat.channel("other");
        chat.say("ada", "one");
        chat.say("ada", "two");
        assertThat(chat.lastPrompt().messages()).hasSize(2 + 2 + 1);
        chat.channel("lab");
        assertThat(chat.command("ada", "/settings strategy default")).contains("(the operator's choice)");
        chat.say("ada", "hm");
        assertThat(chat.lastPromptText()).contains("Marmalade");
        assertThat(chat.command("ada", "/settings strategy everything"))
                .contains("`strategy` can be `hybrid`, `summary`");
        assertThat(chat.command("ada", "/settings volume 11")).contains("no such setting");
    }

    @Test
    void whatIsPinnedIsShownHoweverOldItIsUntilItIsForgotten() {
        Chat chat = chat("window", 4, policy(8, 2));
        chat.say("ada", "The code of the door is marmot.");
        assertThat(chat.command("ada", "/pin code of the door")).startsWith("Pinned: ada: The code");
        smallTalk(chat, 20);
        assertThat(chat.lastPromptText()).contains("ada 2026-03-01] The code of the door is marmot.");
        assertThat(chat.command("ben", "/memory")).contains("1. ada: The code of the door");
        chat.command("ada", "/forget mine --yes");
        smallTalk(chat, 1);
        assertThat(chat.lastPromptText()).doesNotContain("marmot");
        assertThat(chat.command("ben", "/memory")).startsWith("Nothing is kept in mind");
    }

    @Test
    void pinsAreTakenAwayByNumber() {
        Chat chat = chat("window", 4, policy(8, 2));
        chat.say("ada", "one");
        chat.command("ada", "/pin last");
        chat.say("ada", "two");
        chat.command("ada", "/pin last");
        assertThat(chat.command("ada", "/memory unpin 3")).startsWith("There is no such piece");
        assertThat(chat.command("ada", "/memory unpin 1")).contains("one");
        assertThat(chat.command("ada", "/memory")).contains("1. ada: two").doesNotContain("one");
        assertThat(chat.command("ada", "/pin aardvark")).isEqualTo("No message of late holds these words.");
    }

    @Test
    void toolTurnsStayWithTheirExchangeAndAreNotCountedAsMessages() {
        Chat chat = chat("window", 5, policy(8, 2));
        chat.store.restore(new PastExchange(
                new MessagePosted(
                        new EventId("i1"),
                        chat.channel(),
                        new MessageRef("i1"),
                        new Author("id-ada", "ada"),
                        "Weather in Kyoto?",
                        Chat.START,
                        false),
                List.of(
                        past(Role.BOT, "", List.of(new ToolCall("c1", "weather", "{\"place\":\"Kyoto\"}")), null),
                        past(Role.TOOL, "18 degrees", List.of(), "c1"),
                        past(Role.BOT, "It is 18 degrees.", List.of(), null))));
        chat.say("ada", "And tomorrow?");
        assertThat(chat.lastPrompt().messages())
                .extracting(PromptMessage::role)
                .containsExactly(
                        PromptMessage.Role.SYSTEM,
                        PromptMessage.Role.SYSTEM,
                        PromptMessage.Role.USER,
                        PromptMessage.Role.ASSISTANT,
                        PromptMessage.Role.TOOL,
                        PromptMessage.Role.ASSISTANT,
                        PromptMessage.Role.USER);
        chat.say("ada", "Thanks");
        assertThat(chat.lastPromptText()).as("five messages and the result").contains("18 degrees\n");
        chat.say("ada", "Bye");
        assertThat(chat.lastPromptText())
                .as("never half an exchange")
                .doesNotContain("Kyoto")
                .doesNotContain("18 degrees");
    }

    private static PastTurn past(Role role, String text, List<ToolCall> calls, @Nullable String answers) {
        return new PastTurn(role, text, Instant.parse("2026-03-01T08:00:00Z"), null, calls, answers);
    }

    @Test
    void anotherModelMayWriteTheNote() {
        ScriptedModel cheap = new ScriptedModel();
        cheap.profile = new ModelProfile("cheap", "quarters", 2_000, 1_000, false, true, "max_tokens", true);
        Chat chat = new Chat(settings("hybrid", 10, policy(8, 2), 0), UnaryOperator.identity(), cheap);
        smallTalk(chat, 20);
        assertThat(chat.model.summaries).isEmpty();
        assertThat(cheap.replies).isEmpty();
        assertThat(cheap.summaries).isNotEmpty().allSatisfy(prompt -> {
            assertThat(counter.count(prompt) + prompt.maxReplyTokens()).isLessThanOrEqualTo(2_000);
            assertThat(prompt.messages()).hasSize(2);
        });
    }

    @Test
    void aNoteThatOverflowsIsFoldedEarlyAndStillTellsTheStart() {
        CompactionPolicy narrow = new CompactionPolicy(4, 0, 100_000, 120, 50, 16);
        Chat chat = chat("hybrid", 10, narrow);
        chat.model.onSummary = StrategyScenarioTest::keepingLines;
        chat.say("ada", "My cat is called Marmalade.");
        for (int i = 0; i < 100; i++) {
            chat.post("ben", "small talk " + i + " and more of it", false);
            int tokens = chat.store.note(chat.channel()).stream()
                    .mapToInt(digest -> counter.count(digest.text()) + 1)
                    .sum();
            assertThat(tokens).isLessThanOrEqualTo(120);
        }
        chat.say("ada", "What is my cat called?");
        assertThat(chat.lastPromptText()).contains("Marmalade");
        assertThat(chat.store.note(chat.channel())).extracting(Digest::level).isSortedAccordingTo((a, b) -> b - a);
    }

    @Test
    void aSummariserThatFailsIsTriedAgainWithoutAnotherMessage() {
        Chat chat = chat("hybrid", 10, policy(8, 2));
        chat.model.onSummary = prompt -> new ModelOutcome.Unavailable(ModelOutcome.Cause.UNREACHABLE, "down", "");
        smallTalk(chat, 12);
        assertThat(chat.store.note(chat.channel())).isEmpty();
        assertThat(chat.waiting())
                .as("one look waits, not one for each message")
                .isEqualTo(1);
        chat.model.onSummary = StrategyScenarioTest::keepingLines;
        chat.passes(Duration.ofMinutes(1));
        chat.timer();
        assertThat(chat.store.note(chat.channel())).isNotEmpty();
        assertThat(chat.nothingWaits()).isTrue();
    }

    @Test
    void theLogHasALinePerCallWithItsPriceAndWarnsOnceNearTheBudget() {
        logged(lines -> {
            Chat chat = new Chat(settings("trim", 10, policy(8, 2), 400));
            Prices prices = new Prices(
                    new BigDecimal("2.50"),
                    Optional.of(new BigDecimal("1.25")),
                    new BigDecimal("10"),
                    YearMonth.of(2026, 9));
            chat.model.profile = new ModelProfile(
                    "priced",
                    "quarters",
                    16_000,
                    4_000,
                    true,
                    false,
                    "max_tokens",
                    true,
                    16_000,
                    Optional.empty(),
                    Optional.of(prices));
            chat.model.onReply = prompt -> new ModelOutcome.Answered("ok", new Usage(3_000, 1_000, 200, 0), true);
            smallTalk(chat, 60);
            assertThat(lines).filteredOn(line -> line.contains("trim: prompt")).hasSize(60);
            assertThat(lines)
                    .anyMatch(line -> line.contains("of 400 tokens")
                            && line.contains("priced: answered, reported 3000 in (1000 cached), 200 out, $0.008250"));
            assertThat(lines).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
            assertThat(lines).noneMatch(line -> line.contains("small talk"));
        });
    }

    @Test
    void aServerThatCutsPromptsIsToldOnceToTheOperator() {
        logged(lines -> {
            Chat chat = chat("trim", 10, policy(8, 2));
            chat.model.onReply = prompt -> new ModelOutcome.Answered("ok", new Usage(100, 0, 20, 0), true);
            chat.say("ada", "long ".repeat(2_000));
            chat.say("ada", "long ".repeat(2_000));
            assertThat(lines)
                    .filteredOn(line -> line.contains("seems to cut prompts"))
                    .hasSize(1);
        });
    }

    private static void logged(Consumer<List<String>> scenario) {
        Logger logger = (Logger) LoggerFactory.getLogger("loci");
        List<String> lines = new ArrayList<>();
        ListAppender<ILoggingEvent> appender = new ListAppender<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(event.getLevel() + " " + event.getFormattedMessage());
            }
        };
        appender.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        try {
            scenario.accept(lines);
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(before);
        }
    }
}
