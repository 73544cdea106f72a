package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Messages as Slack writes them. */
final class MessageShapes {
    private MessageShapes() {}

    /** The message object, without its metadata. */
    static ObjectNode message(World world, Message message) {
        Account author = message.author();
        ObjectNode shape = World.json().put("type", "message");
        if (message.subtype() != null) {
            shape.put("subtype", message.subtype());
        }
        shape.put("user", message.tombstone() ? "USLACKBOT" : author.id());
        if (author.isBot() && !message.tombstone()) {
            bot(world, author, shape);
        }
        if (message.clientId() != null) {
            shape.put("client_msg_id", message.clientId());
        }
        shape.put("text", message.text()).put("ts", message.ts()).put("team", author.team());
        if (!message.blocks().isEmpty()) {
            shape.set("blocks", message.blocks().deepCopy());
        }
        if (!message.attachments().isEmpty()) {
            shape.set("attachments", message.attachments().deepCopy());
        }
        if (!message.files().isEmpty()) {
            ArrayNode files = shape.put("upload", false).putArray("files");
            message.files().forEach(one -> files.add(one.shape()));
        }
        if (message.editedTs() != null) {
            shape.putObject("edited").put("user", author.id()).put("ts", message.editedTs());
        }
        if (message.streamed()) {
            shape.put("streaming_state", message.streaming() ? "in_progress" : "completed");
        }
        if (message.tombstone()) {
            shape.put("hidden", true);
        }
        thread(world, message, shape);
        reactions(message, shape);
        return shape;
    }

    private static void bot(World world, Account author, ObjectNode shape) {
        boolean own = author.equals(world.bot());
        String app = own ? World.APP_ID : "A" + author.botId().substring(1);
        shape.put("bot_id", author.botId()).put("app_id", app);
        shape.putObject("bot_profile")
                .put("id", author.botId())
                .put("app_id", app)
                .put("name", author.name())
                .put("deleted", false)
                .put("team_id", author.team());
    }

    private static void thread(World world, Message message, ObjectNode shape) {
        Channel channel = message.channel();
        String root = message.threadTs();
        if (root != null && !root.equals(message.ts())) {
            shape.put("thread_ts", root);
            Message parent = channel.stored().get(root);
            if (parent != null) {
                shape.put("parent_user_id", parent.author().id());
            }
            return;
        }
        List<Message> replies = world.messages().replies(message);
        if (!replies.isEmpty()) {
            ArrayNode users = shape.put("thread_ts", message.ts())
                    .put("reply_count", replies.size())
                    .put("latest_reply", replies.getLast().ts())
                    .put("is_locked", false)
                    .put("subscribed", false)
                    .putArray("reply_users");
            List<String> who =
                    replies.stream().map(one -> one.author().id()).distinct().toList();
            who.forEach(users::add);
            shape.put("reply_users_count", who.size());
        }
    }

    private static void reactions(Message message, ObjectNode shape) {
        if (!message.reacted().isEmpty()) {
            ArrayNode reactions = shape.putArray("reactions");
            message.reacted().forEach((emoji, who) -> {
                ObjectNode one = reactions.addObject().put("name", emoji).put("count", who.size());
                ArrayNode users = one.putArray("users");
                who.forEach(user -> users.add(user.id()));
            });
        }
    }

    /** The message object with its metadata, where it has any and they are asked for. */
    static ObjectNode message(World world, Message message, boolean withMetadata) {
        ObjectNode shape = message(world, message);
        ObjectNode metadata = message.metadata();
        if (withMetadata && metadata != null) {
            shape.set("metadata", metadata.deepCopy());
        }
        return shape;
    }
}
