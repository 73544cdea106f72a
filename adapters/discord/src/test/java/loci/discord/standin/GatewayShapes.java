package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What only the gateway sends, as JSON. */
final class GatewayShapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GatewayShapes() {}

    /** Of READY: the guilds follow, each in its GUILD_CREATE. */
    static ObjectNode ready(World world, GatewaySession session, String url) {
        ObjectNode ready = JSON.objectNode()
                .put("v", 10)
                .put("session_id", session.id())
                .put("session_type", "normal")
                .put("resume_gateway_url", url);
        ready.set("user", Shapes.self(world.bot()));
        ready.putObject("user_settings");
        ready.putObject("auth");
        ready.putObject("application").put("id", Shapes.id(world.bot().id())).put("flags", 1 << 19);
        for (String empty : List.of(
                "private_channels", "presences", "relationships", "guild_join_requests", "geo_ordered_rtc_regions")) {
            ready.putArray(empty);
        }
        ready.putArray("_trace").add("stand-in");
        ready.putArray("shard").add(session.shard()).add(session.shards());
        ArrayNode guilds = ready.putArray("guilds");
        world.guilds().stream()
                .filter(guild -> guild.membership(world.bot()) != null && session.minds(guild))
                .forEach(guild ->
                        guilds.addObject().put("id", Shapes.id(guild.id())).put("unavailable", true));
        return ready;
    }

    /** Of GUILD_MEMBERS_CHUNK: those asked for by id, or whose name begins so. */
    static ObjectNode members(Guild guild, JsonNode data) {
        ObjectNode chunk = JSON.objectNode()
                .put("guild_id", Shapes.id(guild.id()))
                .put("chunk_index", 0)
                .put("chunk_count", 1);
        if (data.hasNonNull("nonce")) {
            chunk.put("nonce", data.path("nonce").asText());
        }
        ArrayNode members = chunk.putArray("members");
        List<String> wanted = new ArrayList<>();
        data.path("user_ids").forEach(one -> wanted.add(one.asText()));
        String start = data.path("query").asText();
        guild.members().values().stream()
                .filter(one -> data.has("user_ids")
                        ? wanted.contains(Shapes.id(one.account().id()))
                        : one.account().name().startsWith(start))
                .forEach(one -> members.add(GuildShapes.member(one, true)));
        return chunk;
    }
}
