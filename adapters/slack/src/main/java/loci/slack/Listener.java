package loci.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.model.Message;
import com.slack.api.model.User;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.Quoted;
import loci.chat.Inbox.Acceptance;
import loci.slack.SlackEvents.Heard;
import loci.slack.SlackEvents.Place;
import org.jspecify.annotations.Nullable;
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

    private static final int MOST = 20_000;

    private final Entrance entrance;
    private final Parts parts;
    private volatile Consumer<String> onChange = key -> {};
    /** What was handed in already: a mention comes twice, and what is missed may be fetched too. */
    private final Recent<String, Boolean> handed = new Recent<>(MOST);
    /** What was deleted: it may come again after that. */
    private final Recent<String, Boolean> deleted = new Recent<>(MOST);

    /**
     * What a listener works with.
     *
     * @param removed takes why the bot is not in the workspace any more, and whether what was said there is to be forgotten now
     */
    record Parts(
            Hearing hearing,
            Files files,
            Threads threads,
            People people,
            Drafts drafts,
            Thinking thinking,
            Said said,
            Stops stops,
            Consumer<String> removed,
            InstantSource clock) {}

    Listener(Entrance entrance, Parts parts) {
        this.entrance = entrance;
        this.parts = parts;
    }

    /** @param taker is told of each message that reads differently or is gone, as {@code CHANNEL/TS} */
    void onChange(Consumer<String> taker) {
        onChange = taker;
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
            case "message" -> message(event, again);
            case "app_mention" -> posted(event, true, again);
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

    private void message(JsonObject event, boolean again) {
        String subtype = text(event, "subtype");
        switch (subtype) {
            case "message_changed" -> changed(event);
            case "message_deleted" -> {
                JsonObject before = event.getAsJsonObject("previous_message");
                String thread = before == null ? "" : text(before, "thread_ts");
                deleted(text(event, "channel"), text(event, "deleted_ts"), thread);
            }
            default -> {
                if (SlackEvents.SAID.contains(subtype)) {
                    posted(event, false, again);
                }
            }
        }
    }

    private void posted(JsonObject event, boolean mention, boolean again) {
        Message message = parts.hearing().message(event);
        if (parts.hearing().isPerson(message) && !text(event, "channel").isEmpty()) {
            posted(text(event, "channel"), message, mention, !again);
        }
    }

    /**
     * Hands in a message, and shows whoever waits for an answer that there will be one.
     *
     * @param now whether it is heard as it is said, so that nobody can have answered it
     */
    private void posted(String channel, Message message, boolean mention, boolean now) {
        Optional<Heard> toHandIn = toHandIn(channel, message, mention);
        Optional<MessagePosted> posted = toHandIn.flatMap(heard -> SlackEvents.posted(heard, entrance::inThread));
        if (posted.isEmpty()) {
            return;
        }
        MessagePosted event = posted.get();
        if (event.addressed()) {
            // Before it is handed in, since it may be answered before that returns.
            String team = message.getTeam() == null ? parts.hearing().team() : message.getTeam();
            parts.drafts().heard(event.message(), new Asker(event.author().id(), team), now);
            parts.thinking().expect(event.message());
        }
        boolean accepted = false;
        try {
            accepted = entrance.hand(event) == Acceptance.ACCEPTED;
            handed.put(key(channel, message.getTs()), true);
        } finally {
            if (event.addressed() && !accepted) {
                parts.thinking().stop(event.conversation(), event.message());
            }
        }
        if (accepted && event.addressed()) {
            parts.thinking().start(event.conversation(), event.message());
        }
    }

    /**
     * Hands in a message that was missed.
     *
     * @param longAgo whether it was said too long ago to be answered
     */
    void missed(String channel, Message message, boolean longAgo) {
        if (!parts.hearing().isPerson(message) || isCommand(message)) {
            return;
        }
        if (!longAgo) {
            posted(channel, message, false, false);
            return;
        }
        toHandIn(channel, message, false)
                .flatMap(heard -> SlackEvents.posted(heard, entrance::inThread))
                .ifPresent(event -> {
                    entrance.handLate(event);
                    handed.put(key(channel, message.getTs()), true);
                });
    }

    /** What was a command is not run later: it may have been run already, and whoever gave it sees whether it answered. */
    private boolean isCommand(Message message) {
        String words = parts.hearing().isMentioned(message) ? parts.hearing().saidTo(message) : null;
        return words != null && parts.said().is(words);
    }

    /** Hands in how a remembered message reads now, where it was edited. */
    void reads(String channel, Message message) {
        if (message.getEdited() != null && parts.hearing().isPerson(message)) {
            edited(channel, message, message.getEdited().getTs());
        }
    }

    /** Hands in that a remembered message is gone. */
    void isGone(String channel, String ts, @Nullable String thread) {
        deleted(channel, ts, thread == null ? "" : thread);
    }

    private Optional<Heard> toHandIn(String channel, Message message, boolean mention) {
        String key = key(channel, message.getTs());
        if (deleted.get(key) != null || handed.get(key) != null) {
            return Optional.empty();
        }
        Hearing hearing = parts.hearing();
        Place place = hearing.place(channel, message);
        boolean mentioned = mention || hearing.isMentioned(message);
        String words = mentioned ? hearing.saidTo(message) : null;
        if (words != null && parts.said().takes(place, message.getTs(), message.getUser(), words)) {
            handed.put(key, true);
            return Optional.empty();
        }
        boolean addressed = hearing.isAddressed(place, message, mentioned);
        if (!addressed && !entrance.hearsAll(place.conversation(entrance::inThread))) {
            return Optional.empty();
        }
        Quoted quoted = mentioned ? hearing.quoted(place, message) : null;
        if (mentioned) {
            String thread = place.thread();
            parts.threads().calledInto(channel, thread == null ? message.getTs() : thread);
        }
        parts.files().read(message);
        return Optional.of(hearing.heard(place, message, addressed, quoted));
    }

    private static String key(String channel, String ts) {
        return channel + "/" + ts;
    }

    private void changed(JsonObject event) {
        JsonObject json = event.getAsJsonObject("message");
        if (json == null) {
            return;
        }
        String channel = text(event, "channel");
        if (text(json, "subtype").equals("tombstone")) {
            deleted(channel, text(json, "ts"), text(json, "thread_ts"));
            return;
        }
        Hearing hearing = parts.hearing();
        Message message = hearing.message(json);
        JsonObject before = event.getAsJsonObject("previous_message");
        String change = change(json, before == null ? new JsonObject() : before, text(event, "event_ts"));
        if (change.isEmpty() || channel.isEmpty() || !hearing.isPerson(message)) {
            return;
        }
        edited(channel, message, change);
    }

    private void edited(String channel, Message message, String change) {
        noLongerSo(key(channel, message.getTs()));
        parts.files().read(message);
        Heard heard = parts.hearing().heard(parts.hearing().place(channel, message), message, false, null);
        SlackEvents.edited(heard, change).forEach(entrance::hand);
    }

    /** What tells a person's change of a message from what Slack does to it, such as a preview: empty where nobody changed it. */
    private static String change(JsonObject message, JsonObject before, String eventTs) {
        String edited = editedAt(message);
        if (!edited.isEmpty() && !edited.equals(editedAt(before))) {
            return edited;
        }
        // A file that somebody took away goes without the message being edited.
        return before.has("files") && !files(message).containsAll(files(before)) ? eventTs : "";
    }

    private static String editedAt(JsonObject message) {
        JsonElement edited = message.get("edited");
        return edited != null && edited.isJsonObject() ? text(edited.getAsJsonObject(), "ts") : "";
    }

    private static Set<String> files(JsonObject message) {
        Set<String> ids = new TreeSet<>();
        if (message.get("files") instanceof JsonArray files) {
            for (JsonElement file : files) {
                if (file.isJsonObject() && !text(file.getAsJsonObject(), "mode").equals("tombstone")) {
                    ids.add(text(file.getAsJsonObject(), "id"));
                }
            }
        }
        return ids;
    }

    /** Hands in that a message is gone, and takes back what was being answered to it. */
    private void deleted(String channel, String ts, String thread) {
        if (ts.isEmpty() || channel.isEmpty()) {
            return;
        }
        deleted.put(key(channel, ts), true);
        noLongerSo(key(channel, ts));
        Place place = Place.of(parts.hearing().team(), channel, ts, thread.isEmpty() ? null : thread);
        parts.thinking().stop(place.all().getFirst(), place.message(ts));
        parts.drafts().withdraw(place.message(ts));
        SlackEvents.deleted(place, ts, parts.clock().instant()).forEach(entrance::hand);
    }

    /** What a message said is not brought in from where it was kept for a moment. */
    private void noLongerSo(String key) {
        parts.threads().changed(key);
        onChange.accept(key);
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
