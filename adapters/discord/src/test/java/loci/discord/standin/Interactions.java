package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people do with commands and buttons, and what the bot answers; all of it under the world's lock. */
final class Interactions {
    static final int MESSAGE = 4;
    private static final int THINKING = 5;
    private static final int LEFT_AS_IT_IS = 6;
    static final int MESSAGE_CHANGED = 7;
    private static final int CHOICES = 8;
    private static final int FORM = 9;

    private static final int COMMAND_ANSWER = 20;
    private static final int MENU_ANSWER = 23;
    private static final int REPLY = 19;

    private final World world;
    private final Map<Long, Interaction> byId = new LinkedHashMap<>();

    Interactions(World world) {
        this.world = world;
    }

    Interaction begin(
            Interaction.Kind kind,
            Account invoker,
            Channel channel,
            @Nullable Message source,
            @Nullable Interaction cause,
            String name,
            ObjectNode data) {
        byte[] noise = new byte[24];
        world.random().nextBytes(noise);
        String token = "aW50ZXJhY3Rpb246" + HexFormat.of().formatHex(noise);
        Interaction interaction =
                new Interaction(world, world.nextId(), token, kind, invoker, channel, source, cause, name);
        byId.put(interaction.id(), interaction);
        world.emit(Events.interaction(channel.guildOrNull(), InteractionShapes.created(interaction, data)));
        return interaction;
    }

    /** The bot's first reaction. */
    Interaction callback(long id, String token, JsonNode body, Draft draft) {
        Interaction interaction = byId.get(id);
        if (interaction == null || !interaction.token().equals(token)) {
            throw ApiError.unknownInteraction();
        }
        if (interaction.callback() != null) {
            throw new ApiError(400, 40060, "Interaction has already been acknowledged.");
        }
        if (interaction.failed()) {
            throw ApiError.unknownInteraction();
        }
        int type = body.path("type").asInt();
        switch (type) {
            case MESSAGE -> interaction.answered(type, answer(interaction, draft));
            case THINKING ->
                interaction.answered(type, answer(interaction, draft.flagged(draft.flags() | Message.LOADING)));
            case LEFT_AS_IT_IS -> interaction.answered(type, sourceOf(interaction));
            case MESSAGE_CHANGED -> {
                Message source = sourceOf(interaction);
                interaction.answered(type, source);
                world.messages().edit(source, body.path("data"), draft.attachments());
            }
            case CHOICES -> {
                interaction.offered(body.path("data").path("choices"));
                interaction.answered(type, null);
            }
            case FORM -> {
                interaction.asked((ObjectNode) body.path("data").deepCopy());
                interaction.answered(type, null);
            }
            default -> throw ApiError.form("type", "BASE_TYPE_CHOICES", "Value must be one of {1, 4, 5, 6, 7, 8, 9}.");
        }
        return interaction;
    }

    private static Message sourceOf(Interaction interaction) {
        Message source = interaction.source();
        if (source == null) {
            throw ApiError.form("type", "INTERACTION_CALLBACK_TYPE_INVALID", "There is no message to update");
        }
        return source;
    }

    private Message answer(Interaction interaction, Draft draft) {
        boolean loading = (draft.flags() & Message.LOADING) != 0;
        if (!loading && draft.empty()) {
            throw new ApiError(400, 50006, "Cannot send an empty message");
        }
        Message message =
                world.messages().make(interaction.channel(), world.bot(), draft).answering(interaction);
        message.ofType(
                switch (interaction.kind()) {
                    case COMMAND -> interaction.source() == null ? COMMAND_ANSWER : MENU_ANSWER;
                    case COMPONENT, AUTOCOMPLETE, MODAL -> REPLY;
                });
        world.messages().keep(message);
        return message;
    }

    /** A message after the first reaction; the first one after "thinking" takes its place, and its privacy. */
    Message followup(String token, Draft draft) {
        Interaction interaction = acknowledged(token);
        Message original = interaction.original();
        if (draft.empty()) {
            throw new ApiError(400, 50006, "Cannot send an empty message");
        }
        if (original != null && original.loading()) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode().put("content", draft.content());
            fields.set("embeds", draft.embeds());
            fields.set("components", draft.components());
            if (draft.allowedMentions() != null) {
                fields.set("allowed_mentions", draft.allowedMentions());
            }
            edit(original, fields, draft.attachments());
            return original;
        }
        Message message =
                world.messages().make(interaction.channel(), world.bot(), draft).answering(interaction);
        if (original != null) {
            message.ofType(REPLY);
        }
        world.messages().keep(message);
        interaction.followedBy(message);
        return message;
    }

    void edit(Message message, JsonNode fields, List<Attachment> files) {
        message.flagged(message.flags() & ~Message.LOADING);
        world.messages().edit(message, fields, files);
    }

    /** The interaction of this token, where it may still be used. */
    Interaction acknowledged(String token) {
        Interaction interaction = byId.values().stream()
                .filter(one -> one.token().equals(token))
                .findFirst()
                .orElseThrow(() -> new ApiError(404, 10015, "Unknown Webhook"));
        if (interaction.expired()) {
            throw new ApiError(401, 50027, "Invalid Webhook Token");
        }
        if (interaction.callback() == null) {
            throw new ApiError(404, 10015, "Unknown Webhook");
        }
        return interaction;
    }

    /** A message that this token may read and change: the original, by {@code @original} or its id, or a followup. */
    Message reachable(String token, String which) {
        Interaction interaction = acknowledged(token);
        Message original = interaction.original();
        if (original != null && !original.deleted()) {
            if ("@original".equals(which) || Shapes.id(original.id()).equals(which)) {
                return original;
            }
        }
        return interaction.followups().stream()
                .filter(one -> !one.deleted() && Shapes.id(one.id()).equals(which))
                .findFirst()
                .orElseThrow(ApiError::unknownMessage);
    }
}
