package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Modals and homes: what may be one, and what submitting one does. All under the world's lock. */
final class Views {
    private static final int LONGEST_TITLE = 24;
    private static final int LONGEST_METADATA = 3_000;
    private static final int DEEPEST = 3;
    private static final Set<String> FIELDS = Set.of(
            "type",
            "title",
            "blocks",
            "close",
            "submit",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id",
            "submit_disabled");

    private final World world;
    private final Map<String, View> all = new LinkedHashMap<>();
    private final Map<Account, View> homes = new LinkedHashMap<>();

    Views(World world) {
        this.world = world;
    }

    /** Refuses what is no view. */
    ObjectNode checked(JsonNode written) {
        if (!(written instanceof ObjectNode view)) {
            throw new Refusal("invalid_arguments").saying("missing required field: view");
        }
        boolean modal = view.path("type").asText().equals("modal");
        if (!modal && !view.path("type").asText().equals("home")) {
            throw invalid("unsupported type [json-pointer:/view/type]");
        }
        view.properties().stream()
                .map(Map.Entry::getKey)
                .filter(one -> !FIELDS.contains(one))
                .findFirst()
                .ifPresent(one -> {
                    throw invalid("invalid additional property: " + one + " [json-pointer:/view]");
                });
        for (String label : List.of("title", "submit", "close")) {
            int length = view.at("/" + label + "/text").asText().length();
            boolean missing = modal && length == 0 && (label.equals("title") || view.has(label));
            if (missing || length > LONGEST_TITLE) {
                throw invalid("must be between 1 and 24 characters [json-pointer:/view/" + label + "/text]");
            }
        }
        if (view.path("private_metadata").asText().length() > LONGEST_METADATA) {
            throw invalid("must be less than 3001 characters [json-pointer:/view/private_metadata]");
        }
        ArrayNode blocks = view.withArray("blocks");
        boolean asks = World.each(blocks).stream()
                .anyMatch(one -> one.path("type").asText().equals("input"));
        if (modal && asks && !view.has("submit")) {
            throw invalid("a submit button is required with inputs [json-pointer:/view/submit]");
        }
        Blocks.checkedInView(world, blocks);
        return view;
    }

    private static Refusal invalid(String why) {
        return new Refusal("invalid_arguments").saying(why);
    }

    View open(Account owner, @Nullable View below, ObjectNode content) {
        int depth = 1;
        for (View one = below; one != null; one = one.below()) {
            depth++;
        }
        if (depth > DEEPEST) {
            throw new Refusal("push_limit_reached");
        }
        View view = new View(world, world.id("V"), owner, below, content);
        all.put(view.id(), view);
        return view;
    }

    View publish(Account owner, ObjectNode content) {
        View known = homes.get(owner);
        if (known != null) {
            known.rewrite(content);
            return known;
        }
        View view = open(owner, null, content);
        homes.put(owner, view);
        return view;
    }

    @Nullable
    View home(Account owner) {
        return homes.get(owner);
    }

    /** The modals that stand before someone, the topmost last. */
    List<View> modals(Account owner) {
        return all.values().stream()
                .filter(one -> one.open() && one.owner().equals(owner) && homes.get(owner) != one)
                .toList();
    }

    @Nullable
    View byId(String id) {
        return all.get(id);
    }

    @Nullable
    View byExternalId(String externalId) {
        return all.values().stream()
                .filter(one ->
                        one.open() && one.content().path("external_id").asText().equals(externalId))
                .findFirst()
                .orElse(null);
    }

    /** What the app answers to a submission: nothing closes the view. */
    void answered(View view, @Nullable JsonNode answer) {
        String action = answer == null ? "" : answer.path("response_action").asText();
        switch (action) {
            case "errors" -> view.refuse(answer == null ? World.json() : answer.path("errors"));
            case "update" -> view.rewrite(checked(answer == null ? World.json() : answer.path("view")));
            case "push" -> open(view.owner(), view, checked(answer == null ? World.json() : answer.path("view")));
            case "clear" -> modals(view.owner()).forEach(View::close);
            default -> view.close();
        }
    }

    /** What someone filled in, by label or block, in the form of a view's state. */
    static ObjectNode state(View view, Map<String, String> filled) {
        ObjectNode values = World.json();
        List<String> left = new ArrayList<>(filled.keySet());
        for (JsonNode block : view.content().path("blocks")) {
            if (!block.path("type").asText().equals("input")) {
                continue;
            }
            String label = block.at("/label/text").asText();
            String id = block.path("block_id").asText();
            String key = filled.containsKey(label) ? label : id;
            left.remove(key);
            JsonNode element = block.path("element");
            values.putObject(id).set(element.path("action_id").asText(), value(element, filled.get(key)));
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("no fields " + left + " among " + view.labels());
        }
        return values;
    }

    private static ObjectNode value(JsonNode element, @Nullable String typed) {
        String type = element.path("type").asText();
        ObjectNode value = World.json().put("type", type);
        if (type.equals("plain_text_input")) {
            String initial = element.path("initial_value").asText();
            String text = typed == null ? initial : typed;
            return value.put("value", text.isEmpty() ? null : text);
        }
        JsonNode chosen = typed == null
                ? element.path("initial_option")
                : World.each(element.path("options")).stream()
                        .filter(one -> one.at("/text/text").asText().equals(typed)
                                || one.path("value").asText().equals(typed))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no option " + typed));
        if (type.endsWith("static_select") || type.equals("radio_buttons")) {
            value.set("selected_option", chosen.isObject() ? chosen : null);
        }
        return value;
    }
}
