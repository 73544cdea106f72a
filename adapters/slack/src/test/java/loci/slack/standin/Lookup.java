package loci.slack.standin;

import java.util.Set;

/** Finds what a call names, or refuses the call as Slack does. */
final class Lookup {
    private final World world;

    Lookup(World world) {
        this.world = world;
    }

    /** The channel a call names; of a person, their direct messages. Private ones without the bot do not exist for it. */
    Channel channel(String id) {
        Account account = world.accounts().get(id);
        Channel found =
                account == null ? world.channels().get(id) : world.home().direct(account);
        boolean hidden = found != null
                && found.kind() != Channel.Kind.PUBLIC
                && !found.members().contains(world.bot());
        if (found == null || found.deleted() || hidden) {
            throw new Refusal("channel_not_found");
        }
        return found;
    }

    /** A channel the bot may write in. */
    Channel writable(String id) {
        Channel channel = channel(id);
        if (!channel.members().contains(world.bot())) {
            throw new Refusal("not_in_channel");
        }
        if (channel.archived()) {
            throw new Refusal("is_archived");
        }
        return channel;
    }

    /** A channel the bot may read. */
    Channel readable(String id) {
        Channel channel = channel(id);
        world.grants().need(channel.kind().scope("history"));
        if (!channel.members().contains(world.bot())) {
            throw new Refusal("not_in_channel");
        }
        return channel;
    }

    Message message(Channel channel, String ts, String otherwise) {
        Message found = channel.at(ts);
        if (found == null) {
            throw new Refusal(otherwise);
        }
        return found;
    }

    Account account(String id) {
        Account found = world.accounts().get(id);
        if (found == null) {
            throw new Refusal("user_not_found");
        }
        return found;
    }

    /** Refuses a thread that is not there. */
    void thread(Channel channel, String ts) {
        if (!ts.matches("\\d+\\.\\d{6}")) {
            throw new Refusal("invalid_thread_ts");
        }
        message(channel, ts, "thread_not_found");
    }

    static boolean wanted(Channel channel, String types) {
        String type = switch (channel.kind()) {
            case PUBLIC -> "public_channel";
            case PRIVATE -> "private_channel";
            case DIRECT -> "im";
            case GROUP -> "mpim";
        };
        return Set.of((types.isEmpty() ? "public_channel" : types).split(" *, *"))
                .contains(type);
    }
}
