package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * Socket Mode: the connections of the app, and what goes through them. Each envelope goes through one connection, in turn.
 *
 * @see <a href="https://docs.slack.dev/apis/events-api/using-socket-mode">Socket Mode</a>
 */
public final class SocketMode {
    private static final int POLICY = 1008;
    private static final int GOING_AWAY = 1001;
    private static final int LASTS_SECONDS = 3_600;

    private final World world;
    private final Set<String> tickets = new HashSet<>();
    private final List<WebSocket> connections = new ArrayList<>();
    private final Set<WebSocket> retiring = new HashSet<>();
    private String url = "";
    private int opened;
    private int turn;
    private boolean disabled;

    SocketMode(World world) {
        this.world = world;
    }

    // ---- what a test does

    /** How many connections stand that take envelopes. */
    public int connections() {
        return world.locked(() -> usable().size());
    }

    /** How many connections were ever opened. */
    public int opened() {
        return world.locked(() -> opened);
    }

    /** Waits, bounded by the server's patience, until so many connections take envelopes. */
    public void awaitsConnections(int number) {
        world.insist(
                () -> number + " connections, not " + usable().size(), () -> usable().size() == number ? true : null);
    }

    /** Waits, bounded by the server's patience, until so many connections were ever opened. */
    public void awaitsOpened(int number) {
        world.insist(() -> number + " connections, not " + opened, () -> opened >= number ? true : null);
    }

    /** Tells every connection that it will end soon: {@code warning}. They go on, and take envelopes. */
    public void warns() {
        world.locked(() -> connections.forEach(one -> disconnect(one, "warning")));
    }

    /** Asks every connection to be replaced: {@code refresh_requested}. They stay open, but take no envelopes any more. */
    public void asksToReconnect() {
        world.locked(() -> usable().forEach(one -> {
            disconnect(one, "refresh_requested");
            retiring.add(one);
        }));
    }

    /** Someone switched Socket Mode off for the app: {@code link_disabled}; all connections end, and none is opened. */
    public void disablesLink() {
        world.locked(() -> {
            disabled = true;
            connections.forEach(one -> {
                disconnect(one, "link_disabled");
                one.close(GOING_AWAY);
            });
        });
    }

    /** Closes all connections, as Slack does when it is done with them. */
    public void closes() {
        world.locked(() -> connections.forEach(one -> one.close(GOING_AWAY)));
    }

    /** Cuts all connections without a word. */
    public void drops() {
        world.locked(() -> List.copyOf(connections).forEach(SocketHost::cut));
    }

    /** Sends again every event that was not acknowledged, as Slack does after a while; gives how many. */
    public int redeliversUnacknowledged() {
        return world.locked(() -> world.deliveries().redeliver(false));
    }

    /** Sends again every event that was acknowledged, as Slack does where the acknowledgement was lost; gives how many. */
    public int redeliversAcknowledged() {
        return world.locked(() -> world.deliveries().redeliver(true));
    }

    // ---- for the stand-in itself, under the world's lock

    void at(String newUrl) {
        url = newUrl;
    }

    /** A URL that opens one connection. */
    String ticket() {
        if (disabled) {
            throw new Refusal("forbidden_team");
        }
        String ticket = world.uuid();
        tickets.add(ticket);
        return url + "/link/?ticket=" + ticket + "&app_id=" + World.APP_ID;
    }

    void connected(WebSocket connection, String resource) {
        int from = resource.indexOf("ticket=") + "ticket=".length();
        int to = resource.indexOf('&', from);
        if (to < 0 || !tickets.remove(resource.substring(from, to))) {
            connection.close(POLICY, "unknown ticket");
            return;
        }
        opened++;
        connections.add(connection);
        ObjectNode hello = World.json().put("type", "hello").put("num_connections", connections.size());
        hello.putObject("debug_info")
                .put("host", "applink-" + opened)
                .put("build_number", 1)
                .put("approximate_connection_time", LASTS_SECONDS);
        hello.putObject("connection_info").put("app_id", World.APP_ID);
        connection.send(hello.toString());
    }

    void disconnected(WebSocket connection) {
        connections.remove(connection);
        retiring.remove(connection);
    }

    void received(JsonNode frame) {
        if (!frame.path("envelope_id").isTextual()) {
            world.violations().add("a frame without envelope_id: " + frame);
            return;
        }
        JsonNode payload = frame.path("payload");
        world.deliveries().acknowledged(frame.path("envelope_id").asText(), orNull(payload));
    }

    private static @Nullable JsonNode orNull(JsonNode payload) {
        if (payload.isTextual() && !payload.asText().isEmpty()) {
            return World.json().put("text", payload.asText());
        }
        return payload.isObject() ? payload : null;
    }

    /** Sends it through one of the connections; where none is there it stays unacknowledged. */
    void carry(Envelope envelope) {
        List<WebSocket> usable = usable();
        if (!usable.isEmpty()) {
            turn = (turn + 1) % usable.size();
            try {
                usable.get(turn).send(envelope.frame().toString());
            } catch (WebsocketNotConnectedException closedMeanwhile) {
                connections.remove(usable.get(turn));
            }
        }
    }

    private List<WebSocket> usable() {
        return connections.stream()
                .filter(one -> !retiring.contains(one) && one.isOpen())
                .toList();
    }

    private void disconnect(WebSocket connection, String reason) {
        ObjectNode frame = World.json().put("type", "disconnect").put("reason", reason);
        frame.putObject("debug_info").put("host", "applink-" + opened);
        connection.send(frame.toString());
    }
}
