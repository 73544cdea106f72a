package loci.discord.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;

/** One session of a bot at the gateway: it outlives its connection, and keeps what it sent so that a resumed one can be told what it missed. */
final class GatewaySession {
    private static final int DISPATCH = 0;

    private final String id;
    private final int intents;
    private final int shard;
    private final int shards;
    private final List<ObjectNode> sent = new ArrayList<>();
    private @Nullable WebSocket connection;

    GatewaySession(String id, int intents, int shard, int shards, WebSocket connection) {
        this.id = id;
        this.intents = intents;
        this.shard = shard;
        this.shards = shards;
        this.connection = connection;
    }

    String id() {
        return id;
    }

    int intents() {
        return intents;
    }

    int shard() {
        return shard;
    }

    int shards() {
        return shards;
    }

    int sequence() {
        return sent.size();
    }

    @Nullable
    WebSocket connection() {
        return connection;
    }

    void disconnected() {
        connection = null;
    }

    /** Whether this session is told of what happens in this guild; what is in none goes to shard 0. */
    boolean minds(@Nullable Guild guild) {
        return (guild == null ? 0 : (guild.id() >>> 22) % shards) == shard;
    }

    void dispatch(String type, ObjectNode body) {
        ObjectNode frame = JsonNodeFactory.instance
                .objectNode()
                .put("op", DISPATCH)
                .put("s", sent.size() + 1)
                .put("t", type);
        frame.set("d", body);
        sent.add(frame);
        transmit(frame);
    }

    /** Goes on over a new connection: first what the old one missed. */
    void resume(WebSocket over, int lastSeen) {
        connection = over;
        List.copyOf(sent.subList(lastSeen, sent.size())).forEach(this::transmit);
        dispatch("RESUMED", JsonNodeFactory.instance.objectNode());
    }

    void transmit(ObjectNode frame) {
        if (connection != null) {
            send(connection, frame);
        }
    }

    static void send(WebSocket to, ObjectNode frame) {
        try {
            to.send(frame.toString());
        } catch (WebsocketNotConnectedException gone) {
            // what a session misses it may ask for when it resumes
        }
    }
}
