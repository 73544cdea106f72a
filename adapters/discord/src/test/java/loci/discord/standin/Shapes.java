package loci.discord.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The small JSON objects that many larger ones hold. */
final class Shapes {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private Shapes() {}

    static String id(long id) {
        return Long.toUnsignedString(id);
    }

    static String time(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    static ObjectNode user(Account account) {
        ObjectNode user = JsonNodeFactory.instance
                .objectNode()
                .put("id", id(account.id()))
                .put("username", account.name())
                .put("discriminator", account.bot() ? "0001" : "0")
                .put("public_flags", 0)
                .put("flags", 0)
                .putNull("avatar")
                .putNull("global_name")
                .putNull("banner")
                .putNull("accent_color")
                .putNull("avatar_decoration_data")
                .putNull("collectibles")
                .putNull("primary_guild")
                .putNull("clan");
        return account.bot() ? user.put("bot", true) : user;
    }

    static ObjectNode self(Account bot) {
        return user(bot)
                .put("mfa_enabled", true)
                .put("verified", true)
                .putNull("email")
                .put("locale", "en-US");
    }

    static ObjectNode application(Account bot, Account owner) {
        ObjectNode application = JsonNodeFactory.instance
                .objectNode()
                .put("id", id(bot.id()))
                .put("name", bot.name())
                .putNull("icon")
                .put("description", "")
                .putNull("type")
                .put("bot_public", true)
                .put("bot_require_code_grant", false)
                .put("verify_key", "00")
                .put("flags", 1 << 19)
                .put("approximate_guild_count", 1)
                .put("approximate_user_install_count", 0)
                .putNull("interactions_endpoint_url")
                .putNull("role_connections_verification_url")
                .put("summary", "");
        application.putArray("redirect_uris");
        application.putArray("tags");
        application.putArray("event_webhooks_types");
        application.putObject("integration_types_config").putObject("0");
        application.set("owner", user(owner));
        application.set("bot", user(bot));
        application.putNull("team");
        return application;
    }
}
