package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToLongFunction;

/** The bot's commands, for everywhere and per guild. */
final class CommandRoutes {
    private final World world;
    private final Places places;

    CommandRoutes(World world) {
        this.world = world;
        this.places = new Places(world);
    }

    void addTo(Routes routes) {
        add(routes, "/applications/*/commands", at -> Commands.EVERYWHERE);
        add(
                routes,
                "/applications/*/guilds/*/commands",
                at -> places.guild(at.get(1)).id());
    }

    private void add(Routes routes, String path, ToLongFunction<List<String>> place) {
        Commands commands = world.commands();
        routes.on("GET", path, (request, at) -> {
            boolean all = "true".equals(request.query().get("with_localizations"));
            List<ObjectNode> present = commands.of(own(at, place));
            return Answer.ok(array(
                    all
                            ? present
                            : present.stream().map(Commands::inOneLanguage).toList()));
        });
        routes.on("PUT", path, (request, at) -> Answer.ok(array(commands.overwrite(own(at, place), request.body()))));
        routes.on("POST", path, (request, at) -> {
            long where = own(at, place);
            int before = commands.of(where).size();
            ObjectNode command = commands.upsert(where, (ObjectNode) request.body());
            return new Answer(commands.of(where).size() > before ? 201 : 200, command);
        });
        String one = path + "/*";
        routes.on("GET", one, (request, at) -> Answer.ok(commands.byId(own(at, place), last(at))));
        routes.on(
                "PATCH",
                one,
                (request, at) -> Answer.ok(commands.change(own(at, place), last(at), (ObjectNode) request.body())));
        routes.on("DELETE", one, (request, at) -> {
            commands.delete(own(at, place), last(at));
            return Answer.NOTHING;
        });
    }

    /** Where the commands stand, once it is clear that they are this bot's own. */
    private long own(List<String> at, ToLongFunction<List<String>> place) {
        if (Places.id(at.get(0)) != world.bot().id()) {
            throw new ApiError(403, 20012, "You are not authorized to perform this action on this application");
        }
        return place.applyAsLong(at);
    }

    private static long last(List<String> at) {
        return Places.id(at.getLast());
    }

    private static JsonNode array(List<ObjectNode> commands) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        commands.forEach(all::add);
        return all;
    }
}
