package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import loci.SharedData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the check sees what strays from Discord's document; skipped by name where that is not beside this clone. */
@Timeout(60)
class OpenApiCheckTest {
    private final OpenApiCheck check = new OpenApiCheck();

    @BeforeEach
    void document() {
        SharedData.require("discord-openapi/openapi.json");
    }

    private void asks(String method, String path, Map<String, String> query, String body) throws Exception {
        JsonNode json = body.isEmpty() ? MissingNode.getInstance() : new JsonMapper().readTree(body);
        check.asked(new Request(method, path, query, Map.of(), json, List.of()));
    }

    @Test
    void what_is_right_passes() throws Exception {
        asks("POST", "/channels/1/messages", Map.of(), "{\"content\":\"hi\",\"enforce_nonce\":true,\"nonce\":\"n\"}");
        asks("GET", "/channels/1/messages", Map.of("limit", "50", "before", "7"), "");
        asks("POST", "/users/@me/channels", Map.of(), "{\"recipient_id\":\"1\"}");
        assertThat(check.violations()).isEmpty();
    }

    @Test
    void what_is_wrong_is_noted() throws Exception {
        asks("POST", "/channels/1/messages", Map.of(), "{\"content\":7}");
        asks("POST", "/channels/1/messages", Map.of(), "{\"contents\":\"hi\"}");
        asks("POST", "/channels/1/massages", Map.of(), "{}");
        asks("GET", "/channels/1/messages", Map.of("limit", "101"), "");
        asks("GET", "/channels/1/messages", Map.of("lines", "1"), "");
        asks("POST", "/channels/1/typing", Map.of(), "{}");
        assertThat(check.violations()).hasSize(6);
    }

    @Test
    void the_stand_ins_own_answers_are_held_against_it_too() throws Exception {
        Request request = new Request("GET", "/users/@me", Map.of(), Map.of(), MissingNode.getInstance(), List.of());
        check.answered(request, Answer.ok(new JsonMapper().readTree("{\"id\":\"1\"}")));
        assertThat(check.ownViolations()).isNotEmpty();
    }
}
