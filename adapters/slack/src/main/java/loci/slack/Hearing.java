package loci.slack;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.SlackConfig;
import com.slack.api.model.File;
import com.slack.api.model.Message;
import com.slack.api.util.json.GsonFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.ChatEvent.Quoted;
import loci.slack.SlackEvents.Heard;
import loci.slack.SlackEvents.Place;
import org.jspecify.annotations.Nullable;

/**
 * Takes from Slack's messages what matters of them, be they told of or fetched. It waits for Slack where it has to learn who is who, for as
 * long as an event may wait. Thread-safe.
 */
final class Hearing {

    private static final String SLACKBOT = "USLACKBOT";

    /** What stands above replies in the place of a message that is gone. */
    static final String DELETED = "tombstone";

    private final String team;
    private final String self;
    private final People people;
    private final Threads threads;
    private final Files files;
    private final Gson gson = GsonFactory.createSnakeCase(SlackConfig.DEFAULT);

    Hearing(String team, String self, People people, Threads threads, Files files) {
        this.team = team;
        this.self = self;
        this.people = people;
        this.threads = threads;
        this.files = files;
    }

    String team() {
        return team;
    }

    Message message(JsonObject json) {
        return gson.fromJson(json, Message.class);
    }

    <T> T read(JsonElement json, Class<T> as) {
        return gson.fromJson(json, as);
    }

    private JsonObject json(Message message) {
        return gson.toJsonTree(message).getAsJsonObject();
    }

    Place place(String channel, Message message) {
        return Place.of(team, channel, message.getTs(), message.getThreadTs());
    }

    /** Whether a person said it in their own name: no app, no workflow, nothing that Slack says itself, and not the bot. */
    boolean isPerson(Message message) {
        String user = written(message.getUser());
        return !user.isEmpty()
                && !written(message.getTs()).isEmpty()
                && written(message.getBotId()).isEmpty()
                && !message.isHidden()
                && SlackEvents.SAID.contains(written(message.getSubtype()))
                && !user.equals(SLACKBOT)
                && !user.equals(self);
    }

    static boolean mentions(@Nullable String text, String user) {
        return text != null && (text.contains("<@" + user + ">") || text.contains("<@" + user + "|"));
    }

    boolean isMentioned(Message message) {
        return mentions(message.getText(), self);
    }

    /** Whether a message is said to the bot, mentioned or not. */
    boolean isAddressed(Place place, Message message, boolean mentioned) {
        String thread = place.thread();
        return place.isDirect()
                || mentioned
                || (thread != null
                        && threads.isCalledInto(place.channel(), thread, message.getParentUserId(), message.getTs()));
    }

    /** The message under which a thread is that the bot is called into; null where it was in it before, or outside of threads. */
    @Nullable
    Quoted quoted(Place place, Message message) {
        String thread = place.thread();
        if (thread == null
                || place.isDirect()
                || threads.isCalledInto(place.channel(), thread, message.getParentUserId(), message.getTs())) {
            return null;
        }
        Place above = new Place(team, place.channel(), null);
        Message root = threads.root(place.channel(), thread);
        if (root == null || DELETED.equals(root.getSubtype())) {
            return new Quoted(above.message(thread), Optional.empty(), "", SlackEvents.at(thread));
        }
        if (self.equals(root.getUser())) {
            return null;
        }
        people.learn(written(root.getUser()), json(root).toString());
        return new Quoted(above.message(thread), Optional.of(author(root)), text(root), SlackEvents.at(thread));
    }

    /** A message that somebody points at. */
    Quoted quotes(Place place, Message message) {
        files.read(message);
        people.learn(written(message.getUser()), json(message).toString());
        return new Quoted(
                place.message(message.getTs()),
                self.equals(message.getUser()) ? Optional.empty() : Optional.of(author(message)),
                text(message),
                SlackEvents.at(message.getTs()));
    }

    /** What is said to the bot where a message begins with its name, without what is attached; null where it does not. */
    @Nullable
    String saidTo(Message message) {
        String text = message.getText() == null ? "" : message.getText().strip();
        return text.startsWith("<@" + self + ">") || text.startsWith("<@" + self + "|")
                ? SlackMarkup.readable(text, people)
                : null;
    }

    private static String written(@Nullable String id) {
        return id == null ? "" : id;
    }

    /** A message in full, its files read and its people known, as far as that can be had in time. */
    Heard heard(Place place, Message message, boolean addressed, @Nullable Quoted quoted) {
        people.learn(message.getUser(), json(message).toString());
        return new Heard(
                place,
                message.getTs(),
                author(message),
                text(message),
                addressed,
                message.getEdited() == null ? null : message.getEdited().getTs(),
                quoted);
    }

    private Author author(Message message) {
        String user = message.getUser();
        if (user == null || user.isEmpty()) {
            String bot = written(message.getBotId()).isEmpty() ? "somebody" : message.getBotId();
            return new Author(bot, message.getUsername() == null ? bot : message.getUsername());
        }
        return new Author(user, people.user(user).orElse(user));
    }

    private String text(Message message) {
        List<String> attached = new ArrayList<>();
        List<File> shared = message.getFiles();
        if (shared != null) {
            shared.forEach(file -> attached.add(files.shown(file)));
        }
        return SlackEvents.text(
                SlackMarkup.readable(message.getText(), message.getBlocks(), message.getAttachments(), people),
                attached);
    }
}
