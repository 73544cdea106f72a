package loci.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** What is read of an event of Slack's before it is taken apart. Pure. */
final class Arrival {

    /** The line of what belongs to no channel. */
    private static final String NOWHERE = "";

    private Arrival() {}

    /** The channel that an event's payload is about, by which it is kept in order. */
    static String channel(JsonObject payload) {
        JsonElement event = payload.get("event");
        if (event == null || !event.isJsonObject()) {
            return NOWHERE;
        }
        JsonObject what = event.getAsJsonObject();
        String channel = id(what, "channel");
        if (!channel.isEmpty()) {
            return channel;
        }
        JsonElement item = what.get("item");
        return item != null && item.isJsonObject() ? id(item.getAsJsonObject(), "channel") : NOWHERE;
    }

    private static String id(JsonObject of, String field) {
        JsonElement value = of.get(field);
        if (value == null || value.isJsonNull()) {
            return NOWHERE;
        }
        return value.isJsonObject() ? id(value.getAsJsonObject(), "id") : text(value);
    }

    private static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : NOWHERE;
    }
}
