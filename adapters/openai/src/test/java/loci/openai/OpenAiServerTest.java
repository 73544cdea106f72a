package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test server against a client that is not the SDK. */
class OpenAiServerTest {

    private static final String HEAD =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void answersWholeOrInAStreamAsAsked() throws Exception {
        try (OpenAiServer server = OpenAiServer.start().answer(request -> "Hello, " + request.lastUser())) {
            HttpResponse<String> whole = post(server, HEAD + "}");
            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.body())
                    .contains("\"content\":\"Hello, hi\"", "\"finish_reason\":\"stop\"", "prompt_tokens");
            HttpResponse<String> stream =
                    post(server, HEAD + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
            assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(stream.body()).endsWith("data: [DONE]\n\n").contains("\"choices\":[],\"usage\":{");
            assertThat(post(server, HEAD + ",\"stream\":true}").body()).doesNotContain("usage");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"mood\":\"good\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":\"1\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\"}]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"video\"}]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"https://a.example/b.png\"}}]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"file:///etc/passwd\"}}]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"https://a.example/b.png\",\"detail\":\"LOW\"}}]}]}",
                HEAD + ",\"tools\":[]}",
                HEAD + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"two words\"}}]}",
                HEAD + ",\"tools\":[{\"function\":{\"name\":\"weather\"}}]}",
                HEAD
                        + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":\"{}\"}}]}",
                HEAD + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"colour\":\"red\"}}]}",
                HEAD + ",\"tool_choice\":\"auto\"}",
                HEAD + ",\"colour\":\"red\"}",
                HEAD + ",\"max_tokens\":5,\"max_completion_tokens\":5}",
                HEAD + ",\"max_tokens\":\"5\"}",
                HEAD + ",\"temperature\":3}",
                HEAD + ",\"stream\":\"yes\"}",
                HEAD + ",\"stream_options\":{\"include_usage\":true}}",
                "{\"model\":\"o3\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":5}",
                "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":0}"
            })
    void malformedRequestsAreRefusedAndNotRecorded(String body) throws Exception {
        try (OpenAiServer server = OpenAiServer.start()) {
            HttpResponse<String> refused = post(server, body);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("\"error\"", "invalid_request_error");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void otherAddressesAreNotThere() throws Exception {
        try (OpenAiServer server = OpenAiServer.start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/nothing"))
                    .build();
            assertThat(send(request).statusCode()).isEqualTo(404);
            HttpRequest models = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/models"))
                    .build();
            assertThat(send(models).statusCode()).isEqualTo(200);
        }
    }

    /** The example and its counts are the cookbook's. */
    @ParameterizedTest
    @CsvSource({"gpt-3.5-turbo, 129", "gpt-4-0613, 129", "gpt-4o, 124", "gpt-4o-mini, 124"})
    void promptTokensAreCountedByThePublishedRule(String model, int tokens) {
        List<ChatRequest.Message> messages = Stream.of(
                        List.of(
                                "system",
                                "",
                                "You are a helpful, pattern-following assistant that translates corporate jargon into"
                                        + " plain English."),
                        List.of("system", "example_user", "New synergies will help drive top-line growth."),
                        List.of("system", "example_assistant", "Things working well together will increase revenue."),
                        List.of(
                                "system",
                                "example_user",
                                "Let's circle back when we have more bandwidth to touch base on opportunities for"
                                        + " increased leverage."),
                        List.of(
                                "system",
                                "example_assistant",
                                "Let's talk later when we're less busy about how to do better."),
                        List.of(
                                "user",
                                "",
                                "This late pivot means we don't have time to boil the ocean for the client"
                                        + " deliverable."))
                .map(m -> new ChatRequest.Message(
                        m.get(0), m.get(2), m.get(1).isEmpty() ? null : m.get(1), List.of(), null))
                .toList();
        assertThat(TokenRule.prompt(model, messages)).isEqualTo(tokens);
    }

    private static HttpResponse<String> post(OpenAiServer server, String body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
