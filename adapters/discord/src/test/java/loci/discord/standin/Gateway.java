package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.java_websocket.WebSocket;
import org.jspecify.annotations.Nullable;

/** Discord's gateway: who identified, what they are told, and what can go wrong between. */
public final class Gateway {
    private static final int HEARTBEAT = 1;
    private static final int IDENTIFY = 2;
    private static final int RESUME = 6;
    private static final int RECONNECT = 7;
    private static final int REQUEST_MEMBERS = 8;
    private static final int INVALID_SESSION = 9;
    private static final int HELLO = 10;
    private static final int HEARTBEAT_ACK = 11;

    private static final int NOT_AUTHENTICATED = 4003;
    private static final int AUTHENTICATION_FAILED = 4004;
    private static final int ALREADY_AUTHENTICATED = 4005;
    private static final int INVALID_SEQUENCE = 4007;
    private static final int INVALID_SHARD = 4010;
    private static final int SHARDING_REQUIRED = 4011;
    private static final int DISALLOWED_INTENTS = 4014;

    /** How long Discord has a bot wait between two that identify in the same bucket. */
    private static final long IDENTIFY_NANOS = 5_000_000_000L;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final World world;
    private final String token;
    private final Map<String, GatewaySession> sessions = new LinkedHashMap<>();
    private final java.util.Set<WebSocket> connections = new java.util.LinkedHashSet<>();
    private String url = "";
    private int allowed = Intents.ALL;
    private int heartbeatMillis = 41_250;
    private boolean deaf;
    private boolean shut;
    private int recommended = 1;
    private int required = 1;
    private int atOnce = 1;
    private int startsLeft = 1_000;
    private boolean paced;
    private int tooEarly;
    private final Map<Integer, Long> lastInBucket = new LinkedHashMap<>();
    private int refusedIdentifies;
    private int identified;
    private int resumed;
    private int heartbeats;
    private @Nullable ObjectNode lastIdentify;

    Gateway(World world, String token) {
        this.world = world;
        this.token = token;
    }

    void at(String newUrl) {
        world.locked(() -> url = newUrl);
    }

    // ---- what a test does to it

    /** Cuts every connection without a word, as a broken network does. */
    public void drops() {
        world.locked(() -> List.copyOf(connections).forEach(GatewayServer::cut));
    }

    /** Closes every connection with this code. */
    public void closes(int code) {
        world.locked(() -> List.copyOf(connections).forEach(one -> one.close(code, "scripted")));
    }

    /** Asks everyone connected to reconnect and resume (op 7). */
    public void asksToReconnect() {
        world.locked(() -> tell(JSON.objectNode().put("op", RECONNECT).putNull("d")));
    }

    /** Declares the sessions invalid (op 9); those that are not resumable are forgotten. */
    public void invalidatesSessions(boolean resumable) {
        world.locked(() -> {
            tell(JSON.objectNode().put("op", INVALID_SESSION).put("d", resumable));
            if (!resumable) {
                sessions.clear();
            }
        });
    }

    /** Declares the sessions of one shard invalid, and forgets them. */
    public void invalidatesShard(int shard) {
        world.locked(() -> {
            ObjectNode invalid = JSON.objectNode().put("op", INVALID_SESSION).put("d", false);
            of(shard).forEach(session -> session.transmit(invalid));
            sessions.values().removeIf(session -> session.shard() == shard);
        });
    }

    private List<GatewaySession> of(int shard) {
        return sessions.values().stream()
                .filter(session -> session.shard() == shard)
                .toList();
    }

    /** What it advises those who ask before they connect. */
    public void recommends(int shards, int startingAtOnce, int starts) {
        world.locked(() -> {
            recommended = shards;
            atOnce = startingAtOnce;
            startsLeft = starts;
        });
    }

    /** Refuses whoever comes with fewer shards. */
    public void requiresShards(int least) {
        world.locked(() -> required = least);
    }

