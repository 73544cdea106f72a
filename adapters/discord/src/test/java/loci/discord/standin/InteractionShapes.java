package loci.discord.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Interactions as JSON. */
final class InteractionShapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private InteractionShapes() {}

    /** Of INTERACTION_CREATE. */
    static ObjectNode created(Interaction interaction, ObjectNode data) {
        World world = interaction.world();
        Channel channel = interaction.channel();
        ObjectNode json = JSON.objectNode()
                .put("id", Shapes.id(interaction.id()))
                .put("application_id", Shapes.id(world.bot().id()))
                .put("type", interaction.kind().number)
                .put("token", interaction.token())
                .put("version", 1)
                .put("channel_id", Shapes.id(channel.id()))
                .put("locale", "en-US")
                .put("attachment_size_limit", 10_485_760)
                .put("app_permissions", Long.toString(Permission.of(world.bot(), channel)));
        json.putArray("entitlements");
        json.putArray("entitlement_sku_ids");
        json.set("data", data);
        ObjectNode place = ChannelShapes.channel(channel);
        place.put("permissions", Long.toString(Permission.of(interaction.invoker(), channel)));
        json.set("channel", place);
        Guild guild = channel.guildOrNull();
        if (guild == null) {
            json.put("context", 1);
            json.putObject("authorizing_integration_owners").put("0", "0");
            json.set("user", Shapes.user(interaction.invoker()));
        } else {
            inGuild(json, interaction, guild);
        }
        Message source = interaction.source();
        if (source != null && interaction.kind() != Interaction.Kind.COMMAND) {
            json.set("message", MessageShapes.stored(source, Intents.ALL));
        }
        return json;
    }

    private static void inGuild(ObjectNode json, Interaction interaction, Guild guild) {
        json.put("context", 0).put("guild_id", Shapes.id(guild.id())).put("guild_locale", "en-US");
        json.putObject("authorizing_integration_owners").put("0", Shapes.id(guild.id()));
        ObjectNode partial =
                json.putObject("guild").put("id", Shapes.id(guild.id())).put("locale", "en-US");
        partial.putArray("features");
        ObjectNode member = GuildShapes.member(guild.member(interaction.invoker()), true);
        member.put("permissions", Long.toString(Permission.of(interaction.invoker(), interaction.channel())));
        json.set("member", member);
    }

    /** What a message says of the interaction it answers. */
    static ObjectNode metadata(Interaction interaction) {
        ObjectNode json =
                JSON.objectNode().put("id", Shapes.id(interaction.id())).put("type", interaction.kind().number);
        Guild guild = interaction.channel().guildOrNull();
        json.putObject("authorizing_integration_owners").put("0", guild == null ? "0" : Shapes.id(guild.id()));
        json.set("user", Shapes.user(interaction.invoker()));
        Interaction cause = interaction.cause();
        if (cause != null) {
            json.set("triggering_interaction_metadata", metadata(cause));
        }
        Message source = interaction.source();
        if (source != null && interaction.kind() == Interaction.Kind.COMPONENT) {
            json.put("interacted_message_id", Shapes.id(source.id()));
        }
        return json;
    }

    /** Of a callback that asked for a response. */
    static ObjectNode callback(Interaction interaction, int type) {
        ObjectNode json = JSON.objectNode();
        ObjectNode about = json.putObject("interaction")
                .put("id", Shapes.id(interaction.id()))
                .put("type", interaction.kind().number)
                .put("channel_id", Shapes.id(interaction.channel().id()));
        Guild guild = interaction.channel().guildOrNull();
        if (guild != null) {
            about.put("guild_id", Shapes.id(guild.id()));
        }
        Message original = interaction.original();
        if (original != null) {
            about.put("response_message_id", Shapes.id(original.id()))
                    .put("response_message_loading", original.loading())
                    .put("response_message_ephemeral", original.ephemeral());
        }
        // a message comes with it only where one was made or changed, and not where that is only promised
        if (original != null && (type == Interactions.MESSAGE || type == Interactions.MESSAGE_CHANGED)) {
            json.putObject("resource").put("type", type).set("message", MessageShapes.stored(original, Intents.ALL));
        }
        return json;
    }
}
