package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What needs no bot token, since the path carries the interaction's own. */
final class InteractionRoutes {
    private final World world;

    InteractionRoutes(World world) {
        this.world = world;
    }

    static boolean carriesItsOwnToken(String path) {
        return path.startsWith("/interactions/") || path.startsWith("/webhooks/");
    }

    void addTo(Routes routes) {
        routes.on("POST", "/interactions/*/*/callback", this::callback)
                .on("POST", "/webhooks/*/*", this::followup)
                .on("GET", "/webhooks/*/*/messages/*", this::get)
                .on("PATCH", "/webhooks/*/*/messages/*", this::edit)
                .on("DELETE", "/webhooks/*/*/messages/*", this::delete);
    }

    private Answer callback(Request request, List<String> at) {
        JsonNode body = request.body();
        Draft draft = Drafts.of(body.path("data"), request.files(), null);
        Interaction interaction = world.interactions().callback(Places.id(at.get(0)), at.get(1), body, draft);
        return "true".equals(request.query().get("with_response"))
                ? Answer.ok(InteractionShapes.callback(
                        interaction, body.path("type").asInt()))
                : Answer.NOTHING;
    }

    private Answer followup(Request request, List<String> at) {
        own(at);
        Draft draft = Drafts.of(request.body(), request.files(), null);
        return Answer.ok(MessageShapes.stored(world.interactions().followup(at.get(1), draft), Intents.ALL));
    }

    private Answer get(Request request, List<String> at) {
        own(at);
        return Answer.ok(MessageShapes.stored(world.interactions().reachable(at.get(1), at.get(2)), Intents.ALL));
    }

    private Answer edit(Request request, List<String> at) {
        own(at);
        Message message = world.interactions().reachable(at.get(1), at.get(2));
        Drafts.check(request.body(), request.files());
        world.interactions().edit(message, request.body(), Drafts.named(request.body(), request.files()));
        return Answer.ok(MessageShapes.stored(message, Intents.ALL));
    }

    private Answer delete(Request request, List<String> at) {
        own(at);
        world.messages().delete(world.interactions().reachable(at.get(1), at.get(2)));
        return Answer.NOTHING;
    }

    private void own(List<String> at) {
        if (Places.id(at.get(0)) != world.bot().id()) {
            throw new ApiError(404, 10015, "Unknown Webhook");
        }
    }
}
