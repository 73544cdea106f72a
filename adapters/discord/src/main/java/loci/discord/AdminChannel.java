package loci.discord;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import loci.discord.Connections.Connection;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import loci.discord.Rest.Tried;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel in which those who run the bot are told how it is. It may be on a server whose events another process gets: to write there
 * takes no more than its id. Thread-safe.
 */
final class AdminChannel {

    private static final Logger LOG = LoggerFactory.getLogger(AdminChannel.class);

    private final Connections connections;
    private final @Nullable String id;
    private final Duration patience;

    /** Whether the log has it that nothing can be written there; it is not said again before something was. */
    private final AtomicBoolean saidInVain = new AtomicBoolean();

    /** @param id its id, or null where there is none */
    AdminChannel(Connections connections, @Nullable String id, Duration patience) {
        this.connections = connections;
        this.id = id;
        this.patience = patience;
    }

    /** Looks whether something can be written there, so that it is not found out when there is something to tell. */
    void look() {
        if (id == null) {
            return;
        }
        Optional<GuildMessageChannel> known = known(id);
        if (known.isPresent()) {
            if (!known.get().canTalk()) {
                inVain("I may not write there");
            }
            return;
        }
        Route.CompiledRoute route = Route.Channels.GET_CHANNEL.compile(id);
        switch (asked(route, null)) {
            case Done<DataObject>(DataObject found) -> {
                if (!ChannelType.fromId(found.getInt("type", -1)).isMessage()) {
                    inVain("it is no channel for messages");
                }
            }
            case Failed<DataObject>(Throwable cause) -> inVain(reason(cause));
        }
    }

    private Optional<GuildMessageChannel> known(String channel) {
        List<JDA> connected = connections.all().stream().map(Connection::jda).toList();
        connected.forEach(jda -> Login.whenReady(jda, () -> {}));
        return connected.stream()
                .map(jda -> jda.getChannelById(GuildMessageChannel.class, channel))
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** Says something there. Waits for Discord. */
    void tell(String text) {
        if (id == null) {
            return;
        }
        for (String part : DiscordParts.of(text).messages()) {
            Route.CompiledRoute route = Route.Messages.SEND_MESSAGE.compile(id);
            Tried<DataObject> tried = asked(route, Outgoing.message(part).toData());
            if (tried instanceof Failed<DataObject>(Throwable cause)) {
                inVain(reason(cause));
                return;
            }
            saidInVain.set(false);
        }
    }

    private Tried<DataObject> asked(Route.CompiledRoute route, @Nullable DataObject body) {
        return Rest.tried(
                patience,
                () -> new RestActionImpl<DataObject>(
                        connections.any(), route, body, (response, request) -> response.getObject()));
    }

    private static String reason(Throwable cause) {
        return cause instanceof ErrorResponseException error
                ? "Discord says " + error.getErrorCode() + " " + error.getMeaning()
                : "Discord did not answer: " + cause.getClass().getSimpleName();
    }

    private void inVain(String reason) {
        if (saidInVain.compareAndSet(false, true)) {
            LOG.warn(
                    "notices for operators cannot be written to the channel {} of discord.adminChannel: {}",
                    id,
                    reason);
        }
    }
}