    /** From now on those who identify sooner after another in their bucket than Discord allows are told that their session is invalid. */
    public void mindsThePace() {
        world.locked(() -> paced = true);
    }

    /** How many identified too early. */
    public int tooEarly() {
        return world.locked(() -> tooEarly);
    }

    /** The shards that have a session, and of how many each believes to be, such as 0/2. */
    public List<String> shards() {
        return world.locked(() -> sessions.values().stream()
                .map(session -> session.shard() + "/" + session.shards())
                .sorted()
                .toList());
    }

    int recommended() {
        return recommended;
    }

    int atOnce() {
        return atOnce;
    }

    int startsLeft() {
        return startsLeft;
    }

    private boolean isTooEarly(int shard) {
        long now = System.nanoTime();
        Long before = lastInBucket.put(shard % atOnce, now);
        boolean early = paced && before != null && now - before < IDENTIFY_NANOS;
        tooEarly += early ? 1 : 0;
        return early;
    }

    /** Forgets the sessions in silence: who resumes is told that theirs is invalid. */
    public void forgetsSessions() {
        world.locked(sessions::clear);
    }

    /** Answers the next so many attempts to identify with an invalid session. */
    public void refusesIdentifies(int count) {
        world.locked(() -> refusedIdentifies = count);
    }

    /** Takes no connections until it is opened again. */
    public void shuts() {
        world.locked(() -> shut = true);
        drops();
    }

    public void opens() {
        world.locked(() -> shut = false);
    }

    /** No longer acknowledges heartbeats. */
    public void ignoresHeartbeats(boolean ignore) {
        world.locked(() -> deaf = ignore);
    }

    /** How often those who connect from now on are asked for a heartbeat. */
    public void wantsHeartbeatEvery(int millis) {
        world.locked(() -> heartbeatMillis = millis);
    }

    /** Which privileged intents the bot's owner switched on in the portal; all are at the start. */
    public void allowsPrivileged(int intents) {
        world.locked(() -> allowed = intents | ~Intents.PRIVILEGED);
    }

    public int identified() {
        return world.locked(() -> identified);
    }

    public int resumed() {
        return world.locked(() -> resumed);
    }

    public int heartbeats() {
        return world.locked(() -> heartbeats);
    }

    /** What the newest session identified itself with. */
    public ObjectNode lastIdentify() {
        return world.locked(() -> Objects.requireNonNull(lastIdentify, "nobody identified"));
    }

    /** Waits, bounded by the server's patience, until so many sessions were begun or resumed in all. */
    public void awaitSessions(int count) {
        world.insist(count + " sessions", () -> identified + resumed >= count && live() ? this : null);
    }

    private boolean live() {
        return sessions.values().stream().anyMatch(one -> one.connection() != null);
    }

    private void tell(ObjectNode frame) {
        sessions.values().forEach(session -> session.transmit(frame));
    }

    /** The intents of all live sessions: what REST shows of messages follows from them. */
    int intents() {
        return sessions.values().stream().mapToInt(GatewaySession::intents).reduce(0, (left, right) -> left | right);
    }

    // ---- the protocol, under the world's lock

    void connected(WebSocket connection) {
        if (shut) {
            GatewayServer.cut(connection);
            return;
        }
        connections.add(connection);
        ObjectNode hello = JSON.objectNode().put("op", HELLO);
        hello.putObject("d").put("heartbeat_interval", heartbeatMillis).putArray("_trace");
        GatewaySession.send(connection, hello);
    }

    /** A client that closes with 1000 or 1001 ends its session; one that closes otherwise may resume it. */
    void disconnected(WebSocket connection, int code, boolean byClient) {
        connections.remove(connection);
        GatewaySession session = of(connection);
        if (session != null) {
            session.disconnected();
            if (byClient && (code == 1000 || code == 1001)) {
                sessions.remove(session.id());
            }
        }
    }

