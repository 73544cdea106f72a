package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** {@code reactions.*}. */
final class ReactionMethods {
    private final World world;
    private final Lookup lookup;

    ReactionMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("reactions.add", call -> react(call, true));
        methods.put("reactions.remove", call -> react(call, false));
    }

    private ObjectNode react(Call call, boolean on) {
        world.grants().need("reactions:write");
        Channel channel = lookup.writable(call.required("channel"));
        Message message = lookup.message(channel, call.required("timestamp"), "message_not_found");
        String name = call.required("name");
        if (!name.matches("[a-z0-9_+'-]+(::[a-z0-9-]+)?")) {
            throw new Refusal("invalid_name");
        }
        world.messages().react(message, world.bot(), name, on);
        return World.json();
    }
}
