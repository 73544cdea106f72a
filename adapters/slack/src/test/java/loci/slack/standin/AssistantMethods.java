package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code assistant.threads.*}: the status under a thread, its title, and the prompts suggested in it. */
final class AssistantMethods {
    private static final int MOST_PROMPTS = 4;

    private final World world;
    private final Lookup lookup;
    private final Map<String, List<String>> statuses = new LinkedHashMap<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, List<String>> prompts = new LinkedHashMap<>();

    AssistantMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("assistant.threads.setStatus", this::status);
        methods.put("assistant.threads.setTitle", this::title);
        methods.put("assistant.threads.setSuggestedPrompts", this::suggest);
    }

    List<String> statuses(String thread) {
        return List.copyOf(statuses.getOrDefault(thread, List.of()));
    }

    String title(String thread) {
        return titles.getOrDefault(thread, "");
    }

    List<String> prompts(String thread) {
        return prompts.getOrDefault(thread, List.of());
    }

    private String thread(Call call) {
        if (!world.grants().has("assistant:write")) {
            world.grants().need("chat:write");
        }
        Channel channel = lookup.writable(call.required("channel_id"));
        lookup.thread(channel, call.required("thread_ts"));
        return call.text("thread_ts");
    }

    private ObjectNode status(Call call) {
        String thread = thread(call);
        if (!call.args().has("status")) {
            throw new Refusal("invalid_arguments").saying("missing required field: status");
        }
        world.violations().look(call.method(), call.args());
        statuses.computeIfAbsent(thread, any -> new ArrayList<>()).add(call.text("status"));
        return World.json();
    }

    private ObjectNode title(Call call) {
        world.grants().need("assistant:write");
        titles.put(thread(call), call.required("title"));
        return World.json();
    }

    private ObjectNode suggest(Call call) {
        world.grants().need("assistant:write");
        String thread = thread(call);
        List<String> all = new ArrayList<>();
        for (JsonNode one : call.json("prompts")) {
            if (one.path("title").asText().isEmpty()
                    || one.path("message").asText().isEmpty()) {
                throw new Refusal("invalid_arguments").saying("missing required field: title or message");
            }
            all.add(one.path("title").asText());
        }
        if (all.isEmpty() || all.size() > MOST_PROMPTS) {
            throw new Refusal("invalid_arguments").saying("between 1 and 4 prompts allowed");
        }
        prompts.put(thread, List.copyOf(all));
        return World.json();
    }
}
