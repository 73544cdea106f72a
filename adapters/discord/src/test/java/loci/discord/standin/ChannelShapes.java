package loci.discord.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Channels and threads as JSON. */
final class ChannelShapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int A_DAY_IN_MINUTES = 1440;

    private ChannelShapes() {}

    static ObjectNode channel(Channel channel) {
        ObjectNode json = JSON.objectNode()
                .put("id", Shapes.id(channel.id()))
                .put("type", channel.kind().number)
                .put("flags", 0);
        Message newest = channel.newest();
        if (newest == null) {
            json.putNull("last_message_id");
        } else {
            json.put("last_message_id", Shapes.id(newest.id()));
        }
        Guild guild = channel.guildOrNull();
        if (guild == null) {
            json.putArray("recipients").add(Shapes.user(channel.world().places().partner(channel)));
            return json;
        }
        json.put("guild_id", Shapes.id(guild.id())).put("name", channel.name());
        return channel.kind().isThread() ? thread(json, channel) : standing(json, channel);
    }

    private static ObjectNode standing(ObjectNode json, Channel channel) {
        json.put("position", channel.guild().channels().indexOf(channel))
                .putNull("parent_id")
                .putNull("topic")
                .put("nsfw", false)
                .put("rate_limit_per_user", 0)
                .putNull("last_pin_timestamp");
        if (channel.kind() == Channel.Kind.FORUM) {
            json.putArray("available_tags");
            json.putNull("default_reaction_emoji")
                    .putNull("default_sort_order")
                    .put("default_forum_layout", 0)
                    .put("default_thread_rate_limit_per_user", 0);
        }
        ArrayNode overwrites = json.putArray("permission_overwrites");
        channel.overwrites()
                .forEach((whom, overwrite) -> overwrites
                        .addObject()
                        .put("id", Shapes.id(whom))
                        .put("type", overwrite.ofRole() ? 0 : 1)
                        .put("allow", Long.toString(overwrite.allow()))
                        .put("deny", Long.toString(overwrite.deny())));
        return json;
    }

    private static ObjectNode thread(ObjectNode json, Channel thread) {
        int messages = thread.stored().size();
        json.put("parent_id", Shapes.id(thread.parent().id()))
                .put("owner_id", Shapes.id(thread.owner().id()))
                .put("message_count", messages)
                .put("total_message_sent", messages)
                .put("member_count", thread.inside().size())
                .put("rate_limit_per_user", 0);
        String opened = Shapes.time(Snowflakes.timeOf(thread.id()));
        ObjectNode state = json.putObject("thread_metadata")
                .put("archived", thread.archived())
                .put("locked", thread.locked())
                .put("auto_archive_duration", A_DAY_IN_MINUTES)
                .put("archive_timestamp", opened)
                .put("create_timestamp", opened);
        if (thread.kind() == Channel.Kind.PRIVATE_THREAD) {
            state.put("invitable", true);
        }
        if (thread.parent().kind() == Channel.Kind.FORUM) {
            json.putArray("applied_tags");
        }
        Account bot = thread.world().bot();
        if (thread.holds(bot)) {
            json.set("member", threadMember(thread, bot));
        }
        return json;
    }

    static ObjectNode threadMember(Channel thread, Account account) {
        ObjectNode json = JSON.objectNode()
                .put("id", Shapes.id(thread.id()))
                .put("user_id", Shapes.id(account.id()))
                .put("join_timestamp", Shapes.time(thread.world().clock().instant()))
                .put("flags", 0);
        Member member = thread.guild().membership(account);
        if (member != null) {
            json.set("member", GuildShapes.member(member, true));
        }
        return json;
    }
}
