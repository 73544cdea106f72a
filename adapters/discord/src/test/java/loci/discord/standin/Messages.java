package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How messages come, change and go; all of it under the world's lock. */
final class Messages {
    /** Discord says "the past few minutes". */
    static final Duration NONCES_LAST = Duration.ofMinutes(5);

    /** What Discord itself says where a thread was opened on no message, and first in one that was opened on a message. */
    static final int THREAD_OPENED = 18;

    static final int THREAD_STARTED_HERE = 21;

    private static final int REPLY = 19;

    private record NonceKey(Account author, String nonce) {}

    private record Nonced(Message message, Instant when) {}

    private final World world;
    private final Map<NonceKey, Nonced> nonces = new HashMap<>();

    Messages(World world) {
        this.world = world;
    }

    /**
     * Stores a message and tells of it, or gives the one that this author lately posted under the same enforced nonce. Discord does not say
     * what becomes of the nonce of a message that was deleted since; here it stays taken, which is the worse for whoever posts.
     */
    Message post(Channel channel, Account author, Draft draft) {
        if (draft.nonce() != null && draft.enforceNonce()) {
            Nonced known = nonces.get(new NonceKey(author, draft.nonce()));
            if (known != null && world.clock().instant().isBefore(known.when().plus(NONCES_LAST))) {
                return known.message();
            }
        }
        Message message = make(channel, author, draft);
        keep(message);
        return message;
    }

    /** A message that is not yet anywhere. */
    Message make(Channel channel, Account author, Draft draft) {
        return make(world.nextId(), channel, author, draft);
    }

    Message make(long id, Channel channel, Account author, Draft draft) {
        Message message =
                new Message(world, id, channel, author).flagged(draft.flags()).withNonce(draft.nonce());
        Message to = draft.replyTo();
        if (to != null) {
            message.ofType(REPLY).withReference(referenceTo(to));
        }
        message.write(
                draft.content(), Mentions.pings(world, channel, author, draft.content(), draft.allowedMentions(), to));
        message.embed(embeds(draft.embeds()));
        message.component(numbered(draft.components()));
        message.attach(draft.attachments().stream()
                .map(file -> world.upload(channel, file))
                .toList());
        return message;
    }

    /** Puts a made message into its channel, and tells of it. */
    void keep(Message message) {
        Channel channel = message.channel();
        if (channel.kind().isThread()) {
            if (channel.archived()) {
                world.places().archive(channel, false, false);
            }
            if (message.interaction() == null) {
                world.places().enter(channel, message.author());
            }
        }
        channel.stored().put(message.id(), message);
        world.everStored().put(message.id(), message);
        String nonce = message.nonce();
        if (nonce != null) {
            nonces.put(
                    new NonceKey(message.author(), nonce),
                    new Nonced(message, world.clock().instant()));
        }
        if (!message.ephemeral()) {
            world.emit(Events.message("MESSAGE_CREATE", message));
        }
    }

    /** Posts one of Discord's own messages in someone's name. */
    void announce(int type, Channel channel, Account by, String content, ObjectNode reference) {
        Message message =
                make(channel, by, Draft.typed("", null, List.of())).ofType(type).withReference(reference);
        message.write(content, Pings.NONE);
        keep(message);
    }

    static ObjectNode referenceTo(Message to) {
        ObjectNode reference = JsonNodeFactory.instance
                .objectNode()
                .put("type", 0)
                .put("message_id", Shapes.id(to.id()))
                .put("channel_id", Shapes.id(to.channel().id()));
        Guild guild = to.channel().guildOrNull();
        return guild == null ? reference : reference.put("guild_id", Shapes.id(guild.id()));
    }

    /** Writes anew what these fields name, leaves the rest, and tells of it. */
    void edit(Message message, JsonNode fields, List<Attachment> files) {
        if (fields.has("content")) {
            String content = fields.path("content").asText("").strip();
            JsonNode allowed = fields.hasNonNull("allowed_mentions") ? fields.get("allowed_mentions") : null;
            message.write(
                    content,
                    Mentions.pings(world, message.channel(), message.author(), content, allowed, message.repliesTo()));
        }
        if (fields.has("embeds")) {
            message.embed(embeds(array(fields.get("embeds"))));
        }
        if (fields.has("components")) {
            message.component(numbered(array(fields.get("components"))));
        }
        if (fields.has("attachments") || !files.isEmpty()) {
            message.attach(attachments(message, fields, files));
        }
        if (fields.hasNonNull("flags")) {
            int wanted = fields.get("flags").asInt() & Message.SUPPRESS_EMBEDS;
            message.flagged((message.flags() & ~Message.SUPPRESS_EMBEDS) | wanted);
        }
        message.markEdited(world.clock().tick());
        changed(message);
    }

    /** Tells of a change that is already made. */
    void changed(Message message) {
        if (!message.ephemeral() && !message.deleted()) {
            world.emit(Events.message("MESSAGE_UPDATE", message));
        }
    }

    private List<Attachment> attachments(Message message, JsonNode fields, List<Attachment> files) {
        List<Attachment> kept = new ArrayList<>();
        Set<String> wanted = new java.util.HashSet<>();
        fields.path("attachments").forEach(one -> wanted.add(one.path("id").asText()));
        for (Attachment one : message.attachments()) {
            if (!fields.has("attachments") || wanted.contains(Shapes.id(one.id()))) {
                kept.add(one);
            }
        }
        files.forEach(file -> kept.add(world.upload(message.channel(), file)));
        return kept;
    }

    void delete(Message message) {
        forget(message);
        if (!message.ephemeral()) {
            world.emit(Events.messageGone(message));
        }
    }

    void deleteAll(Channel channel, List<Message> messages) {
        messages.forEach(this::forget);
        world.emit(Events.messagesGone(channel, messages));
    }

    private void forget(Message message) {
        message.channel().stored().remove(message.id());
        message.markDeleted();
    }

    void react(Message message, Account account, String emoji) {
        if (message.reactorsWith(emoji).add(account)) {
            world.emit(Events.reaction("MESSAGE_REACTION_ADD", message, account, emoji));
        }
    }

    void unreact(Message message, Account account, String emoji) {
        Set<Account> who = message.reactorsWith(emoji);
        if (who.remove(account)) {
            world.emit(Events.reaction("MESSAGE_REACTION_REMOVE", message, account, emoji));
        }
        if (who.isEmpty()) {
            message.reacted().remove(emoji);
        }
    }

    private static ArrayNode array(@Nullable JsonNode node) {
        return node instanceof ArrayNode found ? found : JsonNodeFactory.instance.arrayNode();
    }

    /** An embed that someone made is "rich", whatever its maker called it. */
    private static ArrayNode embeds(ArrayNode given) {
        ArrayNode embeds = given.deepCopy();
        embeds.forEach(one -> ((ObjectNode) one).put("type", "rich"));
        return embeds;
    }

    /** Components bear numbers, counted through the message, where their maker gave them none. */
    private static ArrayNode numbered(ArrayNode given) {
        ArrayNode components = given.deepCopy();
        number(components, 1);
        return components;
    }

    private static int number(JsonNode components, int from) {
        int next = from;
        for (JsonNode component : components) {
            if (component.path("id").asInt() == 0) {
                ((ObjectNode) component).put("id", next);
            }
            next = number(component.path("components"), next + 1);
        }
        return next;
    }
}
