package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code chat.*}, streams aside. */
final class ChatMethods {
    static final int LONGEST_TEXT = 40_000;

    private static final int MOST_ATTACHMENTS = 100;
    private static final int LONGEST_MARKDOWN = 12_000;

    private final World world;
    private final Lookup lookup;

    ChatMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("chat.postMessage", this::post);
        methods.put("chat.update", this::update);
        methods.put("chat.delete", this::delete);
        methods.put("chat.postEphemeral", this::postEphemeral);
        methods.put("chat.getPermalink", this::permalink);
    }

    private ObjectNode post(Call call) {
        world.grants().need("chat:write");
        Channel channel = lookup.writable(call.required("channel"));
        Message message = written(call, world.messages().draft(channel, world.bot()));
        if (call.has("thread_ts")) {
            lookup.thread(channel, call.text("thread_ts"));
            message.inThread(call.text("thread_ts"));
            message.ofSubtype(call.flag("reply_broadcast") ? "thread_broadcast" : null);
        }
        world.violations().look(call.method(), call.args());
        world.violations().lookAtUnfurling(call.method(), call.args());
        world.messages().post(message);
        return posted(message);
    }

    private ObjectNode posted(Message message) {
        ObjectNode answer = World.json().put("channel", message.channel().id()).put("ts", message.ts());
        answer.set("message", MessageShapes.message(world, message, true));
        return answer;
    }

    private Message written(Call call, Message message) {
        ArrayNode blocks = Blocks.checked(world, call.array("blocks"));
        ArrayNode attachments = call.array("attachments");
        if (attachments.size() > MOST_ATTACHMENTS) {
            throw new Refusal("too_many_attachments");
        }
        String text = call.text("text");
        if (call.has("markdown_text")) {
            if (!text.isEmpty() || !blocks.isEmpty()) {
                throw new Refusal("markdown_text_conflict");
            }
            text = call.text("markdown_text");
            if (text.length() > LONGEST_MARKDOWN) {
                throw new Refusal("msg_too_long");
            }
        }
        if (text.isBlank() && blocks.isEmpty() && attachments.isEmpty()) {
            throw new Refusal("no_text");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new Refusal("msg_too_long");
        }
        return message.write(text, blocks, attachments).with(metadata(call));
    }

    static @Nullable ObjectNode metadata(Call call) {
        if (!call.has("metadata")) {
            return null;
        }
        JsonNode metadata = call.json("metadata");
        if (!metadata.path("event_type").isTextual()
                || !metadata.path("event_payload").isObject()) {
            throw new Refusal("invalid_metadata_format");
        }
        return metadata.deepCopy();
    }

    /** As Slack does, leaves blocks and attachments that are not named as they are: text alone does not replace blocks. */
    private ObjectNode update(Call call) {
        world.grants().need("chat:write");
        Channel channel = lookup.channel(call.required("channel"));
        Message message = lookup.message(channel, call.required("ts"), "message_not_found");
        if (!message.author().equals(world.bot()) || message.tombstone()) {
            throw new Refusal("cant_update_message");
        }
        if (message.streaming()) {
            throw new Refusal("streaming_state_conflict");
        }
        if (channel.archived()) {
            throw new Refusal("is_archived");
        }
        Message probe = written(call, new Message(world, channel, world.bot(), message.ts()));
        world.violations().look(call.method(), call.args());
        if (call.has("metadata")) {
            message.with(probe.metadata());
        }
        ArrayNode attachments = call.args().has("attachments") ? probe.attachments() : message.attachments();
        ArrayNode blocks = call.args().has("blocks") ? probe.blocks() : message.blocks();
        world.messages().edit(message, probe.text(), blocks, attachments);
        return posted(message).put("text", message.text());
    }

    private ObjectNode delete(Call call) {
        world.grants().need("chat:write");
        Channel channel = lookup.channel(call.required("channel"));
        Message message = lookup.message(channel, call.required("ts"), "message_not_found");
        if (!message.author().equals(world.bot())) {
            throw new Refusal("cant_delete_message");
        }
        world.messages().delete(message);
        return World.json().put("channel", channel.id()).put("ts", message.ts());
    }

    private ObjectNode postEphemeral(Call call) {
        world.grants().need("chat:write");
        Channel channel = lookup.writable(call.required("channel"));
        Account to = world.accounts().get(call.required("user"));
        if (to == null || !channel.members().contains(to)) {
            throw new Refusal("user_not_in_channel");
        }
        Message message = written(call, world.messages().draft(channel, world.bot()));
        message.inThread(call.orNull("thread_ts"));
        world.messages().whisper(message, to);
        return World.json().put("message_ts", message.ts());
    }

    private ObjectNode permalink(Call call) {
        Channel channel = lookup.channel(call.required("channel"));
        Message message = lookup.message(channel, call.required("message_ts"), "message_not_found");
        return World.json()
                .put("channel", channel.id())
                .put(
                        "permalink",
                        world.base() + "/archives/" + channel.id() + "/p"
                                + message.ts().replace(".", ""));
    }
}
