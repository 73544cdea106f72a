package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Web API: who may call, what is called, and what comes of it. */
final class WebApi {
    /** One method; it answers, or throws a {@link Refusal}. */
    @FunctionalInterface
    interface Method {
        ObjectNode answer(Call call);
    }

    static final String BOT_TOKEN = "xoxb-2111111111-2222222222-StandInOfTheBotsToken000";
    static final String APP_TOKEN = "xapp-1-A0LOC1APP00-3333333333-standinoftheapptoken";

    private final World world;
    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final AssistantMethods assistant;
    private final FileMethods files;

    WebApi(World world, Supplier<String> socketUrl) {
        this.world = world;
        Lookup lookup = new Lookup(world);
        assistant = new AssistantMethods(world, lookup);
        files = new FileMethods(world, lookup);
        methods.put("apps.connections.open", call -> World.json().put("url", socketUrl.get()));
        new ChatMethods(world, lookup).register(methods);
        new StreamMethods(world, lookup).register(methods);
        new ConversationMethods(world, lookup).register(methods);
        new PeopleMethods(world, lookup).register(methods);
        new ViewMethods(world, lookup).register(methods);
        new ReactionMethods(world, lookup).register(methods);
        assistant.register(methods);
        files.register(methods);
    }

    AssistantMethods assistant() {
        return assistant;
    }

    FileMethods files() {
        return files;
    }

    List<Call> calls() {
        return world.locked(() -> List.copyOf(calls));
    }

    void arrived(Call call) {
        world.locked(() -> calls.add(call));
    }

    ObjectNode answer(Call call) {
        return world.locked(() -> {
            try {
                return answerOrRefuse(call);
            } catch (Refusal refused) {
                return refused.body();
            }
        });
    }

    private ObjectNode answerOrRefuse(Call call) {
        Method method = methods.get(call.method());
        if (method == null) {
            world.violations().add("unknown method " + call.method());
            throw new Refusal("unknown_method").with("req_method", call.method());
        }
        String trouble = trouble(call);
        if (trouble != null) {
            throw new Refusal(trouble);
        }
        MethodTable.strange(call).forEach(one -> world.violations().add(call.method() + " knows no argument " + one));
        ObjectNode answer = World.json().put("ok", true);
        return answer.setAll(method.answer(call));
    }

    private @Nullable String trouble(Call call) {
        if (call.token().isEmpty()) {
            return "not_authed";
        }
        boolean app = call.method().equals("apps.connections.open");
        boolean known = call.token().equals(BOT_TOKEN) || call.token().equals(APP_TOKEN);
        if (!known) {
            return "invalid_auth";
        }
        String trouble = world.grants().tokenTrouble();
        if (trouble != null) {
            return trouble;
        }
        boolean any = call.method().equals("auth.test");
        return any || call.token().equals(app ? APP_TOKEN : BOT_TOKEN) ? null : "not_allowed_token_type";
    }
}
