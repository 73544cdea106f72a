package loci.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.Message;
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

/** What people say, change and take back on its way in, be it told of or fetched. To be called in order for each channel. Thread-safe. */
final class Messages {

    private static final int MOST = 20_000;
    private static final int MOST_EDITED = 2_000;

    private final Entrance entrance;
    private final Parts parts;
    private volatile Consumer<String> onChange = key -> {};
    /** What was handed in already: a mention comes twice, and what is missed may be fetched too. */
    private final Recent<String, Boolean> handed = new Recent<>(MOST);
    /** What was deleted: it may come again after that. */
    private final Recent<String, Boolean> deleted = new Recent<>(MOST);
    /** How messages read by now that were not handed in here: what could not be stored comes again as it was first said. */
    private final Recent<String, Message> edits = new Recent<>(MOST_EDITED);

    /** What messages are heard with. */
    record Parts(
            Hearing hearing,
            Files files,
            Threads threads,
            Drafts drafts,
            Thinking thinking,
            Said said,
            InstantSource clock) {}

    Messages(Entrance entrance, Parts parts) {
        this.entrance = entrance;
        this.parts = parts;
    }

    /** @param taker is told of each message that reads differently or is gone, as {@code CHANNEL/TS} */
    void onChange(Consumer<String> taker) {
        onChange = taker;
    }

    /**
     * Deals with what Slack tells of a message.
     *
     * @param again whether it was told before
     */
    void told(JsonObject event, boolean again) {
        String subtype = Listener.text(event, "subtype");
        switch (subtype) {
            case "message_changed" -> changed(event);
            case "message_deleted" -> {
                JsonObject before = event.getAsJsonObject("previous_message");
                String thread = before == null ? "" : Listener.text(before, "thread_ts");
                deleted(Listener.text(event, "channel"), Listener.text(event, "deleted_ts"), thread);
            }
            default -> {
                if (SlackEvents.SAID.contains(subtype)) {
                    posted(event, false, again);
                }
            }
        }
    }

    /** @param mention whether Slack says that it mentions the bot */
    void posted(JsonObject event, boolean mention, boolean again) {
        Message message = parts.hearing().message(event);
        if (parts.hearing().isPerson(message)
                && !Listener.text(event, "channel").isEmpty()) {
            posted(Listener.text(event, "channel"), message, mention, !again);
        }
    }

    /**
     * Hands in a message, and shows whoever waits for an answer that there will be one.
     *
     * @param now whether it is heard as it is said, so that nobody can have answered it
     */
    private void posted(String channel, Message told, boolean mention, boolean now) {
        boolean mentioned = mention || parts.hearing().isMentioned(told);
        Message message = asItReads(channel, told);
        Optional<Heard> toHandIn = toHandIn(channel, message, mentioned);
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
            isHanded(key(channel, message.getTs()));
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
        toHandIn(channel, message, parts.hearing().isMentioned(message))
                .flatMap(heard -> SlackEvents.posted(heard, entrance::inThread))
                .ifPresent(event -> {
                    entrance.handLate(event);
                    isHanded(key(channel, message.getTs()));
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

    private void isHanded(String key) {
        handed.put(key, true);
        edits.remove(key);
    }

    private Message asItReads(String channel, Message told) {
        Message later = edits.get(key(channel, told.getTs()));
        return later == null || editedAt(told).compareTo(editedAt(later)) > 0 ? told : later;
    }

    private static String editedAt(Message message) {
        return message.getEdited() == null ? "" : message.getEdited().getTs();
    }

    private Optional<Heard> toHandIn(String channel, Message message, boolean mentioned) {
        String key = key(channel, message.getTs());
        if (deleted.get(key) != null || handed.get(key) != null) {
            return Optional.empty();
        }
        Hearing hearing = parts.hearing();
        Place place = hearing.place(channel, message);
        String words = mentioned ? hearing.saidTo(message) : null;
        if (words != null && parts.said().takes(place, message.getTs(), message.getUser(), words)) {
            isHanded(key);
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
        String channel = Listener.text(event, "channel");
        if (Listener.text(json, "subtype").equals(Hearing.DELETED)) {
            deleted(channel, Listener.text(json, "ts"), Listener.text(json, "thread_ts"));
            return;
        }
        Hearing hearing = parts.hearing();
        Message message = hearing.message(json);
        JsonObject before = event.getAsJsonObject("previous_message");
        String change = change(json, before == null ? new JsonObject() : before, Listener.text(event, "event_ts"));
        if (change.isEmpty() || channel.isEmpty() || !hearing.isPerson(message)) {
            return;
        }
        edited(channel, message, change);
    }

    private void edited(String channel, Message message, String change) {
        String key = key(channel, message.getTs());
        noLongerSo(key);
        if (handed.get(key) == null) {
            // It may come again as it was first said, where it could not be stored.
            Message before = edits.get(key);
            if (before == null || editedAt(message).compareTo(editedAt(before)) >= 0) {
                edits.put(key, message);
            }
        }
        Place place = parts.hearing().place(channel, message);
        if (parts.files().hasUnread(message) && isHeard(place, message)) {
            parts.files().read(message);
        }
        Heard heard = parts.hearing().heard(place, message, false, null);
        entrance.handAll(SlackEvents.edited(heard, change));
    }

    /** Nothing is fetched that nobody remembers; words that were read once are kept without that. */
    private boolean isHeard(Place place, Message message) {
        Hearing hearing = parts.hearing();
        return hearing.isAddressed(place, message, hearing.isMentioned(message))
                || entrance.hearsAll(place.conversation(entrance::inThread));
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
        return edited != null && edited.isJsonObject() ? Listener.text(edited.getAsJsonObject(), "ts") : "";
    }

    private static Set<String> files(JsonObject message) {
        Set<String> ids = new TreeSet<>();
        if (message.get("files") instanceof JsonArray files) {
            for (JsonElement file : files) {
                if (file.isJsonObject()
                        && !Listener.text(file.getAsJsonObject(), "mode").equals(Hearing.DELETED)) {
                    ids.add(Listener.text(file.getAsJsonObject(), "id"));
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
        edits.remove(key(channel, ts));
        noLongerSo(key(channel, ts));
        Place place = Place.of(parts.hearing().team(), channel, ts, thread.isEmpty() ? null : thread);
        parts.thinking().stop(place.all().getFirst(), place.message(ts));
        parts.drafts().withdraw(place.message(ts));
        entrance.handAll(SlackEvents.deleted(place, ts, parts.clock().instant()));
    }

    /** What a message said is not brought in from where it was kept for a moment. */
    private void noLongerSo(String key) {
        parts.threads().changed(key);
        onChange.accept(key);
    }
}