    void received(WebSocket connection, JsonNode frame) {
        JsonNode data = frame.path("d");
        switch (frame.path("op").asInt()) {
            case HEARTBEAT -> {
                heartbeats++;
                if (!deaf) {
                    GatewaySession.send(connection, JSON.objectNode().put("op", HEARTBEAT_ACK));
                }
            }
            case IDENTIFY -> identify(connection, data);
            case RESUME -> resume(connection, data);
            case REQUEST_MEMBERS -> members(connection, data);
            default -> {
                if (of(connection) == null) {
                    connection.close(NOT_AUTHENTICATED, "Not authenticated.");
                }
            }
        }
    }

    private void identify(WebSocket connection, JsonNode data) {
        lastIdentify = data.deepCopy();
        int intents = data.path("intents").asInt();
        int shard = data.path("shard").path(0).asInt(0);
        int shards = data.path("shard").path(1).asInt(1);
        if (of(connection) != null) {
            connection.close(ALREADY_AUTHENTICATED, "Already authenticated.");
        } else if (!data.path("token").asText().equals(token)) {
            connection.close(AUTHENTICATION_FAILED, "Authentication failed.");
        } else if (shard < 0 || shard >= shards || !isArray(data.path("shard"))) {
            connection.close(INVALID_SHARD, "Invalid shard.");
        } else if (shards < required) {
            connection.close(SHARDING_REQUIRED, "Sharding required.");
        } else if ((intents & ~allowed) != 0) {
            connection.close(DISALLOWED_INTENTS, "Disallowed intent(s).");
        } else if (isTooEarly(shard) || refusedIdentifies > 0) {
            refusedIdentifies = Math.max(0, refusedIdentifies - 1);
            GatewaySession.send(
                    connection, JSON.objectNode().put("op", INVALID_SESSION).put("d", false));
        } else {
            String id = Long.toHexString(world.random().nextLong());
            GatewaySession session = new GatewaySession(id, intents, shard, shards, connection);
            sessions.put(id, session);
            identified++;
            session.dispatch("READY", GatewayShapes.ready(world, session, url));
            world.guilds().stream()
                    .filter(guild ->
                            guild.membership(world.bot()) != null && session.minds(guild) && !guild.unavailable())
                    .forEach(guild -> hear(session, Events.guildCreate(guild)));
        }
    }

    /** Who names no shard is one of one; who does names its own and the total. */
    private static boolean isArray(JsonNode shard) {
        return shard.isMissingNode() || (shard.isArray() && shard.size() == 2);
    }

    private void resume(WebSocket connection, JsonNode data) {
        GatewaySession session = sessions.get(data.path("session_id").asText());
        int seen = data.path("seq").asInt();
        if (!data.path("token").asText().equals(token)) {
            connection.close(AUTHENTICATION_FAILED, "Authentication failed.");
        } else if (session == null) {
            GatewaySession.send(
                    connection, JSON.objectNode().put("op", INVALID_SESSION).put("d", false));
        } else if (seen > session.sequence()) {
            connection.close(INVALID_SEQUENCE, "Invalid sequence.");
        } else {
            resumed++;
            session.resume(connection, seen);
        }
    }

    private void members(WebSocket connection, JsonNode data) {
        GatewaySession session = of(connection);
        Guild guild = world.guildById(data.path("guild_id").asLong());
        if (session == null || guild == null) {
            return;
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", GatewayShapes.members(guild, data));
    }

    /** Tells each session that asked for it and may see it. */
    void hear(Event event) {
        sessions.values().forEach(session -> {
            if (session.minds(event.guild())) {
                hear(session, event);
            }
        });
    }

    private void hear(GatewaySession session, Event event) {
        boolean asked = event.intents() == 0 || (event.intents() & session.intents()) != 0;
        if (asked && (event.channel() == null || world.botSees(event.channel()))) {
            session.dispatch(event.type(), event.body().apply(session.intents()));
        }
    }

    private @Nullable GatewaySession of(WebSocket connection) {
        return sessions.values().stream()
                .filter(one -> connection.equals(one.connection()))
                .findFirst()
                .orElse(null);
    }
}
