package loci.discord.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the gateway's events of what happened. */
final class Events {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Events() {}

    static Event guildCreate(Guild guild) {
        return new Event("GUILD_CREATE", guild, null, Intents.GUILDS, any -> GuildShapes.full(guild));
    }

    /** Unavailable: an outage; otherwise the bot was thrown out. */
    static Event guildGone(Guild guild, boolean outage) {
        ObjectNode body = JSON.objectNode().put("id", Shapes.id(guild.id()));
        if (outage) {
            body.put("unavailable", true);
        }
        return new Event("GUILD_DELETE", guild, null, Intents.GUILDS, any -> body);
    }

    static Event role(String type, Guild guild, Role role) {
        ObjectNode body = JSON.objectNode().put("guild_id", Shapes.id(guild.id()));
        body.set("role", GuildShapes.role(role));
        return new Event(type, guild, null, Intents.GUILDS, any -> body);
    }

    static Event member(String type, Guild guild, Member member) {
        ObjectNode body = GuildShapes.member(member, true).put("guild_id", Shapes.id(guild.id()));
        int intent = member.account().bot() ? 0 : Intents.GUILD_MEMBERS;
        return new Event(type, guild, null, intent, any -> body);
    }

    static Event channel(String type, Channel channel) {
        // Discord tells bots of all channels, even of those they cannot see, but not of threads
        Channel seen = channel.kind().isThread() ? channel : null;
        return new Event(type, channel.guild(), seen, Intents.GUILDS, any -> ChannelShapes.channel(channel));
    }

    static Event threadCreate(Channel thread, boolean isNew) {
        return new Event(
                "THREAD_CREATE",
                thread.guild(),
                thread,
                Intents.GUILDS,
                any -> isNew
                        ? ChannelShapes.channel(thread).put("newly_created", true)
                        : ChannelShapes.channel(thread));
    }

    static Event threadGone(Channel thread) {
        ObjectNode body = JSON.objectNode()
                .put("id", Shapes.id(thread.id()))
                .put("guild_id", Shapes.id(thread.guild().id()))
                .put("parent_id", Shapes.id(thread.parent().id()))
                .put("type", thread.kind().number);
        return new Event("THREAD_DELETE", thread.guild(), thread, Intents.GUILDS, any -> body);
    }

    static Event threadMembers(Channel thread, Account account, boolean entered) {
        ObjectNode body = JSON.objectNode()
                .put("id", Shapes.id(thread.id()))
                .put("guild_id", Shapes.id(thread.guild().id()))
                .put("member_count", thread.inside().size());
        if (entered) {
            body.putArray("added_members").add(ChannelShapes.threadMember(thread, account));
        } else {
            body.putArray("removed_member_ids").add(Shapes.id(account.id()));
        }
        return new Event("THREAD_MEMBERS_UPDATE", thread.guild(), thread, Intents.GUILDS, any -> body);
    }

    static Event message(String type, Message message) {
        Channel channel = message.channel();
        return new Event(
                type,
                channel.guildOrNull(),
                channel,
                channel.guildOrNull() == null ? Intents.DIRECT_MESSAGES : Intents.GUILD_MESSAGES,
                intents -> MessageShapes.sent(message, intents));
    }

    static Event messageGone(Message message) {
        ObjectNode body = place(message.channel()).put("id", Shapes.id(message.id()));
        return aboutMessages("MESSAGE_DELETE", message.channel(), body);
    }

    static Event messagesGone(Channel channel, List<Message> messages) {
        ObjectNode body = place(channel);
        ArrayNode ids = body.putArray("ids");
        messages.forEach(message -> ids.add(Shapes.id(message.id())));
        return aboutMessages("MESSAGE_DELETE_BULK", channel, body);
    }

    private static Event aboutMessages(String type, Channel channel, ObjectNode body) {
        int intent = channel.guildOrNull() == null ? Intents.DIRECT_MESSAGES : Intents.GUILD_MESSAGES;
        return new Event(type, channel.guildOrNull(), channel, intent, any -> body);
    }

    static Event reaction(String type, Message message, Account account, String emoji) {
        Channel channel = message.channel();
        Guild guild = channel.guildOrNull();
        ObjectNode body = place(channel)
                .put("message_id", Shapes.id(message.id()))
                .put("user_id", Shapes.id(account.id()))
                .put("message_author_id", Shapes.id(message.author().id()))
                .put("burst", false)
                .put("type", 0);
        body.putObject("emoji").putNull("id").put("name", emoji);
        Member member = guild == null ? null : guild.membership(account);
        if (member != null && "MESSAGE_REACTION_ADD".equals(type)) {
            body.set("member", GuildShapes.member(member, true));
        }
        int intent = guild == null ? Intents.DIRECT_MESSAGE_REACTIONS : Intents.GUILD_MESSAGE_REACTIONS;
        return new Event(type, guild, channel, intent, any -> body);
    }

    static Event typing(Channel channel, Account account, long second) {
        Guild guild = channel.guildOrNull();
        ObjectNode body = place(channel).put("user_id", Shapes.id(account.id())).put("timestamp", second);
        Member member = guild == null ? null : guild.membership(account);
        if (member != null) {
            body.set("member", GuildShapes.member(member, true));
        }
        int intent = guild == null ? Intents.DIRECT_MESSAGE_TYPING : Intents.GUILD_MESSAGE_TYPING;
        return new Event("TYPING_START", guild, channel, intent, any -> body);
    }

    static Event interaction(@Nullable Guild guild, ObjectNode body) {
        return new Event("INTERACTION_CREATE", guild, null, 0, any -> body);
    }

    private static ObjectNode place(Channel channel) {
        ObjectNode body = JSON.objectNode().put("channel_id", Shapes.id(channel.id()));
        Guild guild = channel.guildOrNull();
        return guild == null ? body : body.put("guild_id", Shapes.id(guild.id()));
    }
}
