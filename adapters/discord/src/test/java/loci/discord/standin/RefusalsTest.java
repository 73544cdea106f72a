package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Discord refuses, by its own codes; asked without JDA, which would not send some of it. */
@Timeout(60)
class RefusalsTest {
    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final HttpClient http = HttpClient.newHttpClient();
    private final String messages = "channels/" + general.id() + "/messages";

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private HttpResponse<String> ask(String method, String path, String body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.restUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bot " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String refusal(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = ask(method, path, body, server.token());
        JsonNode json = new JsonMapper().readTree(answer.body());
        return answer.statusCode() + " " + json.path("code").asInt();
    }

    @Test
    void too_long_empty_and_malformed() throws Exception {
        assertThat(refusal("POST", messages, "{\"content\":\"" + "x".repeat(2001) + "\"}"))
                .isEqualTo("400 50035");
        assertThat(refusal("POST", messages, "{\"content\":\"" + "🌱".repeat(2000) + "\"}"))
                .isEqualTo("200 0");
        assertThat(refusal("POST", messages, "{\"content\":\"  \"}")).isEqualTo("400 50006");
        assertThat(refusal("POST", messages, "{\"content\":\"x\",\"nonce\":\"" + "n".repeat(26) + "\"}"))
                .isEqualTo("400 50035");
        assertThat(refusal("POST", messages, "{\"content\":\"x\",\"message_reference\":{\"message_id\":\"1\"}}"))
                .isEqualTo("400 50035");
        assertThat(refusal("POST", messages, "{broken")).isEqualTo("400 50109");
        assertThat(server.violations()).as("what strays is noted").isNotEmpty();
    }

    @Test
    void what_is_unknown_hidden_or_forbidden() throws Exception {
        Message hers = ada.says(general, "hers");
        assertThat(refusal("GET", "channels/1", "")).isEqualTo("404 10003");
        assertThat(refusal("GET", messages + "/1", "")).isEqualTo("404 10008");
        assertThat(refusal("PATCH", messages + "/" + hers.id(), "{\"content\":\"mine\"}"))
                .isEqualTo("403 50005");
        assertThat(refusal("DELETE", messages + "/" + hers.id(), "")).isEqualTo("403 50013");
        general.denies(server.bot(), Permission.SEND_MESSAGES);
        assertThat(refusal("POST", messages, "{\"content\":\"x\"}")).isEqualTo("403 50013");
        general.denies(server.bot(), Permission.VIEW_CHANNEL);
        assertThat(refusal("POST", messages, "{\"content\":\"x\"}")).isEqualTo("403 50001");
        garden.removesBot();
        assertThat(refusal("GET", messages, "")).isEqualTo("403 50001");
        assertThat(refusal("POST", "interactions/1/t/callback", "{\"type\":5}")).isEqualTo("404 10062");
        assertThat(refusal("GET", "no/such/thing", "")).isEqualTo("404 0");
    }

    @Test
    void the_wrong_token_and_old_bulk_deletions() throws Exception {
        assertThat(ask("GET", "users/@me", "", "wrong").statusCode()).isEqualTo(401);
        general.allows(server.bot(), Permission.MANAGE_MESSAGES);
        Message first = ada.says(general, "one");
        Message second = ada.says(general, "two");
        assertThat(refusal("POST", messages + "/bulk-delete", "{\"messages\":[\"" + first.id() + "\"]}"))
                .isEqualTo("400 50016");
        server.advance(Duration.ofDays(15));
        assertThat(refusal(
                        "POST",
                        messages + "/bulk-delete",
                        "{\"messages\":[\"" + first.id() + "\",\"" + second.id() + "\"]}"))
                .isEqualTo("400 50034");
    }

    @Test
    void every_answer_carries_its_limits_and_files_expire() throws Exception {
        HttpResponse<String> answer = ask("GET", "users/@me", "", server.token());
        assertThat(answer.headers().map())
                .containsKeys(
                        "x-ratelimit-limit",
                        "x-ratelimit-remaining",
                        "x-ratelimit-reset",
                        "x-ratelimit-reset-after",
                        "x-ratelimit-bucket");
        Message message = ada.says(general, "see", Attachment.file("a.txt", "text/plain", new byte[] {1, 2}));
        HttpRequest file = HttpRequest.newBuilder(
                        URI.create(message.attachments().getFirst().url()))
                .build();
        assertThat(http.send(file, HttpResponse.BodyHandlers.ofByteArray()).body())
                .containsExactly(1, 2);
        server.advance(Duration.ofDays(2));
        assertThat(http.send(file, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }
}
