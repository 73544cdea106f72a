package loci.discord.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The REST API: writes down each request, looks at its token, and finds who answers. */
final class RestApi {
    private static final int MOST_RECORDED = 10_000;

    private final World world;
    private final String token;
    private final OpenApiCheck check;
    private final Gateway gateway;
    private final Routes open = new Routes();
    private final Routes closed = new Routes();
    private final Deque<Request> requests = new ArrayDeque<>();
    private String gatewayUrl = "";

    /** @param gateway whose sessions' intents also rule what REST shows of messages */
    RestApi(World world, String token, OpenApiCheck check, Gateway gateway) {
        this.world = world;
        this.token = token;
        this.check = check;
        this.gateway = gateway;
        new InteractionRoutes(world).addTo(open);
        new UserRoutes(world).addTo(closed);
        new ChannelRoutes(world).addTo(closed);
        new MessageRoutes(world, gateway::intents).addTo(closed);
        new CommandRoutes(world).addTo(closed);
        closed.on("GET", "/gateway", (request, none) -> Answer.ok(gateway()));
        closed.on("GET", "/gateway/bot", (request, none) -> Answer.ok(gatewayBot()));
    }

    void gatewayAt(String url) {
        world.locked(() -> gatewayUrl = url);
    }

    List<Request> requests() {
        return world.locked(() -> new ArrayList<>(requests));
    }

    /** Writes a request down, whatever becomes of it. */
    void arrived(Request request) {
        check.asked(request);
        world.locked(() -> {
            requests.add(request);
            if (requests.size() > MOST_RECORDED) {
                requests.removeFirst();
            }
        });
    }

    Answer answer(Request request) {
        Answer answer = world.locked(() -> {
            try {
                return routed(request);
            } catch (ApiError refused) {
                return refused.answer();
            }
        });
        check.answered(request, answer);
        return answer;
    }

    private Answer routed(Request request) {
        if (InteractionRoutes.carriesItsOwnToken(request.path())) {
            return open.answer(request);
        }
        if (!request.header("authorization").equals("Bot " + token)) {
            throw new ApiError(401, 0, "401: Unauthorized");
        }
        return closed.answer(request);
    }

    private ObjectNode gateway() {
        return JsonNodeFactory.instance.objectNode().put("url", gatewayUrl);
    }

    private ObjectNode gatewayBot() {
        ObjectNode json = gateway().put("shards", gateway.recommended());
        json.putObject("session_start_limit")
                .put("total", 1000)
                .put("remaining", gateway.startsLeft())
                .put("reset_after", 0)
                .put("max_concurrency", gateway.atOnce());
        return json;
    }
}
