package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to messages, and what the bot is told of it. All under the world's lock. */
final class Messages {
    private final World world;

    Messages(World world) {
        this.world = world;
    }

    /** A message not yet posted. */
    Message draft(Channel channel, Account author) {
        return new Message(world, channel, author, world.nextTs());
    }

    /** Puts a message where everyone in the channel sees it, and tells the bot: of a mention of it, twice. */
    void post(Message message) {
        Channel channel = message.channel();
        channel.stored().put(message.ts(), message);
        world.emitIn(channel, event(message));
        boolean mentioned = message.text().contains(world.bot().mention());
        boolean direct = channel.kind() == Channel.Kind.DIRECT;
        boolean can = channel.members().contains(world.bot()) && world.grants().has("app_mentions:read");
        if (mentioned && !direct && can && !message.author().equals(world.bot())) {
            ObjectNode mention = event(message).put("type", "app_mention");
            mention.remove("channel_type");
            mention.remove("subtype");
            world.tellIn(channel, mention);
        }
    }

    private ObjectNode event(Message message) {
        return MessageShapes.message(world, message)
                .put("channel", message.channel().id())
                .put("event_ts", message.ts())
                .put("channel_type", message.channel().kind().type);
    }

    /** Puts a message where one person sees it; nobody is told. */
    Message whisper(Message message, Account to) {
        message.onlyFor(to);
        message.channel().stored().put(message.ts(), message);
        return message;
    }

    /** New text; whoever wrote it, the message says that it was edited. */
    void edit(Message message, String text, ArrayNode blocks, ArrayNode attachments) {
        ObjectNode before = MessageShapes.message(world, message);
        message.write(text, blocks, attachments);
        message.markEdited(world.nextTs());
        changed(message, before);
    }

    /** Its files are deleted, and the message stays. */
    void takeFiles(Message message) {
        ObjectNode before = MessageShapes.message(world, message);
        message.files().forEach(SharedFile::markGone);
        changed(message, before);
    }

    /** The links in it were fetched: attachments arrive, and the text is as it was. */
    void unfurl(Message message, String url, String title) {
        ObjectNode before = MessageShapes.message(world, message);
        ArrayNode attachments = message.attachments().deepCopy();
        attachments
                .addObject()
                .put("from_url", url)
                .put("original_url", url)
                .put("fallback", title)
                .put("title", title)
                .put("title_link", url)
                .put("id", attachments.size());
        message.write(message.text(), message.blocks(), attachments);
        changed(message, before);
    }

    /** Tells that a message is not what it was. */
    void changed(Message message, ObjectNode before) {
        ObjectNode event = hidden(message.channel(), "message_changed");
        event.set("message", MessageShapes.message(world, message));
        event.set("previous_message", before);
        world.emitIn(message.channel(), event);
    }

    /** A message goes; above replies an empty one stays in its place. */
    void delete(Message message) {
        ObjectNode before = MessageShapes.message(world, message);
        Channel channel = message.channel();
        if (!replies(message).isEmpty()) {
            message.markTombstone();
            changed(message, before);
            return;
        }
        message.markDeleted();
        ObjectNode event = hidden(channel, "message_deleted").put("deleted_ts", message.ts());
        event.set("previous_message", before);
        world.emitIn(channel, event);
        Message parent = message.threadTs() == null ? null : channel.at(message.root());
        if (parent != null && parent.tombstone() && replies(parent).isEmpty()) {
            parent.markDeleted();
        }
    }

    private ObjectNode hidden(Channel channel, String subtype) {
        String ts = world.nextTs();
        return World.json()
                .put("type", "message")
                .put("subtype", subtype)
                .put("hidden", true)
                .put("channel", channel.id())
                .put("ts", ts)
                .put("event_ts", ts)
                .put("channel_type", channel.kind().type);
    }

    /** What stands under a message, oldest first. */
    List<Message> replies(Message parent) {
        return parent.channel().stored().values().stream()
                .filter(one -> parent.ts().equals(one.threadTs()) && !one.equals(parent))
                .filter(one -> !one.deleted() && one.visibleTo() == null)
                .toList();
    }

    void react(Message message, Account who, String emoji, boolean on) {
        boolean news = on
                ? message.reactorsWith(emoji).add(who)
                : message.reactorsWith(emoji).remove(who);
        if (message.reactorsWith(emoji).isEmpty()) {
            message.reacted().remove(emoji);
        }
        if (!news) {
            throw new Refusal(on ? "already_reacted" : "no_reaction");
        }
        ObjectNode event = World.json()
                .put("type", on ? "reaction_added" : "reaction_removed")
                .put("user", who.id())
                .put("reaction", emoji)
                .put("item_user", message.author().id())
                .put("event_ts", world.nextTs());
        event.putObject("item")
                .put("type", "message")
                .put("channel", message.channel().id())
                .put("ts", message.ts());
        if (message.channel().members().contains(world.bot())) {
            world.emit("reactions:read", event);
        }
    }

    /** A line in a channel that says what happened there, such as that someone joined. */
    void note(Channel channel, Account who, String subtype, String text) {
        Message message = draft(channel, who).ofSubtype(subtype);
        post(message.write(text, none(), none()));
    }

    static ArrayNode none() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode orNone(@Nullable ArrayNode array) {
        return array == null ? none() : array;
    }
}
