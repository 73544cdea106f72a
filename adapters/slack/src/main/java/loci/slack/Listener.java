package loci.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.model.User;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what Slack tells of. An event is acknowledged when this returns, and sent again when it throws; it is called in order for each
 * channel. Thread-safe.
 */
final class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** The events that are heard here. */
    static final Set<String> HEARD = Set.of(
            "message",
            "app_mention",
            "channel_deleted",
            "group_deleted",
            "channel_rename",
            "group_rename",
            "channel_id_changed",
            "user_change",
            "subteam_created",
            "subteam_updated",
            "reaction_added",
            "app_uninstalled",
            "tokens_revoked");

    private final Entrance entrance;
    private final Parts parts;

    /**
     * What a listener works with.
     *
     * @param removed takes why the bot is not in the workspace any more
     */
    record Parts(
            Messages messages,
            Hearing hearing,
            People people,
            Stops stops,
            Consumer<String> removed,
            InstantSource clock) {}

    Listener(Entrance entrance, Parts parts) {
        this.entrance = entrance;
        this.parts = parts;
    }

    /**
     * Deals with an event.
     *
     * @param body what Slack sent, the event and what is around it
     * @param again whether it was sent before
     */
    void hears(String body, boolean again) {
        JsonObject whole = JsonParser.parseString(body).getAsJsonObject();
        JsonObject event = whole.getAsJsonObject("event");
        if (!isOurs(whole, text(event, "type"))) {
            LOG.warn("an event of another workspace, in which the same app is installed, is left alone");
            return;
        }
        switch (text(event, "type")) {
            case "message" -> parts.messages().told(event, again);
            case "app_mention" -> parts.messages().posted(event, true, again);
            case "channel_deleted", "group_deleted" -> gone(text(event, "channel"));
            case "channel_rename", "group_rename" -> {
                JsonObject channel = event.getAsJsonObject("channel");
                parts.people().channelNamed(text(channel, "id"), text(channel, "name"));
            }
            case "channel_id_changed" ->
                LOG.warn(
                        "Slack calls the channel {} {} from now on: what was said in it stays remembered under its old"
                                + " id",
                        text(event, "old_channel_id"),
                        text(event, "new_channel_id"));
            case "user_change" -> parts.people().named(parts.hearing().read(event.get("user"), User.class));
            case "subteam_created", "subteam_updated" -> {
                JsonObject group = event.getAsJsonObject("subteam");
                parts.people().groupNamed(text(group, "id"), text(group, "handle"));
            }
            case "reaction_added" -> {
                JsonObject item = event.getAsJsonObject("item");
                parts.stops()
                        .signed(
                                text(event, "user"),
                                text(event, "reaction"),
                                text(item, "channel"),
                                text(item, "ts"),
                                text(event, "event_ts"));
            }
            case "app_uninstalled" -> uninstalled();
            case "tokens_revoked" -> revoked(event);
            default -> {}
        }
    }

    /**
     * Whether an event is for the bot of this workspace: one app may be installed in several, and each hears of all. A channel shared with
     * another workspace is told of by the other's id, and authorised by ours
     * (<a href="https://docs.slack.dev/apis/events-api/#authorizations">Authorizations</a>).
     */
    private boolean isOurs(JsonObject whole, String type) {
        String team = parts.hearing().team();
        String told = text(whole, "team_id");
        boolean authorised = false;
        if (whole.get("authorizations") instanceof JsonArray all) {
            for (JsonElement one : all) {
                authorised |= one.isJsonObject()
                        && text(one.getAsJsonObject(), "team_id").equals(team);
            }
        }
        boolean end = type.equals("app_uninstalled") || type.equals("tokens_revoked");
        return told.isEmpty() || told.equals(team) || (authorised && !end);
    }

    static String text(JsonObject of, String field) {
        JsonElement value = of.get(field);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private void gone(String channel) {
        if (channel.isEmpty()) {
            return;
        }
        entrance.hand(
                SlackEvents.gone(parts.hearing().team(), channel, parts.clock().instant()));
    }

    private void uninstalled() {
        entrance.hand(SlackEvents.left(parts.hearing().team(), parts.clock().instant()));
        parts.removed().accept("The app was removed from the Slack workspace; install it again to have it back.");
    }

    /** Only what the bot itself speaks with matters. What was said stays: tokens are revoked when they leak, too. */
    private void revoked(JsonObject event) {
        JsonObject tokens = event.getAsJsonObject("tokens");
        if (tokens != null && tokens.get("bot") instanceof JsonArray bots && !bots.isEmpty()) {
            parts.removed()
                    .accept("Slack has revoked the bot's token; install the app again and configure its new one.");
        }
    }
}
