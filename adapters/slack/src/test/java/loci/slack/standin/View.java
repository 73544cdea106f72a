package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A modal before a person, or the home of the app. */
public final class View {
    private final World world;
    private final String id;
    private final Account owner;
    private final @Nullable View below;
    private ObjectNode content;
    private String hash;
    private boolean open = true;
    private Map<String, String> errors = Map.of();

    View(World world, String id, Account owner, @Nullable View below, ObjectNode content) {
        this.world = world;
        this.id = id;
        this.owner = owner;
        this.below = below;
        this.content = content;
        this.hash = world.nextTs();
    }

    public String id() {
        return id;
    }

    public String title() {
        return world.locked(() -> content.at("/title/text").asText());
    }

    public String callbackId() {
        return world.locked(() -> content.path("callback_id").asText());
    }

    /** What its blocks say, a line each. */
    public String shown() {
        return world.locked(() -> Mentions.shown(world, Blocks.text(content.path("blocks"))));
    }

    /** The view as the app wrote it. */
    public ObjectNode content() {
        return world.locked(() -> content);
    }

    /** Whether it still stands before its owner. */
    public boolean open() {
        return world.locked(() -> open);
    }

    /** What the app found wrong with what was filled in, by block. */
    public Map<String, String> errors() {
        return world.locked(() -> errors);
    }

    /** The labels of its fields, in order. */
    public List<String> labels() {
        return world.locked(() -> World.each(content.path("blocks")).stream()
                .filter(one -> one.path("type").asText().equals("input"))
                .map(one -> one.at("/label/text").asText())
                .toList());
    }

    /** What the button says that sends it; empty where there is none. */
    public String submit() {
        return world.locked(() -> content.at("/submit/text").asText());
    }

    // ---- for the stand-in itself, under the world's lock

    /** The first button with this label. */
    ObjectNode button(String label) {
        for (JsonNode block : content.path("blocks")) {
            for (JsonNode element : block.path("elements")) {
                if (element.path("type").asText().equals("button")
                        && element.at("/text/text").asText().equals(label)) {
                    return ((ObjectNode) element.deepCopy())
                            .put("block_id", block.path("block_id").asText());
                }
            }
        }
        throw new AssertionError("no button " + label + " in " + title());
    }

    Account owner() {
        return owner;
    }

    @Nullable
    View below() {
        return below;
    }

    String hash() {
        return hash;
    }

    void rewrite(ObjectNode newContent) {
        content = newContent;
        hash = world.nextTs();
        errors = Map.of();
    }

    void close() {
        open = false;
    }

    void refuse(JsonNode newErrors) {
        Map<String, String> all = new LinkedHashMap<>();
        newErrors
                .properties()
                .forEach(one -> all.put(one.getKey(), one.getValue().asText()));
        errors = all;
    }

    /** The view object, with these values filled in. */
    ObjectNode shape(ObjectNode values) {
        ObjectNode shape = World.json()
                .put("id", id)
                .put("team_id", world.home().id())
                .put("app_id", World.APP_ID)
                .put("app_installed_team_id", world.home().id())
                .put("bot_id", world.bot().botId())
                .put("hash", hash)
                .put("external_id", "")
                .put("callback_id", "")
                .put("private_metadata", "")
                .put("clear_on_close", false)
                .put("notify_on_close", false);
        shape.setAll(content.deepCopy());
        View root = this;
        for (View one = below; one != null; one = one.below()) {
            root = one;
        }
        shape.put("root_view_id", root.id);
        shape.put("previous_view_id", below == null ? null : below.id);
        shape.putObject("state").set("values", values);
        return shape;
    }

    @Override
    public String toString() {
        return title() + (open() ? "" : " (closed)");
    }
}
