package loci.discord.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A guild: what people call a server. */
public final class Guild {
    private final World world;
    private final long id;
    private final String name;
    private final Account owner;
    private final Map<Long, Role> roles = new LinkedHashMap<>();
    private final Map<Long, Member> members = new LinkedHashMap<>();
    private final List<Channel> channels = new ArrayList<>();
    private boolean unavailable;

    Guild(World world, long id, String name, Account owner) {
        this.world = world;
        this.id = id;
        this.name = name;
        this.owner = owner;
        roles.put(id, new Role(id, "@everyone", Permission.EVERYBODYS, 0, false, false));
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Account owner() {
        return owner;
    }

    /** The text channel of this name, made where there is none. */
    public Channel channel(String channelName) {
        return channel(channelName, Channel.Kind.TEXT);
    }

    /** The forum of this name, made where there is none. */
    public Channel forum(String channelName) {
        return channel(channelName, Channel.Kind.FORUM);
    }

    private Channel channel(String channelName, Channel.Kind kind) {
        return world.locked(() -> channels.stream()
                .filter(one -> one.kind() == kind && one.name().equals(channelName))
                .findFirst()
                .orElseGet(() -> world.places().openChannel(this, kind, channelName, null, owner)));
    }

    /** The person of this name, who joins where they are no member yet. */
    public Person member(String personName) {
        return world.locked(() -> {
            Person person = world.person(personName);
            if (membership(person.account()) == null) {
                world.join(this, person.account());
            }
            return person;
        });
    }

    /** Who owns the guild, and may do anything in it. */
    public Person keeper() {
        return world.locked(() -> world.person(owner.name()));
    }

    /** A new role with these permissions on top of everyone's. */
    public Role role(String roleName, Permission... permissions) {
        return world.locked(() -> {
            Role role = new Role(world.nextId(), roleName, Permission.bits(permissions), roles.size(), false, false);
            roles.put(role.id(), role);
            world.emit(Events.role("GUILD_ROLE_CREATE", this, role));
            return role;
        });
    }

    /** Gives this account the role. */
    public void gives(Account account, Role role) {
        world.locked(() -> {
            member(account).roles().add(role.id());
            world.emit(Events.member("GUILD_MEMBER_UPDATE", this, member(account)));
        });
    }

    /** Takes these permissions from the role itself. */
    public void takes(Role role, Permission... permissions) {
        world.locked(() -> {
            Role now = Objects.requireNonNull(roles.get(role.id()));
            Role less = now.with(now.permissions() & ~Permission.bits(permissions));
            roles.put(role.id(), less);
            world.emit(Events.role("GUILD_ROLE_UPDATE", this, less));
        });
    }

    /** The role that everyone has. */
    public Role everyone() {
        return world.locked(() -> Objects.requireNonNull(roles.get(id)));
    }

    /** Who keeps the guild opens a command to everybody in it, whatever its bot asked for. */
    public void opens(String command) {
        world.locked(() -> world.commands().open(id, command));
    }

    /** Throws the bot out, as an administrator does. */
    public void removesBot() {
        world.locked(() -> {
            world.emit(Events.guildGone(this, false));
            members.remove(world.bot().id());
            roles.values().removeIf(Role::managed);
        });
    }

    /** Lets the bot in again after it was thrown out. */
    public void invitesBot() {
        world.locked(() -> {
            world.admitBot(this);
            world.emit(Events.guildCreate(this));
        });
    }

    /** An outage at Discord: the guild is gone for a while, and nobody left it. */
    public void becomesUnavailable() {
        world.locked(() -> {
            world.emit(Events.guildGone(this, true));
            unavailable = true;
        });
    }

    /** The outage ends. */
    public void becomesAvailable() {
        world.locked(() -> {
            unavailable = false;
            world.emit(Events.guildCreate(this));
        });
    }

    // ---- for the stand-in itself, under the world's lock

    boolean unavailable() {
        return unavailable;
    }

    Map<Long, Role> roles() {
        return roles;
    }

    Map<Long, Member> members() {
        return members;
    }

    List<Channel> channels() {
        return channels;
    }

    @Nullable
    Member membership(Account account) {
        return members.get(account.id());
    }

    Member member(Account account) {
        return Objects.requireNonNull(members.get(account.id()), () -> account.name() + " is no member of " + name);
    }

    long permissionsOf(Member member) {
        long granted = everyone().permissions();
        for (long role : member.roles()) {
            Role one = roles.get(role);
            granted |= one == null ? 0 : one.permissions();
        }
        return granted;
    }

    @Override
    public String toString() {
        return name + "(" + id + ")";
    }
}
