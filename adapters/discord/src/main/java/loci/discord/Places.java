package loci.discord;

import java.time.Duration;
import java.util.Optional;
import loci.chat.Author;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.MessageRef;
import loci.discord.DiscordEvents.Kind;
import loci.discord.DiscordEvents.Located;
import loci.discord.DiscordEvents.Place;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import loci.discord.Rest.Tried;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.attribute.IThreadContainer;
import net.dv8tion.jda.api.entities.channel.concrete.PrivateChannel;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.JDAImpl;
import net.dv8tion.jda.internal.entities.EntityBuilder;
import net.dv8tion.jda.internal.entities.GuildImpl;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import org.jspecify.annotations.Nullable;

/** From Discord's channels to places, and back from conversations to channels. Thread-safe. */
final class Places {

    private final Connections connections;
    private final Duration patience;

    Places(Connections connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    /** Where something can be sent to. */
    sealed interface Found {}

    record Here(MessageChannel channel) implements Found {}

    record NotNow(String reason) implements Found {}

    record Gone(String reason) implements Found {}

    static Place of(Channel channel) {
        return switch (channel) {
            case ThreadChannel thread ->
                new Place(
                        thread.getGuild().getId(),
                        thread.getId(),
                        kind(thread.getType()),
                        thread.getParentChannel().getId());
            case GuildChannel guild -> new Place(guild.getGuild().getId(), guild.getId(), Kind.CHANNEL, null);
            default -> Place.direct(channel.getId());
        };
    }

    private static Kind kind(ChannelType type) {
        return switch (type) {
            case GUILD_PRIVATE_THREAD -> Kind.PRIVATE_THREAD;
            case GUILD_PUBLIC_THREAD, GUILD_NEWS_THREAD -> Kind.PUBLIC_THREAD;
            default -> Kind.CHANNEL;
        };
    }

    /** The place of a channel that is known by its id, where JDA keeps it. */
    Optional<Place> known(@Nullable String guild, String channel) {
        if (guild == null) {
            return Optional.of(Place.direct(channel));
        }
        return Optional.ofNullable(connections.of(guild).getGuildChannelById(channel))
                .map(Places::of);
    }

    /** Asks Discord for the place of a channel that JDA does not keep, such as an archived thread. */
    Tried<Place> asked(String guild, String channel) {
        // JDA offers no request for a single channel, but a way to make any.
        Route.CompiledRoute route = Route.Channels.GET_CHANNEL.compile(channel);
        JDA jda = connections.of(guild);
        return switch (Rest.tried(
                patience,
                () -> new RestActionImpl<DataObject>(jda, route, (response, request) -> response.getObject()))) {
            case Done<DataObject>(DataObject found) -> {
                ChannelType type = ChannelType.fromId(found.getInt("type", -1));
                String parent = type.isThread() ? found.getString("parent_id", null) : null;
                yield new Done<>(new Place(guild, channel, kind(type), parent));
            }
            case Failed<DataObject>(Throwable cause) -> new Failed<>(cause);
        };
    }

    /** The channel or thread of this id; asked of Discord where JDA does not keep it. */
    Tried<MessageChannel> reached(ConversationId conversation, String channel) {
        JDA jda = connections.of(conversation.space());
        MessageChannel kept = jda.getChannelById(MessageChannel.class, channel);
        if (kept != null) {
            return new Done<>(kept);
        }
        EntityBuilder builder = ((JDAImpl) jda).getEntityBuilder();
        Route.CompiledRoute route = Route.Channels.GET_CHANNEL.compile(channel);
        return Rest.tried(
                patience,
                () -> new RestActionImpl<MessageChannel>(jda, route, (response, request) -> {
                    DataObject found = response.getObject();
                    ChannelType type = ChannelType.fromId(found.getInt("type", -1));
                    if (type == ChannelType.PRIVATE) {
                        return builder.createPrivateChannel(found);
                    }
                    if (type.isThread() && jda.getGuildById(conversation.space()) instanceof GuildImpl guild) {
                        return builder.createThreadChannel(guild, found, guild.getIdLong(), false);
                    }
                    throw new IllegalStateException("it cannot be read at the moment");
                }));
    }

    /** Whether what is said there is said in threads only, as in forums. */
    boolean holdsThreadsOnly(ConversationId conversation) {
        JDA jda = connections.of(conversation.space());
        String channel = conversation.channel();
        return jda.getChannelById(IThreadContainer.class, channel) != null
                && jda.getChannelById(MessageChannel.class, channel) == null;
    }

    /** Where an answer to a message goes: to the channel or thread that the message is in. */
    Found of(ConversationId conversation, MessageRef question, @Nullable Author asker) {
        String channel = Located.of(question).channel();
        return conversation.space().equals(DiscordEvents.DIRECT)
                ? direct(channel, asker)
                : inGuild(conversation, channel);
    }

    /** The channel that a conversation is named by. */
    Found of(ConversationId conversation) {
        String thread = conversation.thread();
        String channel = thread == null ? conversation.channel() : thread;
        return conversation.space().equals(DiscordEvents.DIRECT)
                ? direct(channel, null)
                : inGuild(conversation, channel);
    }

    private Found direct(String channel, @Nullable Author person) {
        PrivateChannel open = connections.of(DiscordEvents.DIRECT).getPrivateChannelById(channel);
        if (open != null) {
            return new Here(open);
        }
        if (person == null) {
            return new Gone("this direct message is not open any more");
        }
        return directWith(person.id());
    }

    /** A direct message with a person. */
    Found directWith(String user) {
        JDA jda = connections.of(DiscordEvents.DIRECT);
        // As JDA does it, but with the id as a string: Discord's own description of its API takes no other.
        DataObject body = DataObject.empty().put("recipient_id", user);
        Tried<PrivateChannel> opened = Rest.tried(
                patience,
                () -> new RestActionImpl<PrivateChannel>(
                        jda,
                        Route.Self.CREATE_PRIVATE_CHANNEL.compile(),
                        body,
                        (response, request) ->
                                ((JDAImpl) jda).getEntityBuilder().createPrivateChannel(response.getObject())));
        return switch (opened) {
            case Done<PrivateChannel>(PrivateChannel channel) -> new Here(channel);
            case Failed<PrivateChannel>(Throwable cause) ->
                Failures.delivery(cause) instanceof Delivery.Undeliverable(String reason)
                        ? new Gone("no direct message can be opened: " + reason)
                        : new NotNow("no direct message could be opened: " + cause);
        };
    }

    /** A server, where the bot is on it and it can be reached at the moment. */
    @Nullable
    Guild guild(String space) {
        return connections.serving(space).map(jda -> jda.getGuildById(space)).orElse(null);
    }

    private Found inGuild(ConversationId conversation, String channel) {
        JDA jda = connections.serving(conversation.space()).orElse(null);
        if (jda == null) {
            return new NotNow("that server falls to a shard of another process");
        }
        MessageChannel kept = jda.getChannelById(MessageChannel.class, channel);
        if (kept != null) {
            return new Here(kept);
        }
        if (jda.getStatus() != JDA.Status.CONNECTED || jda.isUnavailable(Long.parseLong(conversation.space()))) {
            return new NotNow("the server is not available at the moment");
        }
        Guild guild = jda.getGuildById(conversation.space());
        if (guild == null) {
            return new Gone("I am not on that server");
        }
        String what = channel.equals(conversation.channel()) ? "that channel" : "that thread";
        // JDA does not keep archived threads. Only what Discord says for certain is gone for good.
        return switch (reached(conversation, channel)) {
            case Done<MessageChannel>(MessageChannel found) -> new Here(found);
            case Failed<MessageChannel>(Throwable cause) -> {
                if (Failures.is(cause, ErrorResponse.UNKNOWN_CHANNEL)) {
                    yield new Gone(what + " is gone");
                }
                yield Failures.is(cause, ErrorResponse.MISSING_ACCESS)
                        ? new Gone(what + " is out of my reach")
                        : new NotNow(what + " could not be looked for: " + cause);
            }
        };
    }
}
