package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;

import loci.model.ModelOutcome.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorTest {

    @Test
    void everyDialectIsRead() {
        ServerError openai = ServerError.read(
                400,
                "{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":\"max_tokens\",\"code\":\"c\"}}",
                "req_1");
        assertThat(openai.line("k")).isEqualTo("status 400, code c, type invalid_request_error, request req_1");
        ServerError vllm = ServerError.read(
                400,
                "{\"object\":\"error\",\"message\":\"m\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
                null);
        assertThat(vllm.type()).isEqualTo("BadRequestError");
        assertThat(vllm.code()).isEqualTo("400");
        ServerError ollama = ServerError.read(404, "{\"error\":\"model 'x' not found\"}", null);
        assertThat(ollama.message()).isEqualTo("model 'x' not found");
        ServerError fastApi = ServerError.read(
                422, "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"]}]}", null);
        assertThat(fastApi.names("stream_options")).isTrue();
        ServerError gemini = ServerError.read(400, "[{\"error\":{\"code\":400,\"message\":\"m\"}}]", null);
        assertThat(gemini.message()).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "42", "\"text\"", "{\"error\":null}", "{\"error\":[[]]}", "<html>", "{"})
    void nonsenseIsReadToo(String body) {
        assertThat(ServerError.read(500, body, null).cause()).isEqualTo(Cause.SERVER_FAILED);
    }

    @Test
    void theLineHoldsNeitherMessagesNorKeysNorSentences() {
        ServerError error = ServerError.read(
                401,
                "{\"error\":{\"message\":\"Incorrect key sk-abcdef\",\"type\":\"key sk-abcdef is"
                        + " wrong\",\"code\":\"sk-abcdef\"}}",
                "x sk-abcdef\n");
        assertThat(error.line("sk-abcdef")).isEqualTo("status 401");
        assertThat(error.toString()).doesNotContain("Incorrect");
    }
}
