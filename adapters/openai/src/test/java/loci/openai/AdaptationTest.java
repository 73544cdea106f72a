package loci.openai;

import static loci.model.PromptMessage.assistant;
import static loci.model.PromptMessage.system;
import static loci.model.PromptMessage.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import loci.model.Cancellation;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelOutcome.Unavailable;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import org.junit.jupiter.api.Test;

/** A server that does not take a part of a request is asked once more without it, and then always so. */
class AdaptationTest {

    private static final List<PromptMessage> DIALOGUE =
            List.of(system("s"), system("note"), user("a"), user("b"), assistant("c"), user("d"));

    @Test
    void aServerThatKnowsNoStreamOptions() {
        String refusal = "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"]}]}";
        OpenAiServer server = strict(request -> request.wantsUsage() ? Optional.of(refusal) : Optional.empty(), 422);
        try (Asking asking = Asking.of(server)) {
            assertThat(asking.ask("1").outcome()).isInstanceOf(Answered.class);
            assertThat(asking.ask("2").outcome()).isInstanceOf(Answered.class);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aReasoningModelThatNobodyToldUsOf() {
        ModelProfile profile =
                new ModelProfile("gpt-5-new", "o200k_base", 8_192, 1_000, true, false, "max_tokens", true);
        try (Asking asking = Asking.of(OpenAiServer.start(), profile)) {
            Prompt summary = new Prompt(List.of(user("sum up")), 50, Prompt.Purpose.SUMMARY);
            assertThat(asking.ask(summary, new Cancellation()).outcome()).isInstanceOf(Answered.class);
            ChatRequest request = asking.server.lastRequest();
            assertThat(request.outputLimit()).isEqualTo(OptionalInt.of(50));
            assertThat(request.raw()).contains("max_completion_tokens").doesNotContain("temperature");
        }
    }

    @Test
    void aTemplateThatWantsAlternatingRoles() {
        String refusal =
                "{\"object\":\"error\",\"message\":\"After the optional system message, conversation roles must"
                    + " alternate"
                    + " user/assistant/user/assistant/...\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}";
        OpenAiServer server =
                strict(request -> alternates(request, true) ? Optional.empty() : Optional.of(refusal), 400);
        assertAdapted(server, "s\n\nnote", "a\n\nb", "c", "d");
    }

    @Test
    void aTemplateWithoutASystemRoleThatFailsWithFiveHundred() {
        String refusal =
                "{\"error\":{\"code\":500,\"message\":\"System role not supported\",\"type\":\"server_error\"}}";
        OpenAiServer server =
                strict(request -> alternates(request, false) ? Optional.empty() : Optional.of(refusal), 500);
        assertAdapted(server, "s\n\nnote\n\na\n\nb", "c", "d");
    }

    @Test
    void aTemplateWithoutASystemRoleThatOnlySaysAlternate() {
        String refusal = "{\"message\":\"Conversation roles must alternate user/assistant/user/assistant/...\"}";
        OpenAiServer server =
                strict(request -> alternates(request, false) ? Optional.empty() : Optional.of(refusal), 400);
        assertAdapted(server, "s\n\nnote\n\na\n\nb", "c", "d");
    }

    @Test
    void aRefusalThatNoFormHelpsIsNotRepeatedWithoutEnd() {
        OpenAiServer server =
                strict(request -> Optional.of("{\"error\":\"stream_options, roles must alternate\"}"), 400);
        try (Asking asking = Asking.of(server)) {
            assertThat(asking.ask("1").outcome())
                    .isInstanceOfSatisfying(
                            Unavailable.class, u -> assertThat(u.cause()).isEqualTo(Cause.REQUEST_REFUSED));
            assertThat(server.requests()).hasSize(4);
        }
    }

    private static void assertAdapted(OpenAiServer server, String... contents) {
        try (Asking asking = Asking.of(server)) {
            Prompt prompt = new Prompt(DIALOGUE, 50, Prompt.Purpose.REPLY);
            assertThat(asking.ask(prompt, new Cancellation()).outcome()).isInstanceOf(Answered.class);
            assertThat(server.lastRequest().messages().stream().map(ChatRequest.Message::content))
                    .containsExactly(contents);
            int before = server.requests().size();
            assertThat(asking.ask(prompt, new Cancellation()).outcome()).isInstanceOf(Answered.class);
            assertThat(server.requests()).as("the form is remembered").hasSize(before + 1);
            assertThat(asking.model.profile())
                    .as("later prompts are counted in the form they are sent in")
                    .isEqualTo(asking.model.profile().withStrictRoles());
        }
    }

    private static OpenAiServer strict(Function<ChatRequest, Optional<String>> refusal, int status) {
        return OpenAiServer.start().always(turn -> {
            Optional<String> body = refusal.apply(turn.request());
            Behaviour behaviour =
                    body.map(text -> Behaviours.body(status, Map.of(), text)).orElse(Behaviours.text("ok"));
            behaviour.act(turn);
        });
    }

    private static boolean alternates(ChatRequest request, boolean systemFirst) {
        List<String> roles =
                request.messages().stream().map(ChatRequest.Message::role).toList();
        boolean skipFirst = systemFirst && roles.getFirst().equals("system");
        String expected = "user";
        for (String role : roles.subList(skipFirst ? 1 : 0, roles.size())) {
            if (!role.equals(expected)) {
                return false;
            }
            expected = expected.equals("user") ? "assistant" : "user";
        }
        return true;
    }
}
