package loci.openai;

import static loci.openai.Behaviours.body;
import static loci.openai.Behaviours.contentFilter;
import static loci.openai.Behaviours.finishing;
import static loci.openai.Behaviours.length;
import static loci.openai.Behaviours.noUsage;
import static loci.openai.Behaviours.pieces;
import static loci.openai.Behaviours.reasoning;
import static loci.openai.Behaviours.refusal;
import static loci.openai.Behaviours.usageInLastChunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import loci.model.Cancellation;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import loci.model.Prompt;
import loci.model.PromptImage;
import loci.model.PromptImage.Detail;
import loci.model.PromptMessage;
import loci.model.ToolCall;
import loci.model.ToolSchema;
import loci.model.Usage;
import org.junit.jupiter.api.Test;

/** Answers of every kind, asked of a real server by the real client. */
class OpenAiModelTest {

    private static final PromptMessage.Role ASSISTANT = PromptMessage.Role.ASSISTANT;

    @Test
    void anAnswerIsShownPieceByPieceAndReportedWhole() {
        try (Asking asking = Asking.of(OpenAiServer.start().answer(request -> "You said: " + request.lastUser()))) {
            Asking.Asked asked = asking.ask("hello there");
            ChatRequest request = asking.server.lastRequest();
            Usage usage = new Usage(request.promptTokens(), 0, 5, 0);
            assertThat(asked.outcome()).isEqualTo(new Answered("You said: hello there", usage, true));
            assertThat(asked.shown()).isEqualTo("You said: hello there");
        }
    }

