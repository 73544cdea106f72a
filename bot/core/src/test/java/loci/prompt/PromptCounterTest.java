package loci.prompt;

import static loci.prompt.Views.MODEL;
import static loci.prompt.Views.bot;
import static loci.prompt.Views.person;
import static loci.prompt.Views.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import loci.memory.MemoryView;
import loci.memory.Turn;
import loci.model.ImageTokens;
import loci.model.Prompt;
import loci.model.PromptImage;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;
import loci.model.TokenCounter;
import loci.model.ToolCall;
import loci.model.ToolSchema;
import org.junit.jupiter.api.Test;

/** What is added to the texts' own tokens, and how often these are counted. The golden counts are tested where the real counter is. */
class PromptCounterTest {

    private static final ToolSchema WEATHER =
            new ToolSchema("weather", "Tells it.", "{\"properties\":{\"city\":{\"type\":\"string\"}}}");

    /** Counts characters, and how often it was asked for a text that is long enough to be remembered. */
    private static final class Characters implements TokenCounter {

        final AtomicInteger asked = new AtomicInteger();

        @Override
        public String encoding() {
            return "characters";
        }

        @Override
        public int count(String text) {
            if (text.length() > CountedTexts.SHORT) {
                asked.incrementAndGet();
            }
            return text.length();
        }
    }

    private final Characters characters = new Characters();
    private final PromptCounter counter = new PromptCounter(characters, new ImageTokens.Tiles(85, 170));

    @Test
    void aMessageIsItsContentAndFourMoreAndAPromptThreeMore() {
        assertThat(counter.count(PromptMessage.user("twelve chars"))).isEqualTo(12 + 4);
        assertThat(counter.count(PromptMessage.system(""))).isEqualTo(4);
        assertThat(counter.count(List.of(PromptMessage.system("a"), PromptMessage.assistant("b"))))
                .isEqualTo(5 + 5 + 3);
    }

    @Test
    void anImageIsCountedBesideTheText() {
        URI source = URI.create("data:image/png;base64," + "A".repeat(10_000));
        PromptImage image = new PromptImage(source, 1_024, 1_024, PromptImage.Detail.HIGH);
        assertThat(counter.count(new PromptMessage(Role.USER, "look", List.of(image, image), List.of(), null)))
                .isEqualTo(4 + 4 + 2 * 765);
    }

    @Test
    void theIdOfACallIsNoMatterAndItsToolIsNamedAgainBeforeItsResult() {
        PromptMessage call =
                new PromptMessage(Role.ASSISTANT, "", List.of(new ToolCall("any-id-of-any-length", "now", "{}")), null);
        PromptMessage result = new PromptMessage(Role.TOOL, "noon", List.of(), "any-id-of-any-length");
        assertThat(counter.count(call)).isEqualTo(4 + 5 + 2 * 3 + 2);
        assertThat(counter.count(result)).isEqualTo(4 + 4);
    }

    @Test
    void resultsOfCallsMadeTogetherAreCountedEscaped() {
        ToolCall now = new ToolCall("1", "now", "{}");
        PromptMessage one = new PromptMessage(Role.ASSISTANT, "", List.of(now), null);
        PromptMessage two = new PromptMessage(Role.ASSISTANT, "", List.of(now, now), null);
        PromptMessage result = new PromptMessage(Role.TOOL, "昼\n\"", List.of(), "1");
        assertThat(counter.count(List.of(one, result))).isEqualTo(3 + counter.count(one) + counter.count(result));
        assertThat(counter.count(List.of(two, result, result)))
                .isEqualTo(3 + counter.count(two) + 2 * (4 + "\\u663c\\n\\\"".length()));
    }

    @Test
    void toolsAreCountedAsTheyAreToldToTheModel() {
        String told = """
            namespace functions {

            // Tells it.
            type weather = (_: {
            city?: string,
            }) => any;

            } // namespace functions\
            """;
        assertThat(ToolDeclarations.of(List.of(WEATHER))).isEqualTo(told);
        assertThat(counter.countTools(List.of(WEATHER))).isEqualTo(9 + told.length());
        assertThat(counter.countTools(List.of())).isZero();
    }

    @Test
    void toolsShareTheSystemMessageWhereThereIsOne() {
        List<PromptMessage> without = List.of(PromptMessage.user("hi"));
        List<PromptMessage> with = List.of(PromptMessage.user("hi"), PromptMessage.system("Be brief."));
        assertThat(count(without)).isEqualTo(counter.count(without) + counter.countTools(List.of(WEATHER)));
        assertThat(count(with)).isEqualTo(counter.count(with) + counter.countTools(List.of(WEATHER)) - 4 + 1);
    }

    private int count(List<PromptMessage> messages) {
        return counter.count(new Prompt(messages, List.of(WEATHER), 10, Prompt.Purpose.REPLY));
    }

