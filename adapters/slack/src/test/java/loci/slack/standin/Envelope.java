package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something Slack tells the app, by socket or by HTTP, and whether the app has taken it. */
final class Envelope {
    /** What is in it. */
    enum Kind {
        EVENT("events_api"),
        COMMAND("slash_commands"),
        INTERACTION("interactive");

        final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    private final String id;
    private final Kind kind;
    private final ObjectNode payload;
    private final Consumer<@Nullable JsonNode> onAnswer;
    private int retries;
    private boolean acknowledged;

    Envelope(String id, Kind kind, ObjectNode payload, Consumer<@Nullable JsonNode> onAnswer) {
        this.id = id;
        this.kind = kind;
        this.payload = payload;
        this.onAnswer = onAnswer;
    }

    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    ObjectNode payload() {
        return payload;
    }

    int retries() {
        return retries;
    }

    boolean acknowledged() {
        return acknowledged;
    }

    void retry() {
        retries++;
    }

    /** The app took it; what it says counts the first time. */
    void answered(@Nullable JsonNode answer) {
        if (!acknowledged) {
            acknowledged = true;
            onAnswer.accept(answer);
        }
    }

    /** As it goes through a socket. */
    ObjectNode frame() {
        ObjectNode frame = World.json();
        frame.set("payload", payload);
        frame.put("envelope_id", id).put("type", kind.name).put("accepts_response_payload", kind != Kind.EVENT);
        if (kind == Kind.EVENT) {
            frame.put("retry_attempt", retries).put("retry_reason", retries == 0 ? "" : "timeout");
        }
        return frame;
    }

    @Override
    public String toString() {
        return kind.name + " " + payload.path("event").path("type").asText()
                + payload.path("command").asText()
                + (payload.has("event") ? "" : payload.path("type").asText());
    }
}
