package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A place where messages stand: a public or private channel, or direct messages of two or of several. */
public final class Channel {
    /** The kinds of channel, with how Slack names them in ids, events and scopes. */
    public enum Kind {
        PUBLIC("C", "channel", "channels"),
        PRIVATE("C", "group", "groups"),
        DIRECT("D", "im", "im"),
        GROUP("G", "mpim", "mpim");

        final String prefix;
        final String type;
        private final String family;

        Kind(String prefix, String type, String family) {
            this.prefix = prefix;
            this.type = type;
            this.family = family;
        }

        String scope(String verb) {
            return family + ":" + verb;
        }
    }

    private final World world;
    private final String id;
    private final Kind kind;
    private final Workspace workspace;
    private final Set<Account> members = new LinkedHashSet<>();
    private final NavigableMap<String, Message> messages = new TreeMap<>();
    private final long created;
    private String name;
    private boolean archived;
    private boolean deleted;
    private boolean shared;

    Channel(World world, String id, Kind kind, String name, Workspace workspace) {
        this.world = world;
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.workspace = workspace;
        this.created = world.clock().instant().getEpochSecond();
    }

    /** The C…, D… or G… id. */
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return world.locked(() -> name);
    }

    public Workspace workspace() {
        return workspace;
    }

    /** How a message names this channel so that it becomes a link. */
    public String mention() {
        return "<#" + id + "|" + name() + ">";
    }

    /** What stands here for everyone, replies in threads too, oldest first. */
    public List<Message> messages() {
        return world.locked(() -> messages.values().stream()
                .filter(one -> one.visibleTo() == null && !one.deleted())
                .toList());
    }

    /** What stands in the thread of this message for everyone, its parent first. */
    public List<Message> thread(Message of) {
        return world.locked(() -> messages().stream()
                .filter(one -> one.ts().equals(of.root()) || of.root().equals(one.threadTs()))
                .toList());
    }

    /** The newest message here for everyone. */
    public Message lastMessage() {
        return messages().getLast();
    }

    public boolean archived() {
        return world.locked(() -> archived);
    }

    /** Whether the bot is in here. */
    public boolean holdsBot() {
        return world.locked(() -> members.contains(world.bot()));
    }

    /** From now on people of other organisations share this channel. */
    public void isSharedWith(Workspace other) {
        world.locked(() -> shared = !other.equals(workspace));
    }

    // ---- for the stand-in itself, under the world's lock

    Set<Account> members() {
        return members;
    }

    NavigableMap<String, Message> stored() {
        return messages;
    }

    /** The message of this time stamp that stands here for everyone. */
    @Nullable
    Message at(String ts) {
        Message found = messages.get(ts);
        return found == null || found.deleted() || found.visibleTo() != null ? null : found;
    }

    boolean shared() {
        return shared;
    }

    boolean deleted() {
        return deleted;
    }

    void archive(boolean now) {
        archived = now;
    }

    void markDeleted() {
        deleted = true;
    }

    void rename(String newName) {
        workspace.renamed(this, newName);
        name = newName;
    }

    /** The conversation object. */
    ObjectNode shape() {
        ObjectNode shape = World.json()
                .put("id", id)
                .put("created", created)
                .put("updated", created * 1000)
                .put("is_archived", archived)
                .put("is_channel", kind == Kind.PUBLIC)
                .put("is_group", kind == Kind.PRIVATE)
                .put("is_im", kind == Kind.DIRECT)
                .put("is_mpim", kind == Kind.GROUP)
                .put("is_private", kind != Kind.PUBLIC)
                .put("is_general", name.equals("general"))
                .put("is_shared", shared)
                .put("is_ext_shared", shared)
                .put("is_org_shared", false)
                .put("context_team_id", workspace.id());
        if (kind == Kind.DIRECT) {
            members.stream()
                    .filter(one -> !one.equals(world.bot()))
                    .findFirst()
                    .ifPresent(one -> shape.put("user", one.id()));
            return shape;
        }
        shape.put("name", name)
                .put("name_normalized", name)
                .put("is_member", members.contains(world.bot()))
                .put("num_members", members.size());
        shape.putObject("topic").put("value", "").put("creator", "").put("last_set", 0);
        shape.putObject("purpose").put("value", "").put("creator", "").put("last_set", 0);
        return shape;
    }

    @Override
    public String toString() {
        return "#" + name + "(" + id + ")";
    }
}
