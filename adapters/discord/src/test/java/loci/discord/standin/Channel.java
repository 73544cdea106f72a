package loci.discord.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A place where messages stand: a channel of a guild, a thread, a forum's post, or a direct conversation. */
public final class Channel {
    /** The kinds of channel the stand-in knows, by Discord's numbers. */
    public enum Kind {
        TEXT(0),
        DIRECT(1),
        NEWS(5),
        PUBLIC_THREAD(11),
        PRIVATE_THREAD(12),
        FORUM(15);

        final int number;

        Kind(int number) {
            this.number = number;
        }

        boolean isThread() {
            return this == PUBLIC_THREAD || this == PRIVATE_THREAD;
        }
    }

    /** What a channel grants and takes away, for a role or for one account. */
    record Overwrite(boolean ofRole, long allow, long deny) {}

    private final World world;
    private final long id;
    private final Kind kind;
    private final @Nullable Guild guild;
    private final @Nullable Channel parent;
    private final Account owner;
    private String name;
    private boolean archived;
    private boolean locked;
    private boolean deleted;
    private int typing;
    private final Set<Account> inside = new LinkedHashSet<>();
    private final Map<Long, Overwrite> overwrites = new LinkedHashMap<>();
    private final NavigableMap<Long, Message> messages = new TreeMap<>();

    Channel(
            World world,
            long id,
            Kind kind,
            String name,
            @Nullable Guild guild,
            @Nullable Channel parent,
            Account owner) {
        this.world = world;
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.guild = guild;
        this.parent = parent;
        this.owner = owner;
    }

    public long id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return world.locked(() -> name);
    }

    /** How a message names this channel so that it becomes a link. */
    public String mention() {
        return "<#" + id + ">";
    }

    /** The guild around this channel; a direct conversation has none. */
    public Guild guild() {
        return Objects.requireNonNull(guild, "a direct conversation is in no guild");
    }

    /** The channel a thread hangs from. */
    public Channel parent() {
        return Objects.requireNonNull(parent, "only a thread has a parent");
    }

    /** The messages that stand here now for everyone, oldest first. */
    public List<Message> messages() {
        return world.locked(() -> messages.values().stream()
                .filter(message -> !message.ephemeral())
                .toList());
    }

    /** The newest message here for everyone. */
    public Message lastMessage() {
        return messages().getLast();
    }

    /** How often anyone was shown to be typing here. */
    public int typings() {
        return world.locked(() -> typing);
    }

    public boolean deleted() {
        return world.locked(() -> deleted);
    }

    public boolean archived() {
        return world.locked(() -> archived);
    }

    /** Takes these permissions from one account here, and tells those who see the channel. */
    public void denies(Account account, Permission... permissions) {
        overwrite(account.id(), new Overwrite(false, 0, Permission.bits(permissions)));
    }

    /** Gives these permissions to one account here, and tells those who see the channel. */
    public void allows(Account account, Permission... permissions) {
        overwrite(account.id(), new Overwrite(false, Permission.bits(permissions), 0));
    }

    /** Takes these permissions from everyone here, and tells those who see the channel. */
    public void deniesEveryone(Permission... permissions) {
        overwrite(guild().id(), new Overwrite(true, 0, Permission.bits(permissions)));
    }

    /** Archives this thread, as Discord does after days of silence. */
    public void archive() {
        world.locked(() -> world.places().archive(this, true, locked));
    }

    private void overwrite(long whom, Overwrite overwrite) {
        world.locked(() -> {
            overwrites.put(whom, overwrite);
            world.emit(Events.channel("CHANNEL_UPDATE", this));
        });
    }

    // ---- for the stand-in itself, under the world's lock

    World world() {
        return world;
    }

    @Nullable
    Guild guildOrNull() {
        return guild;
    }

    @Nullable
    Channel parentOrNull() {
        return parent;
    }

    Account owner() {
        return owner;
    }

    boolean locked() {
        return locked;
    }

    void set(boolean nowArchived, boolean nowLocked) {
        archived = nowArchived;
        locked = nowLocked;
    }

    void rename(String newName) {
        name = newName;
    }

    void markDeleted() {
        deleted = true;
    }

    void typed() {
        typing++;
    }

    boolean holds(Account account) {
        return inside.contains(account);
    }

    Set<Account> inside() {
        return inside;
    }

    Map<Long, Overwrite> overwrites() {
        return overwrites;
    }

    NavigableMap<Long, Message> stored() {
        return messages;
    }

    @Nullable
    Message newest() {
        return messages.isEmpty() ? null : messages.lastEntry().getValue();
    }

    long overwritten(long granted, Member member) {
        long now = granted;
        Overwrite everyone = overwrites.get(guild().id());
        if (everyone != null) {
            now = (now & ~everyone.deny()) | everyone.allow();
        }
        long denied = 0;
        long allowed = 0;
        for (long role : member.roles()) {
            Overwrite ofRole = overwrites.get(role);
            denied |= ofRole == null ? 0 : ofRole.deny();
            allowed |= ofRole == null ? 0 : ofRole.allow();
        }
        now = (now & ~denied) | allowed;
        Overwrite own = overwrites.get(member.account().id());
        return own == null ? now : (now & ~own.deny()) | own.allow();
    }

    /** The page of messages Discord would list: newest first. */
    List<Message> page(@Nullable Long before, @Nullable Long after, @Nullable Long around, int limit) {
        List<Message> standing = new ArrayList<>(messages.values().stream()
                .filter(message -> !message.ephemeral())
                .toList());
        List<Message> page;
        if (after != null) {
            page = standing.stream()
                    .filter(one -> one.id() > after)
                    .limit(limit)
                    .toList();
        } else if (around != null) {
            int split = (int) standing.stream().filter(one -> one.id() < around).count();
            int from = Math.max(0, split - limit / 2);
            page = standing.subList(from, Math.min(standing.size(), from + limit));
        } else {
            List<Message> older = standing.stream()
                    .filter(one -> before == null || one.id() < before)
                    .toList();
            page = older.subList(Math.max(0, older.size() - limit), older.size());
        }
        return page.reversed();
    }

    @Override
    public String toString() {
        return "#" + name + "(" + id + ")";
    }
}