    @Test
    void theRequestSaysWhatThePromptSays() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            PromptMessage call =
                    new PromptMessage(ASSISTANT, "", List.of(new ToolCall("c1", "weather", "{\"in\":\"Oslo\"}")), null);
            PromptMessage result = new PromptMessage(PromptMessage.Role.TOOL, "rain", List.of(), "c1");
            asking.ask(
                    new Prompt(
                            List.of(PromptMessage.system("Be brief."), PromptMessage.user("Oslo?"), call, result),
                            77,
                            Prompt.Purpose.REPLY),
                    new Cancellation());
            ChatRequest request = asking.server.lastRequest();
            assertThat(request.messages())
                    .containsExactly(
                            new ChatRequest.Message("system", "Be brief.", null, List.of(), null),
                            new ChatRequest.Message("user", "Oslo?", null, List.of(), null),
                            new ChatRequest.Message(
                                    "assistant",
                                    "",
                                    null,
                                    List.of(new ChatRequest.Call("c1", "weather", "{\"in\":\"Oslo\"}")),
                                    null),
                            new ChatRequest.Message("tool", "rain", null, List.of(), "c1"));
            assertThat(request.outputLimit()).isEqualTo(OptionalInt.of(77));
            assertThat(request.temperature()).isEmpty();
            assertThat(request.wantsUsage()).isTrue();
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + Asking.KEY);
        }
    }

    @Test
    void imagesAreSentBesideTheTextOfAUser() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            PromptImage drawing = new PromptImage(URI.create("data:image/png;base64,iVBORw0KGgo="), 10, 10, Detail.LOW);
            PromptImage photo =
                    new PromptImage(URI.create("https://files.example/a%20b.jpg?x=1"), 900, 600, Detail.HIGH);
            asking.ask(
                    new Prompt(
                            List.of(
                                    shown("What is this?", drawing, photo),
                                    PromptMessage.assistant("A cat."),
                                    shown("", drawing)),
                            77,
                            Prompt.Purpose.REPLY),
                    new Cancellation());
            ChatRequest.Image first = new ChatRequest.Image("data:image/png;base64,iVBORw0KGgo=", "low");
            ChatRequest.Image second = new ChatRequest.Image("https://files.example/a%20b.jpg?x=1", "high");
            assertThat(asking.server.lastRequest().messages())
                    .containsExactly(
                            new ChatRequest.Message(
                                    "user", "What is this?", null, List.of(first, second), List.of(), null),
                            new ChatRequest.Message("assistant", "A cat.", null, List.of(), null),
                            new ChatRequest.Message("user", "", null, List.of(first), List.of(), null));
        }
    }

    private static PromptMessage shown(String words, PromptImage... images) {
        return new PromptMessage(PromptMessage.Role.USER, words, List.of(images), List.of(), null);
    }

    @Test
    void toolsAreDescribedAsTheirSchemasSay() throws JsonProcessingException {
        String schema = """
            {"type": "object", "required": ["city"], "additionalProperties": false, "properties": {
              "city": {"type": "string", "description": "Where; \\"Oslo\\", say"},
              "days": {"type": "integer", "minimum": 1, "default": 1.50},
              "unit": {"enum": ["°C", "°F", null]}}}\
            """;
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            List<ToolSchema> tools = List.of(
                    new ToolSchema("weather", "Tells the weather.", schema),
                    new ToolSchema("now", "Tells the time.", "{\"type\":\"object\",\"properties\":{}}"));
            asking.ask(
                    new Prompt(List.of(PromptMessage.user("Oslo?")), tools, 77, Prompt.Purpose.REPLY),
                    new Cancellation());
            List<ChatRequest.Tool> sent = asking.server.lastRequest().tools();
            assertThat(sent).extracting(ChatRequest.Tool::name).containsExactly("weather", "now");
            assertThat(sent)
                    .extracting(ChatRequest.Tool::description)
                    .containsExactly("Tells the weather.", "Tells the time.");
            assertThat(sent.getFirst().parameters()).isEqualTo(new JsonMapper().readTree(schema));
        }
    }

    @Test
    void aToolWhoseSchemaIsNoObjectIsAMistakeOfOurs() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            for (String schema : List.of("[]", "{", "")) {
                List<ToolSchema> tools = List.of(new ToolSchema("weather", "Tells it.", schema));
                assertThatThrownBy(() -> asking.ask(
                                new Prompt(List.of(PromptMessage.user("hi")), tools, 9, Prompt.Purpose.REPLY),
                                new Cancellation()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("weather");
            }
        }
    }

    @Test
    void summariesAreMadeAtTemperatureZero() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            asking.ask(
                    new Prompt(List.of(PromptMessage.user("sum up")), 50, Prompt.Purpose.SUMMARY), new Cancellation());
            assertThat(asking.server.lastRequest().temperature()).isEqualTo(OptionalDouble.of(0));
        }
    }

    @Test
    void noKeyMeansNoAuthorizationHeader() {
        try (OpenAiServer server = OpenAiServer.start();
                OpenAiModel model =
                        new OpenAiModel(Asking.profile("llama3.1"), OpenAiSettings.of(server.baseUrl(), null))) {
            assertThat(model.ask(Asking.prompt("hi"), piece -> {}, new Cancellation()))
                    .isInstanceOf(Answered.class);
            assertThat(server.lastRequest().headers()).doesNotContainKeys("authorization", "api-key");
        }
    }

    @Test
    void noMoreIsTakenToBeCachedThanWasRead() {
        String answer = """
            data: {"id":"x","object":"chat.completion.chunk","created":0,"model":"x","choices":[{"index":0,\
            "delta":{"content":"ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":1,\
            "total_tokens":11,"prompt_tokens_details":{"cached_tokens":500}}}

            data: [DONE]

            """;
        Behaviour overeager = body(200, Map.of("Content-Type", "text/event-stream"), answer);
        try (Asking asking = Asking.of(OpenAiServer.start().then(overeager))) {
            assertThat(asking.ask("hi").outcome()).isEqualTo(new Answered("ok", new Usage(10, 10, 1, 0), true));
        }
    }

    @Test
    void usageMayComeInTheLastChunkOrNotAtAll() {
        try (Asking asking = Asking.of(OpenAiServer.start().then(usageInLastChunk("a b c"), noUsage("d e f")))) {
            assertThat(asking.ask("1").outcome())
                    .isInstanceOfSatisfying(
                            Answered.class, a -> assertThat(a.usage().isKnown()).isTrue());
            assertThat(asking.ask("2").outcome()).isEqualTo(new Answered("d e f", Usage.UNKNOWN, true));
        }
    }

    @Test
    void reasoningIsNeverShownNorReported() {
        try (Asking asking = Asking.of(OpenAiServer.start()
                .then(
                        reasoning("secret thoughts", "The answer."),
                        pieces("<th", "ink>\nsecret ", "thoughts</thi", "nk>\n\nThe ", "answer."),
                        pieces("<think>secret thoughts without an end")))) {
            for (int i = 0; i < 2; i++) {
                Asking.Asked asked = asking.ask("why?");
                assertThat(asked.shown()).isEqualTo("The answer.");
                assertThat(asked.outcome())
                        .isInstanceOfSatisfying(
                                Answered.class, a -> assertThat(a.text()).isEqualTo("The answer."));
            }
            Asking.Asked cut = asking.ask("why?");
            assertThat(cut.shown()).isEmpty();
            assertThat(cut.outcome())
                    .isInstanceOfSatisfying(
                            Answered.class, a -> assertThat(a.text()).isEmpty());
        }
    }

    @Test
    void theReasonForEndingDecidesTheOutcome() {
        try (Asking asking = Asking.of(OpenAiServer.start()
                .then(
                        length("half a sen"),
                        contentFilter("half a"),
                        refusal("I cannot help with that."),
                        finishing("called", "tool_calls"),
                        finishing("odd", "eos_token"),
                        finishing("broke", "error")))) {
            assertThat(asking.ask("1").outcome()).isInstanceOfSatisfying(Answered.class, a -> {
                assertThat(a.text()).isEqualTo("half a sen");
                assertThat(a.complete()).isFalse();
            });
            assertThat(asking.ask("2").outcome())
                    .isInstanceOfSatisfying(
                            Declined.class, d -> assertThat(d.words()).isEmpty());
            assertThat(asking.ask("3").outcome())
                    .isInstanceOfSatisfying(
                            Declined.class, d -> assertThat(d.words()).isEqualTo("I cannot help with that."));
            assertThat(asking.ask("4").outcome()).isInstanceOf(Answered.class);
            assertThat(asking.ask("5").outcome())
                    .isInstanceOfSatisfying(
                            Answered.class, a -> assertThat(a.complete()).isTrue());
            assertThat(asking.ask("6").outcome())
                    .isInstanceOfSatisfying(
                            Unavailable.class, u -> assertThat(u.partialText()).isEqualTo("broke"));
        }
    }

    @Test
    void whatTheListenerThrowsIsTheCallersAndTheConnectionSurvives() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            assertThatThrownBy(() -> asking.model.ask(
                            Asking.prompt("hi"),
                            piece -> {
                                throw new IllegalArgumentException("mine");
                            },
                            new Cancellation()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("mine");
            assertThat(asking.ask("again").outcome()).isInstanceOf(Answered.class);
        }
    }

    @Test
    void aClosedModelStopsAtOnce() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            asking.model.close();
            assertThat(asking.ask("hi").outcome()).isEqualTo(new Stopped(""));
            assertThat(asking.server.requests()).isEmpty();
        }
    }

    @Test
    void warmingUpSendsNothing() {
        try (Asking asking = Asking.of(OpenAiServer.start())) {
            asking.model.warmUp();
            assertThat(asking.server.requests()).isEmpty();
            assertThat(asking.ask("hi").outcome()).isInstanceOf(Answered.class);
        }
    }
}
