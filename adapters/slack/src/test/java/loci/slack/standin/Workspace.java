package loci.slack.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A workspace: its channels and its people. The bot is installed in the first one of a server. */
public final class Workspace {
    private final World world;
    private final String id;
    private final String name;
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Channel> directs = new LinkedHashMap<>();
    private final Map<String, String> groups = new LinkedHashMap<>();

    Workspace(World world, String id, String name) {
        this.world = world;
        this.id = id;
        this.name = name;
        if (world.workspaces().isEmpty()) {
            world.bot().joinedTeam(id);
        }
    }

    /** The T… id. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The public channel of this name, which everyone here and the bot are in; made where there is none. */
    public Channel channel(String channelName) {
        return world.locked(() -> {
            Channel known = channels.get(channelName);
            return known == null ? make(Channel.Kind.PUBLIC, channelName, true) : known;
        });
    }

    /** A public channel of which the bot is no member. */
    public Channel channelWithoutBot(String channelName) {
        return world.locked(() -> {
            Channel made = make(Channel.Kind.PUBLIC, channelName, true);
            made.members().remove(world.bot());
            return made;
        });
    }

    /** A private channel with the bot and these people in it. */
    public Channel privateChannel(String channelName, Person... inside) {
        return world.locked(() -> {
            Channel made = make(Channel.Kind.PRIVATE, channelName, false);
            List.of(inside).forEach(one -> made.members().add(one.account()));
            return made;
        });
    }

    /** A direct message among several people and the bot. */
    public Channel group(Person... inside) {
        return world.locked(() -> {
            Channel made = make(Channel.Kind.GROUP, "mpdm-" + channels.size(), false);
            List.of(inside).forEach(one -> made.members().add(one.account()));
            return made;
        });
    }

    /** The person of this name, a full member who is in every public channel; made where there is none. */
    public Person member(String handle) {
        return world.locked(() -> {
            Person known = people.get(handle);
            return known == null ? join(handle) : known;
        });
    }

    /** An administrator of this workspace. */
    public Person admin(String handle) {
        Person person = member(handle);
        world.locked(() -> person.account().markAdmin());
        return person;
    }

    /** A guest: a restricted account, in the public channels all the same. */
    public Person guest(String handle) {
        Person person = member(handle);
        world.locked(() -> person.account().markGuest());
        return person;
    }

    /** Someone of another workspace, met through Slack Connect. */
    public Person stranger(String handle, Workspace from) {
        Person person = member(handle);
        world.locked(() -> {
            person.account().markStranger();
            person.account().joinedTeam(from.id());
        });
        return person;
    }

    /** Another app's bot, in every public channel. */
    public Person otherBot(String handle) {
        return world.locked(() -> {
            Account account = new Account(world.id("U"), handle, world.id("B"));
            world.accounts().put(account.id(), account);
            return enter(account);
        });
    }

    /** A group of people that a message can mention as a whole; gives its id. */
    public String userGroup(String handle) {
        return world.locked(() -> groups.computeIfAbsent(handle, any -> world.id("S")));
    }

    // ---- for the stand-in itself, under the world's lock

    /** The direct messages of an account with the bot; opened where they were not. */
    Channel direct(Account account) {
        Channel known = directs.get(account.id());
        if (known != null) {
            return known;
        }
        Channel made = make(Channel.Kind.DIRECT, account.id(), false);
        made.members().add(account);
        directs.put(account.id(), made);
        return made;
    }

    Map<String, String> groups() {
        return groups;
    }

    List<Channel> channels() {
        return List.copyOf(channels.values());
    }

    @Nullable
    Person personNamed(String handle) {
        return people.get(handle);
    }

    Person person(Account account) {
        return Objects.requireNonNull(people.get(account.name()));
    }

    Channel make(Channel.Kind kind, String channelName, boolean everyone) {
        Channel made = new Channel(world, world.id(kind.prefix), kind, channelName, this);
        made.members().add(world.bot());
        if (everyone) {
            people.values().forEach(one -> made.members().add(one.account()));
        }
        channels.put(channelName, made);
        world.channels().put(made.id(), made);
        return made;
    }

    void renamed(Channel channel, String newName) {
        channels.remove(channel.name());
        channels.put(newName, channel);
    }

    private Person join(String handle) {
        return enter(world.account(handle));
    }

    private Person enter(Account account) {
        Person person = new Person(world, this, account);
        account.joinedTeam(id);
        people.put(account.name(), person);
        channels.values().stream()
                .filter(one -> one.kind() == Channel.Kind.PUBLIC)
                .forEach(one -> one.members().add(account));
        return person;
    }

    @Override
    public String toString() {
        return name;
    }
}
