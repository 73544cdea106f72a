package loci.discord.standin;

import org.jspecify.annotations.Nullable;

/** Finds what a path names, and refuses as Discord does what the bot may not reach. */
final class Places {
    private final World world;

    Places(World world) {
        this.world = world;
    }

    static long id(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException noNumber) {
            throw ApiError.form("id", "NUMBER_TYPE_COERCE", "Value \"" + text + "\" is not snowflake.");
        }
    }

    /** A channel the bot sees, and in which it may do this. */
    Channel channel(String id, Permission... needed) {
        Channel channel = world.places().byId(id(id));
        if (channel == null) {
            throw ApiError.unknownChannel();
        }
        long may = Permission.of(world.bot(), channel);
        if (!Permission.VIEW_CHANNEL.in(may) || unreachable(channel)) {
            throw ApiError.missingAccess();
        }
        for (Permission permission : needed) {
            if (!permission.in(may)) {
                throw ApiError.missingPermissions();
            }
        }
        return channel;
    }

    private static boolean unreachable(Channel channel) {
        Guild guild = channel.guildOrNull();
        return guild != null && guild.unavailable();
    }

    /** What one needs to write here. */
    static Permission speaking(Channel channel) {
        return channel.kind().isThread() ? Permission.SEND_MESSAGES_IN_THREADS : Permission.SEND_MESSAGES;
    }

    void need(Channel channel, Permission permission) {
        if (!permission.in(Permission.of(world.bot(), channel))) {
            throw ApiError.missingPermissions();
        }
    }

    Message message(Channel channel, String id) {
        @Nullable Message message = channel.stored().get(id(id));
        if (message == null || message.ephemeral()) {
            throw ApiError.unknownMessage();
        }
        return message;
    }

    Guild guild(String id) {
        Guild guild = world.guildById(id(id));
        if (guild == null) {
            throw new ApiError(404, 10004, "Unknown Guild");
        }
        if (guild.membership(world.bot()) == null || guild.unavailable()) {
            throw ApiError.missingAccess();
        }
        return guild;
    }
}
