package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Messages, reactions and typing. */
final class MessageRoutes {
    private static final Duration BULK_REACHES = Duration.ofDays(14);

    private final World world;
    private final IntSupplier intents;
    private final Places places;

    MessageRoutes(World world, IntSupplier intents) {
        this.world = world;
        this.intents = intents;
        this.places = new Places(world);
    }

    void addTo(Routes routes) {
        routes.on("GET", "/channels/*/messages", this::list)
                .on("POST", "/channels/*/messages", this::create)
                .on("POST", "/channels/*/messages/bulk-delete", this::deleteAll)
                .on("GET", "/channels/*/messages/*", this::get)
                .on("PATCH", "/channels/*/messages/*", this::edit)
                .on("DELETE", "/channels/*/messages/*", this::delete)
                .on("POST", "/channels/*/typing", this::typing)
                .on("PUT", "/channels/*/messages/*/reactions/*/@me", this::react)
                .on("DELETE", "/channels/*/messages/*/reactions/*/@me", this::unreact);
    }

    private JsonNode shown(Message message) {
        return MessageShapes.stored(message, intents.getAsInt());
    }

    private Answer list(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0));
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        int limit = Integer.parseInt(request.query().getOrDefault("limit", "50"));
        if (limit < 1 || limit > 100) {
            throw ApiError.form("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.");
        }
        if (Permission.READ_MESSAGE_HISTORY.in(Permission.of(world.bot(), channel))) {
            channel.page(bound(request, "before"), bound(request, "after"), bound(request, "around"), limit)
                    .forEach(message -> page.add(shown(message)));
        }
        return Answer.ok(page);
    }

    private static @Nullable Long bound(Request request, String name) {
        String text = request.query().get(name);
        return text == null ? null : Places.id(text);
    }

    private Answer create(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0));
        if (channel.kind() == Channel.Kind.FORUM) {
            throw new ApiError(400, 50008, "Cannot send messages in a non-text channel");
        }
        places.need(channel, Places.speaking(channel));
        if (channel.kind().isThread() && channel.locked()) {
            places.need(channel, Permission.MANAGE_THREADS);
        }
        if (channel.kind() == Channel.Kind.DIRECT
                && world.closedToDirect().contains(world.places().partner(channel))) {
            throw new ApiError(403, 50007, "Cannot send messages to this user");
        }
        if (!request.files().isEmpty()) {
            places.need(channel, Permission.ATTACH_FILES);
        }
        Draft draft = Drafts.of(request.body(), request.files(), repliedTo(channel, request.body()));
        if (draft.empty()) {
            throw new ApiError(400, 50006, "Cannot send an empty message");
        }
        return Answer.ok(
                shown(world.messages().post(channel, world.bot(), draft.flagged(draft.flags() & ~Message.EPHEMERAL))));
    }

    private @Nullable Message repliedTo(Channel channel, JsonNode body) {
        JsonNode reference = body.path("message_reference");
        if (!reference.hasNonNull("message_id")) {
            return null;
        }
        if (!Permission.READ_MESSAGE_HISTORY.in(Permission.of(world.bot(), channel))) {
            throw new ApiError(403, 160002, "Cannot reply without permission to read message history");
        }
        Message to = channel.stored().get(reference.path("message_id").asLong());
        if (to == null && reference.path("fail_if_not_exists").asBoolean(true)) {
            throw ApiError.form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
        }
        return to;
    }

    private Answer get(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0), Permission.READ_MESSAGE_HISTORY);
        return Answer.ok(shown(places.message(channel, at.get(1))));
    }

    private Answer edit(Request request, List<String> at) {
        Message message = places.message(places.channel(at.get(0)), at.get(1));
        if (!message.author().equals(world.bot())) {
            throw new ApiError(403, 50005, "Cannot edit a message authored by another user");
        }
        Drafts.check(request.body(), request.files());
        world.messages().edit(message, request.body(), Drafts.named(request.body(), request.files()));
        return Answer.ok(shown(message));
    }

    private Answer delete(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0));
        Message message = places.message(channel, at.get(1));
        if (!message.author().equals(world.bot())) {
            if (channel.kind() == Channel.Kind.DIRECT) {
                throw new ApiError(403, 50003, "Cannot execute action on a DM channel");
            }
            places.need(channel, Permission.MANAGE_MESSAGES);
        }
        world.messages().delete(message);
        return Answer.NOTHING;
    }

    private Answer deleteAll(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0), Permission.MANAGE_MESSAGES);
        JsonNode ids = request.body().path("messages");
        if (ids.size() < 2 || ids.size() > 100) {
            throw new ApiError(
                    400,
                    50016,
                    "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100"
                            + " messages to delete");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode id : ids) {
            if (Snowflakes.timeOf(id.asLong()).isBefore(world.clock().instant().minus(BULK_REACHES))) {
                throw new ApiError(400, 50034, "You can only bulk delete messages that are under 14 days old.");
            }
            Message message = channel.stored().get(id.asLong());
            if (message != null) {
                messages.add(message);
            }
        }
        world.messages().deleteAll(channel, messages);
        return Answer.NOTHING;
    }

    private Answer typing(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0));
        places.need(channel, Places.speaking(channel));
        channel.typed();
        world.emit(Events.typing(channel, world.bot(), world.clock().instant().getEpochSecond()));
        return Answer.NOTHING;
    }

    private Answer react(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0), Permission.READ_MESSAGE_HISTORY);
        Message message = places.message(channel, at.get(1));
        if (!message.reacted().containsKey(at.get(2))) {
            places.need(channel, Permission.ADD_REACTIONS);
        }
        if (at.get(2).chars().allMatch(letter -> letter < 128)) {
            throw new ApiError(400, 10014, "Unknown Emoji");
        }
        world.messages().react(message, world.bot(), at.get(2));
        return Answer.NOTHING;
    }

    private Answer unreact(Request request, List<String> at) {
        world.messages().unreact(places.message(places.channel(at.get(0)), at.get(1)), world.bot(), at.get(2));
        return Answer.NOTHING;
    }
}
