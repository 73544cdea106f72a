package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the app is told: each event, command and interaction once, and again where a test wants it and the app had not taken it. */
final class Deliveries {
    private final World world;
    private final Map<String, Envelope> all = new LinkedHashMap<>();
    private Consumer<Envelope> carrier = envelope -> {};

    Deliveries(World world) {
        this.world = world;
    }

    /** Who carries envelopes from now on: the socket or HTTP. */
    void carriedBy(Consumer<Envelope> newCarrier) {
        carrier = newCarrier;
    }

    void event(ObjectNode event, @Nullable Channel in) {
        Workspace home = world.home();
        event(event, in, home, home);
    }

    /**
     * @param told where it happened
     * @param home whose installation of the app it is for
     */
    void event(ObjectNode event, @Nullable Channel in, Workspace told, Workspace home) {
        ObjectNode payload = World.json()
                .put("token", "verification-token")
                .put("team_id", told.id())
                .put("context_team_id", home.id())
                .put("api_app_id", World.APP_ID);
        payload.putNull("context_enterprise_id");
        payload.set("event", event);
        payload.put("type", "event_callback")
                .put("event_id", world.id("Ev"))
                .put("event_time", world.clock().instant().getEpochSecond())
                .put("is_ext_shared_channel", in != null && in.shared())
                .put("event_context", "4-" + world.uuid());
        ObjectNode authorization = payload.putArray("authorizations").addObject();
        authorization.putNull("enterprise_id");
        authorization
                .put("team_id", home.id())
                .put("user_id", world.bot().id())
                .put("is_bot", true)
                .put("is_enterprise_install", false);
        send(Envelope.Kind.EVENT, payload, answer -> {});
    }

    void send(Envelope.Kind kind, ObjectNode payload, Consumer<@Nullable JsonNode> onAnswer) {
        Envelope envelope = new Envelope(world.uuid(), kind, payload, onAnswer);
        all.put(envelope.id(), envelope);
        carrier.accept(envelope);
    }

    void acknowledged(String id, @Nullable JsonNode answer) {
        Envelope envelope = all.get(id);
        if (envelope != null) {
            envelope.answered(answer);
        }
    }

    List<Envelope> unacknowledged() {
        return all.values().stream().filter(one -> !one.acknowledged()).toList();
    }

    /** Events only: Slack sends a command or an interaction once. */
    int redeliver(boolean taken) {
        List<Envelope> again = all.values().stream()
                .filter(one -> one.kind() == Envelope.Kind.EVENT && one.acknowledged() == taken)
                .toList();
        again.forEach(one -> {
            one.retry();
            carrier.accept(one);
        });
        return again.size();
    }
}
