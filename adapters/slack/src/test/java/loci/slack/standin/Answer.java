package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the stand-in answers over HTTP. */
final class Answer {
    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers;

    Answer(int status, String type, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.headers = Map.copyOf(headers);
    }

    static Answer json(JsonNode body) {
        return json(200, body, Map.of());
    }

    static Answer json(int status, JsonNode body, Map<String, String> headers) {
        return new Answer(
                status, "application/json; charset=utf-8", body.toString().getBytes(StandardCharsets.UTF_8), headers);
    }

    static Answer text(int status, String body) {
        return new Answer(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
