package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What someone does to a channel and to who is in it. */
public final class Housekeeping {
    private final World world;
    private final Account who;
    private final Channel channel;

    Housekeeping(World world, Account who, Channel channel) {
        this.world = world;
        this.who = who;
        this.channel = channel;
    }

    public void joins() {
        world.locked(() -> enter(who));
    }

    public void leaves() {
        world.locked(() -> leave(who));
    }

    public void invites(Account other) {
        world.locked(() -> enter(other));
    }

    /** Takes the bot in. */
    public void invitesBot() {
        invites(world.bot());
    }

    /** Puts the bot out: from now on it hears nothing from here. */
    public void removesBot() {
        world.locked(() -> leave(world.bot()));
    }

    public void renames(String name) {
        world.locked(() -> {
            channel.rename(name);
            ObjectNode event = World.json().put("type", type("rename")).put("event_ts", world.nextTs());
            event.putObject("channel")
                    .put("id", channel.id())
                    .put("name", name)
                    .put("name_normalized", name)
                    .put("is_channel", channel.kind() == Channel.Kind.PUBLIC);
            tell(event);
        });
    }

    public void archives() {
        happens("archive", () -> channel.archive(true));
    }

    public void unarchives() {
        happens("unarchive", () -> channel.archive(false));
    }

    public void deletes() {
        world.locked(() -> {
            tell(World.json()
                    .put("type", type("deleted"))
                    .put("channel", channel.id())
                    .put("actor_id", who.id())
                    .put("event_ts", world.nextTs()));
            channel.markDeleted();
        });
    }

    private void happens(String what, Runnable change) {
        world.locked(() -> {
            change.run();
            tell(World.json()
                    .put("type", type(what))
                    .put("channel", channel.id())
                    .put("user", who.id())
                    .put("event_ts", world.nextTs()));
        });
    }

    private String type(String what) {
        return channel.kind().type + "_" + what;
    }

    private void tell(ObjectNode event) {
        if (channel.members().contains(world.bot())) {
            world.emit(channel.kind().scope("read"), event);
        }
    }

    private void enter(Account account) {
        if (channel.members().add(account)) {
            membership("member_joined_channel", account);
            world.messages().note(channel, account, "channel_join", account.mention() + " has joined the channel");
        }
    }

    private void leave(Account account) {
        if (!channel.members().contains(account)) {
            return;
        }
        if (account.equals(world.bot())) {
            channel.members().remove(account);
            world.emit(
                    channel.kind().scope("read"),
                    World.json()
                            .put("type", channel.kind() == Channel.Kind.PUBLIC ? "channel_left" : "group_left")
                            .put("channel", channel.id())
                            .put("actor_id", who.id())
                            .put("event_ts", world.nextTs()));
            return;
        }
        membership("member_left_channel", account);
        world.messages().note(channel, account, "channel_leave", account.mention() + " has left the channel");
        channel.members().remove(account);
    }

    private void membership(String type, Account account) {
        tell(World.json()
                .put("type", type)
                .put("user", account.id())
                .put("channel", channel.id())
                .put("channel_type", channel.kind().prefix)
                .put("team", account.team())
                .put("inviter", who.id())
                .put("event_ts", world.nextTs()));
    }
}
