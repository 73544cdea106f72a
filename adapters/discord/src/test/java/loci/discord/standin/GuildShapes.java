package loci.discord.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Guilds, roles and members as JSON. */
final class GuildShapes {
    /** Above this a guild's members are not sent unasked; the stand-in's guilds are small, yet Discord sends no others without the intent. */
    private static final List<String> EMPTY_LISTS = List.of(
            "emojis",
            "stickers",
            "voice_states",
            "presences",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds",
            "embedded_activities");

    private GuildShapes() {}

    /** Of GUILD_CREATE: with channels, threads and the bot's own membership. */
    static ObjectNode full(Guild guild) {
        ObjectNode json = plain(guild)
                .put("joined_at", Shapes.time(Snowflakes.timeOf(guild.id())))
                .put("large", false)
                .put("unavailable", false)
                .put("member_count", guild.members().size());
        EMPTY_LISTS.forEach(json::putArray);
        ArrayNode members = json.putArray("members");
        guild.members().values().stream()
                .filter(member -> member.account().bot())
                .forEach(member -> members.add(member(member, true)));
        ArrayNode channels = json.putArray("channels");
        ArrayNode threads = json.putArray("threads");
        for (Channel channel : guild.channels()) {
            if (!channel.kind().isThread()) {
                channels.add(ChannelShapes.channel(channel));
            } else if (!channel.archived() && channel.world().botSees(channel)) {
                threads.add(ChannelShapes.channel(channel));
            }
        }
        return json;
    }

    /** Of GET /guilds/{id}. */
    static ObjectNode plain(Guild guild) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", Shapes.id(guild.id()))
                .put("name", guild.name())
                .put("owner_id", Shapes.id(guild.owner().id()))
                .put("preferred_locale", "en-US")
                .put("afk_timeout", 300)
                .put("verification_level", 0)
                .put("default_message_notifications", 1)
                .put("explicit_content_filter", 0)
                .put("mfa_level", 0)
                .put("nsfw_level", 0)
                .put("nsfw", false)
                .put("premium_tier", 0)
                .put("premium_subscription_count", 0)
                .put("premium_progress_bar_enabled", false)
                .put("system_channel_flags", 0)
                .put("max_members", 500_000)
                .put("max_video_channel_users", 25)
                .put("max_stage_video_channel_users", 50)
                .put("region", "deprecated");
        for (String none : List.of(
                "icon",
                "splash",
                "discovery_splash",
                "description",
                "banner",
                "vanity_url_code",
                "afk_channel_id",
                "system_channel_id",
                "rules_channel_id",
                "public_updates_channel_id",
                "safety_alerts_channel_id",
                "application_id",
                "max_presences",
                "incidents_data")) {
            json.putNull(none);
        }
        json.putArray("features");
        ArrayNode roles = json.putArray("roles");
        guild.roles().values().forEach(role -> roles.add(role(role)));
        return json;
    }

    static ObjectNode role(Role role) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", Shapes.id(role.id()))
                .put("name", role.name())
                .put("permissions", Long.toString(role.permissions()))
                .put("position", role.position())
                .put("color", 0)
                .put("hoist", false)
                .put("managed", role.managed())
                .put("mentionable", role.mentionable())
                .put("flags", 0)
                .putNull("icon")
                .putNull("unicode_emoji");
        json.putObject("colors")
                .put("primary_color", 0)
                .putNull("secondary_color")
                .putNull("tertiary_color");
        return json;
    }

    static ObjectNode member(Member member, boolean withUser) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("joined_at", Shapes.time(member.joined()))
                .put("deaf", false)
                .put("mute", false)
                .put("pending", false)
                .put("flags", 0);
        for (String none : List.of("nick", "avatar", "banner", "premium_since", "communication_disabled_until")) {
            json.putNull(none);
        }
        ArrayNode roles = json.putArray("roles");
        member.roles().forEach(role -> roles.add(Shapes.id(role)));
        if (withUser) {
            json.set("user", Shapes.user(member.account()));
        }
        return json;
    }
}
