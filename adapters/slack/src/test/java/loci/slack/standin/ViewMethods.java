package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code views.*}. */
final class ViewMethods {
    private final World world;
    private final Lookup lookup;

    ViewMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("views.open", call -> open(call, false));
        methods.put("views.push", call -> open(call, true));
        methods.put("views.update", this::update);
        methods.put("views.publish", this::publish);
    }

    private ObjectNode open(Call call, boolean onTop) {
        ObjectNode content = modal(call);
        Interaction cause = world.interactions().triggered(call.required("trigger_id"));
        var before = world.views().modals(cause.invoker());
        View below = onTop && !before.isEmpty() ? before.getLast() : null;
        View view = world.views().open(cause.invoker(), below, content);
        cause.asked(view);
        return answer(view);
    }

    private ObjectNode modal(Call call) {
        ObjectNode content = world.views().checked(call.json("view"));
        world.violations().look(call.method(), call.args());
        if (!content.path("type").asText().equals("modal")) {
            throw new Refusal("invalid_arguments").saying("view must be a modal");
        }
        return content;
    }

    private ObjectNode update(Call call) {
        ObjectNode content = world.views().checked(call.json("view"));
        world.violations().look(call.method(), call.args());
        View view = call.has("view_id")
                ? world.views().byId(call.text("view_id"))
                : world.views().byExternalId(call.required("external_id"));
        if (view == null || !view.open()) {
            throw new Refusal("not_found");
        }
        needHash(call, view);
        view.rewrite(content);
        return answer(view);
    }

    private ObjectNode publish(Call call) {
        ObjectNode content = world.views().checked(call.json("view"));
        world.violations().look(call.method(), call.args());
        if (!content.path("type").asText().equals("home")) {
            throw new Refusal("invalid_arguments").saying("view must be a home");
        }
        Account owner = lookup.account(call.required("user_id"));
        needHash(call, world.views().home(owner));
        return answer(world.views().publish(owner, content));
    }

    private static void needHash(Call call, @Nullable View view) {
        if (view != null && call.has("hash") && !call.text("hash").equals(view.hash())) {
            throw new Refusal("hash_conflict");
        }
    }

    private static ObjectNode answer(View view) {
        ObjectNode answer = World.json();
        answer.set("view", view.shape(World.json()));
        return answer;
    }
}