    @Test
    void everyKindOfSchemaIsTold() {
        ToolSchema tool = new ToolSchema("plan", "", """
            {"type": "object", "required": ["steps", "on"], "properties": {
              "steps": {"type": "array", "items": {"type": "object", "properties": {
                "what": {"type": ["string", "null"], "description": "A \\u201cstep\\u201d", "title": "Step"}}}},
              "on": {"anyOf": [{"type": "boolean"}, {"enum": ["always", 7, null]}]},
              "tags": {"type": "array", "default": [1, "a"], "examples": ["x"]},
              "rest": {"$ref": "#/definitions/rest", "default": {"a": true}}}}\
            """);
        assertThat(ToolDeclarations.of(List.of(tool, new ToolSchema("now", "", "{}"))))
                .isEqualTo("""
                    namespace functions {

                    type plan = (_: {
                    steps: {
                      // Step
                      // A “step”
                      what?: string | null,
                    }[],
                    on: boolean | "always" | 7 | null,
                    // - "x"
                    // default: [1, "a"]
                    tags?: any[],
                    // default: {"a": true}
                    rest?: any,
                    }) => any;

                    type now = () => any;

                    } // namespace functions\
                    """);
    }

    @Test
    void whatIsNoJsonIsNoSchema() {
        for (String text : List.of("", "{", "{\"a\":}", "[1,]", "{} x", "\"a", "\"\\x\"", "\"\\u12\"", "tru", "01e")) {
            assertThatThrownBy(() -> Json.read(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        String deep = "[".repeat(65) + "]".repeat(65);
        assertThatThrownBy(() -> Json.read(deep)).hasMessageContaining("64 levels");
        assertThat(Json.read(" [ [ ] , { } , -1.5e+3 ] "))
                .isEqualTo(new Json.Items(
                        List.of(new Json.Items(List.of()), new Json.Fields(Map.of()), new Json.Literal("-1.5e+3"))));
    }

    @Test
    void aSecondPromptOfTheSameWindowCountsNoTextAgain() {
        List<Turn> window = new ArrayList<>();
        for (int i = 1; i <= 40; i += 2) {
            window.add(person(i, "ada", "question " + i + " of a person who writes at some length, as people do"));
            window.add(bot(i + 1, i, "answer " + i + ", which is not short either: " + "rain ".repeat(i)));
        }
        MemoryView view = view(List.of(), window, person(99, "ada", "and now, after all of that, what do you say?"));
        PromptAssembler assembler = new PromptAssembler("You are loci.", NoteRole.SYSTEM, List.of(WEATHER), counter);
        Assembly first = assembler.assemble(view, new Strategy.Hybrid(64), MODEL, new TokenBudget(12_000, 100));
        assertThat(first).isInstanceOf(Assembly.Fits.class);
        assertThat(characters.asked.getAndSet(0)).isGreaterThanOrEqualTo(40);
        Assembly second = assembler.assemble(view, new Strategy.Hybrid(64), MODEL, new TokenBudget(12_000, 100));
        assertThat(second).isEqualTo(first);
        assertThat(characters.asked).hasValue(0);
    }

    @Test
    void onlyTheTextsLastUsedAreRemembered() {
        CountedTexts texts = new CountedTexts(characters, 100);
        String kept = "x".repeat(100);
        for (int i = 0; i < 5_000; i++) {
            assertThat(texts.count("a text of which there are very many, each of them other: " + "y".repeat(9) + i))
                    .isGreaterThan(64);
            assertThat(texts.count(kept)).isEqualTo(100);
        }
        assertThat(texts.remembered()).isEqualTo(100);
        assertThat(characters.asked).hasValue(5_001);
    }

    private static final class HighSurrogates implements TokenCounter {

        @Override
        public String encoding() {
            return "high surrogates";
        }

        @Override
        public int count(String text) {
            return (int) text.chars()
                    .filter(c -> Character.isHighSurrogate((char) c))
                    .count();
        }
    }

    @Test
    void textsThatOnlyLookAlikeAreCountedApart() {
        CountedTexts texts = new CountedTexts(new HighSurrogates());
        String begin = "z".repeat(100);
        assertThat(texts.count(begin + "\ud800")).isEqualTo(1);
        assertThat(texts.count(begin + "\udc00")).isZero();
        assertThat(texts.count(begin + "?")).isZero();
    }

    @Test
    void anyNumberOfThreadsMayCount() throws Exception {
        CountedTexts texts = new CountedTexts(characters, 50);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                String text = "w".repeat(70 + i % 90);
                all.add(threads.submit(() -> texts.count(text) == text.length()));
            }
            for (Future<Boolean> right : all) {
                assertThat(right.get()).isTrue();
            }
        }
        assertThat(texts.remembered()).isLessThanOrEqualTo(50);
    }
}
