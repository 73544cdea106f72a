package loci.discord.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How channels, threads and direct conversations come and go; all of it under the world's lock. */
final class ChannelBook {
    private final World world;
    private final Map<Long, Channel> channels = new LinkedHashMap<>();

    ChannelBook(World world) {
        this.world = world;
    }

    @Nullable
    Channel byId(long id) {
        return channels.get(id);
    }

    Channel openChannel(Guild guild, Channel.Kind kind, String name, @Nullable Channel parent, Account owner) {
        Channel channel = new Channel(world, world.nextId(), kind, name, guild, parent, owner);
        channels.put(channel.id(), channel);
        guild.channels().add(channel);
        if (!kind.isThread()) {
            world.emit(Events.channel("CHANNEL_CREATE", channel));
        }
        return channel;
    }

    /** Opens a thread; where it hangs from a message it bears that message's id, as at Discord. */
    Channel openThread(Channel parent, Channel.Kind kind, String name, Account owner, @Nullable Message from) {
        Guild guild = parent.guild();
        long id = from == null ? world.nextId() : from.id();
        Channel thread = new Channel(world, id, kind, name, guild, parent, owner);
        channels.put(id, thread);
        guild.channels().add(thread);
        thread.inside().add(owner);
        world.emit(Events.threadCreate(thread, true));
        if (from != null) {
            from.startedThread(thread);
            world.emit(Events.message("MESSAGE_UPDATE", from));
            world.messages().announce(Messages.THREAD_STARTED_HERE, thread, owner, "", Messages.referenceTo(from));
        } else if (kind == Channel.Kind.PUBLIC_THREAD && parent.kind() != Channel.Kind.FORUM) {
            ObjectNode reference = JsonNodeFactory.instance
                    .objectNode()
                    .put("channel_id", Shapes.id(id))
                    .put("guild_id", Shapes.id(guild.id()));
            world.messages().announce(Messages.THREAD_OPENED, parent, owner, name, reference);
        }
        return thread;
    }

    void enter(Channel thread, Account account) {
        if (thread.inside().add(account)) {
            if (account.equals(world.bot())) {
                world.emit(Events.threadCreate(thread, false));
            }
            world.emit(Events.threadMembers(thread, account, true));
        }
    }

    void leave(Channel thread, Account account) {
        if (thread.inside().contains(account)) {
            world.emit(Events.threadMembers(thread, account, false));
            thread.inside().remove(account);
        }
    }

    void archive(Channel thread, boolean archived, boolean nowLocked) {
        thread.set(archived, nowLocked);
        world.emit(Events.channel("THREAD_UPDATE", thread));
    }

    /** Deletes a channel with all that hangs from it and stands in it. */
    void delete(Channel channel) {
        Guild guild = channel.guild();
        for (Channel thread : List.copyOf(guild.channels())) {
            if (channel.equals(thread.parentOrNull())) {
                gone(thread);
            }
        }
        world.emit(channel.kind().isThread() ? Events.threadGone(channel) : Events.channel("CHANNEL_DELETE", channel));
        gone(channel);
    }

    private void gone(Channel channel) {
        channel.stored().values().forEach(Message::markDeleted);
        channel.stored().clear();
        channel.guild().channels().remove(channel);
        channels.remove(channel.id());
        channel.markDeleted();
    }

    /** The direct conversation between the bot and this account. */
    Channel direct(Account with) {
        return channels.values().stream()
                .filter(one -> one.kind() == Channel.Kind.DIRECT && one.holds(with))
                .findFirst()
                .orElseGet(() -> {
                    Channel channel =
                            new Channel(world, world.nextId(), Channel.Kind.DIRECT, with.name(), null, null, with);
                    channel.inside().add(with);
                    channel.inside().add(world.bot());
                    channels.put(channel.id(), channel);
                    return channel;
                });
    }

    /** The other one in a direct conversation with the bot. */
    Account partner(Channel direct) {
        return direct.inside().stream()
                .filter(one -> !one.equals(world.bot()))
                .findFirst()
                .orElseThrow();
    }
}
