package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** {@code chat.startStream}, {@code appendStream}, {@code stopStream}: a message that grows while people look on. */
final class StreamMethods {
    private static final int LONGEST_PIECE = 12_000;

    private final World world;
    private final Lookup lookup;

    StreamMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("chat.startStream", this::start);
        methods.put("chat.appendStream", this::append);
        methods.put("chat.stopStream", this::stop);
    }

    private ObjectNode start(Call call) {
        world.grants().need("chat:write");
        Channel channel = lookup.writable(call.required("channel"));
        if (channel.kind() != Channel.Kind.DIRECT) {
            if (!call.has("recipient_team_id")) {
                throw new Refusal("missing_recipient_team_id");
            }
            if (!call.has("recipient_user_id")) {
                throw new Refusal("missing_recipient_user_id");
            }
            lookup.account(call.text("recipient_user_id"));
        }
        lookup.thread(channel, call.required("thread_ts"));
        String piece = piece(call);
        Message message = world.messages().draft(channel, world.bot()).inThread(call.text("thread_ts"));
        message.stream(true, piece);
        world.messages().post(message);
        return answer(message);
    }

    private ObjectNode append(Call call) {
        world.grants().need("chat:write");
        Message message = streaming(call);
        String piece = piece(call);
        if (piece.isEmpty()) {
            throw new Refusal("no_text");
        }
        message.stream(true, piece);
        return answer(message);
    }

    private ObjectNode stop(Call call) {
        world.grants().need("chat:write");
        Message message = streaming(call);
        ArrayNode blocks = Blocks.checked(world, call.array("blocks"));
        ObjectNode metadata = ChatMethods.metadata(call);
        String piece = piece(call);
        ObjectNode before = MessageShapes.message(world, message);
        message.stream(false, piece);
        message.with(metadata);
        if (!blocks.isEmpty()) {
            ArrayNode all = Messages.none();
            if (!message.text().isEmpty()) {
                all.addObject()
                        .put("type", "markdown")
                        .put("text", message.text())
                        .put("block_id", world.id("b"));
            }
            message.write(message.text(), all.addAll(blocks), Messages.none());
        }
        world.messages().changed(message, before);
        ObjectNode answer = answer(message);
        answer.set("message", MessageShapes.message(world, message, true));
        return answer;
    }

    private Message streaming(Call call) {
        Channel channel = lookup.writable(call.required("channel"));
        Message message = lookup.message(channel, call.required("ts"), "message_not_found");
        if (!message.author().equals(world.bot())) {
            throw new Refusal("message_not_owned_by_app");
        }
        if (!message.streaming()) {
            throw new Refusal("message_not_in_streaming_state");
        }
        return message;
    }

    private String piece(Call call) {
        StringBuilder piece = new StringBuilder(call.text("markdown_text"));
        for (JsonNode chunk : call.json("chunks")) {
            if (!chunk.path("type").asText().equals("markdown_text")) {
                throw new Refusal("invalid_chunks");
            }
            piece.append(chunk.path("text").asText());
        }
        if (piece.length() > LONGEST_PIECE) {
            throw new Refusal("msg_too_long");
        }
        world.violations().look(call.method(), call.args());
        return piece.toString();
    }

    private static ObjectNode answer(Message message) {
        return World.json().put("channel", message.channel().id()).put("ts", message.ts());
    }
}
