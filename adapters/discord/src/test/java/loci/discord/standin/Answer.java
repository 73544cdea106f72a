package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the REST API answers. */
record Answer(int status, @Nullable JsonNode body, Map<String, String> headers) {
    static final Answer NOTHING = new Answer(204, null);

    Answer(int status, @Nullable JsonNode body) {
        this(status, body, Map.of());
    }

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer tooMany(Duration wait, boolean global) {
        double seconds = wait.toMillis() / 1000.0;
        Map<String, String> scope = global
                ? Map.of("X-RateLimit-Global", "true", "X-RateLimit-Scope", "global")
                : Map.of("X-RateLimit-Scope", "user", "X-RateLimit-Remaining", "0");
        Map<String, String> headers = new java.util.HashMap<>(scope);
        headers.put("Retry-After", Long.toString(Math.ceilDiv(wait.toMillis(), 1000)));
        headers.put("X-RateLimit-Reset-After", Double.toString(seconds));
        return new Answer(
                429,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("message", "You are being rate limited.")
                        .put("retry_after", seconds)
                        .put("global", global),
                headers);
    }
}
