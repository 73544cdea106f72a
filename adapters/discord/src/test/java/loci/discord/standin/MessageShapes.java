package loci.discord.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Messages as JSON, blank where the one who looks may not see what they say. */
final class MessageShapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MessageShapes() {}

    /** As the gateway sends it: with the guild and the author's membership. */
    static ObjectNode sent(Message message, int intents) {
        ObjectNode json = stored(message, intents);
        Guild guild = message.channel().guildOrNull();
        if (guild == null) {
            return json;
        }
        json.put("guild_id", Shapes.id(guild.id()));
        Member author = guild.membership(message.author());
        if (author != null && message.interaction() == null) {
            json.set("member", GuildShapes.member(author, false));
        }
        ArrayNode mentions = json.putArray("mentions");
        for (Account account : message.pings().accounts()) {
            Member member = guild.membership(account);
            ObjectNode user = Shapes.user(account);
            if (member != null) {
                user.set("member", GuildShapes.member(member, false));
            }
            mentions.add(user);
        }
        return json;
    }

    /** As REST answers it. */
    static ObjectNode stored(Message message, int intents) {
        return shape(message, intents, true);
    }

    /** A reply shows the message it replies to, but not what that one in turn replied to. */
    private static ObjectNode shape(Message message, int intents, boolean withReferenced) {
        ObjectNode json = JSON.objectNode()
                .put("id", Shapes.id(message.id()))
                .put("type", message.type())
                .put("channel_id", Shapes.id(message.channel().id()))
                .put("timestamp", Shapes.time(Snowflakes.timeOf(message.id())))
                .put("flags", message.flags())
                .put("pinned", false)
                .put("tts", false)
                .put("mention_everyone", message.pings().everyone());
        json.set("author", Shapes.user(message.author()));
        if (message.editTime() == null) {
            json.putNull("edited_timestamp");
        } else {
            json.put("edited_timestamp", Shapes.time(message.editTime()));
        }
        ArrayNode mentions = json.putArray("mentions");
        message.pings().accounts().forEach(account -> mentions.add(Shapes.user(account)));
        ArrayNode roles = json.putArray("mention_roles");
        message.pings().roles().forEach(role -> roles.add(Shapes.id(role.id())));
        said(json, message, visible(message, intents));
        around(json, message, intents, withReferenced);
        return json;
    }

    /** Without the Message Content intent: only direct messages, the bot's own, and those that mention it. */
    private static boolean visible(Message message, int intents) {
        Account bot = message.channel().world().bot();
        return (intents & Intents.MESSAGE_CONTENT) != 0
                || message.channel().kind() == Channel.Kind.DIRECT
                || message.author().equals(bot)
                || message.pings().names(bot);
    }

    private static void said(ObjectNode json, Message message, boolean visible) {
        json.put("content", visible ? message.text() : "");
        json.set("embeds", visible ? message.embedded() : JSON.arrayNode());
        json.set("components", visible ? message.components() : JSON.arrayNode());
        ArrayNode attachments = json.putArray("attachments");
        for (Attachment attachment : visible ? message.attachments() : List.<Attachment>of()) {
            attachments.add(attachment(attachment));
        }
        stuck(json, message);
    }

    /** Stickers come with every message, as of which Discord says nothing else where it speaks of message content. */
    private static void stuck(ObjectNode json, Message message) {
        if (!message.stickers().isEmpty()) {
            ArrayNode items = json.putArray("sticker_items");
            for (String name : message.stickers()) {
                items.addObject()
                        .put("id", Shapes.id(message.channel().world().nextId()))
                        .put("name", name)
                        .put("format_type", 1);
            }
        }
    }

    /** Of images Discord says how large they are. */
    private static void size(Attachment attachment, ObjectNode json) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(attachment.bytes()));
            if (image != null) {
                json.put("width", image.getWidth()).put("height", image.getHeight());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode attachment(Attachment attachment) {
        ObjectNode json = JSON.objectNode()
                .put("id", Shapes.id(attachment.id()))
                .put("filename", attachment.name())
                .put("size", attachment.size())
                .put("url", attachment.url())
                .put("proxy_url", attachment.url());
        if (attachment.type() != null) {
            json.put("content_type", attachment.type());
            size(attachment, json);
        }
        if (attachment.description() != null) {
            json.put("description", attachment.description());
        }
        return json;
    }

    private static void around(ObjectNode json, Message message, int intents, boolean withReferenced) {
        if (message.nonce() != null) {
            json.put("nonce", message.nonce());
        }
        ObjectNode reference = message.reference();
        if (reference != null) {
            json.set("message_reference", reference);
        }
        if (reference != null && withReferenced) {
            @Nullable
            Message to =
                    message.channel().stored().get(reference.path("message_id").asLong());
            json.set("referenced_message", to == null ? JSON.nullNode() : shape(to, intents, false));
        }
        Interaction interaction = message.interaction();
        if (interaction != null) {
            Account bot = message.channel().world().bot();
            json.put("webhook_id", Shapes.id(bot.id())).put("application_id", Shapes.id(bot.id()));
            json.set("interaction_metadata", InteractionShapes.metadata(interaction));
        }
        if (message.thread() != null && !message.thread().deleted()) {
            json.set("thread", ChannelShapes.channel(message.thread()));
        }
        reactions(json, message);
    }

    private static void reactions(ObjectNode json, Message message) {
        if (message.reacted().isEmpty()) {
            return;
        }
        Account bot = message.channel().world().bot();
        ArrayNode reactions = json.putArray("reactions");
        message.reacted().forEach((emoji, who) -> reactions.add(reaction(emoji, who, bot)));
    }

    private static ObjectNode reaction(String emoji, Set<Account> who, Account bot) {
        ObjectNode json = JSON.objectNode()
                .put("count", who.size())
                .put("me", who.contains(bot))
                .put("me_burst", false);
        json.putObject("emoji").putNull("id").put("name", emoji);
        json.putObject("count_details").put("burst", 0).put("normal", who.size());
        json.putArray("burst_colors");
        return json;
    }
}
