package loci.discord.standin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is so in the stand-in: accounts, guilds, channels, messages. One lock guards all of it; every change wakes who waits. */
final class World {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final ServerClock clock;
    private final Random random;
    private final Snowflakes ids;
    private final Account bot;
    private final ChannelBook channelBook;
    private final Messages messages;
    private final Interactions interactions;
    private final Commands commands;
    private final Map<Long, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Guild> guilds = new LinkedHashMap<>();
    private final Map<Long, Message> everStored = new LinkedHashMap<>();
    private final Set<Account> closedToDirect = new LinkedHashSet<>();
    private final Map<String, Attachment> files = new LinkedHashMap<>();
    private Consumer<Event> audience = event -> {};
    private @Nullable String fileBase;
    private volatile Duration patience = Duration.ofSeconds(10);

    World(Instant start, long seed) {
        this.clock = new ServerClock(start);
        this.random = new Random(seed);
        this.ids = new Snowflakes(clock, random);
        this.bot = new Account(ids.next(), "loci", true);
        this.channelBook = new ChannelBook(this);
        this.messages = new Messages(this);
        this.interactions = new Interactions(this);
        this.commands = new Commands(this);
        accounts.put(bot.id(), bot);
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            T result = work.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this gives something; null where it did not in time. */
    <T> @Nullable T await(Supplier<@Nullable T> wanted, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            T found = wanted.get();
            while (found == null && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                found = wanted.get();
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for this as long as the server is patient, and fails the test where it does not come. */
    <T> T insist(String what, Supplier<@Nullable T> wanted) {
        return insist(() -> what, wanted);
    }

    /** The same, where what to say is known only in the end. */
    <T> T insist(Supplier<String> what, Supplier<@Nullable T> wanted) {
        try {
            T found = await(wanted, patience);
            if (found == null) {
                throw new AssertionError("waited " + patience.toSeconds() + " s for " + what.get());
            }
            return found;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what.get(), stopped);
        }
    }

    void patient(Duration atMost) {
        locked(() -> patience = atMost);
    }

    /** Who hears of events: the gateway. */
    void hearing(Consumer<Event> newAudience) {
        locked(() -> audience = newAudience);
    }

    void servingFilesAt(String base) {
        locked(() -> fileBase = base);
    }

    void emit(Event event) {
        Guild guild = event.guild();
        if (guild == null || (!guild.unavailable() && guild.membership(bot) != null)) {
            audience.accept(event);
        }
    }

    /** Whether the bot can see this channel. */
    boolean botSees(Channel channel) {
        return Permission.VIEW_CHANNEL.in(Permission.of(bot, channel));
    }

    ServerClock clock() {
        return clock;
    }

    Random random() {
        return random;
    }

    long nextId() {
        return ids.next();
    }

    Account bot() {
        return bot;
    }

    ChannelBook places() {
        return channelBook;
    }

    Messages messages() {
        return messages;
    }

    Interactions interactions() {
        return interactions;
    }

    Commands commands() {
        return commands;
    }

    Map<Long, Account> accounts() {
        return accounts;
    }

    Map<Long, Message> everStored() {
        return everStored;
    }

    Map<String, Attachment> files() {
        return files;
    }

    Set<Account> closedToDirect() {
        return closedToDirect;
    }

    List<Guild> guilds() {
        return List.copyOf(guilds.values());
    }

    @Nullable
    Guild guildById(long id) {
        return guilds.values().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElse(null);
    }

    Person person(String name) {
        return people.computeIfAbsent(name, any -> new Person(this, account(name, false)));
    }

    Person otherBot(String name) {
        return people.computeIfAbsent(name, any -> new Person(this, account(name, true)));
    }

    private Account account(String name, boolean isBot) {
        Account account = new Account(ids.next(), name, isBot);
        accounts.put(account.id(), account);
        return account;
    }

    Guild guild(String name) {
        Guild known = guilds.get(name);
        if (known != null) {
            return known;
        }
        Account owner = person("keeper-of-" + name.replace(' ', '-')).account();
        Guild guild = new Guild(this, ids.next(), name, owner);
        guilds.put(name, guild);
        guild.members().put(owner.id(), new Member(owner, clock.instant()));
        admitBot(guild);
        emit(Events.guildCreate(guild));
        return guild;
    }

    void admitBot(Guild guild) {
        Role own = new Role(
                ids.next(),
                bot.name(),
                Permission.EVERYBODYS | Permission.bits(Permission.MANAGE_THREADS),
                1,
                true,
                false);
        guild.roles().put(own.id(), own);
        Member member = new Member(bot, clock.instant());
        member.roles().add(own.id());
        guild.members().put(bot.id(), member);
    }

    void join(Guild guild, Account account) {
        Member member = new Member(account, clock.instant());
        guild.members().put(account.id(), member);
        emit(Events.member("GUILD_MEMBER_ADD", guild, member));
    }

    /** Stores an uploaded file: from now on it is served under a URL that is signed and lasts a day, as Discord's do. */
    Attachment upload(Channel channel, Attachment file) {
        long id = ids.next();
        long until = clock.instant().plus(Duration.ofDays(1)).getEpochSecond();
        String query = "?ex=" + Long.toHexString(until) + "&is="
                + Long.toHexString(clock.instant().getEpochSecond()) + "&hm=" + Long.toHexString(random.nextLong());
        String path = "/attachments/" + channel.id() + "/" + id + "/" + file.name();
        Attachment uploaded = file.uploaded(id, Objects.requireNonNull(fileBase) + path + query);
        files.put(path, uploaded);
        return uploaded;
    }
}
