package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is so in the stand-in: workspaces, people, channels, messages. One lock guards all of it; every change wakes who waits. */
final class World {
    static final String APP_ID = "A0LOC1APP00";

    private static final int ID_LENGTH = 10;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final ServerClock clock;
    private final Random random;
    private final Account bot;
    private final Grants grants = new Grants();
    private final Messages messages;
    private final Interactions interactions;
    private final Views views;
    private final Deliveries deliveries;
    private final Violations violations;
    private final Map<String, Workspace> workspaces = new LinkedHashMap<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, SharedFile> files = new LinkedHashMap<>();
    private String base = "";
    private volatile Duration patience = Duration.ofSeconds(10);

    World(Instant start, long seed) {
        this.clock = new ServerClock(start);
        this.random = new Random(seed);
        this.bot = new Account(id("U"), "loci", id("B"));
        this.messages = new Messages(this);
        this.interactions = new Interactions(this);
        this.views = new Views(this);
        this.deliveries = new Deliveries(this);
        this.violations = new Violations();
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
    private <T> @Nullable T await(Supplier<@Nullable T> wanted, Duration atMost) throws InterruptedException {
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

    void servedAt(String newBase) {
        locked(() -> base = newBase);
    }

    /** The URL of this server, without a slash at the end. */
    String base() {
        return base;
    }

    /** A new id that begins so. */
    String id(String prefix) {
        StringBuilder id = new StringBuilder(prefix).append('0');
        while (id.length() < prefix.length() + ID_LENGTH) {
            id.append(Integer.toString(random.nextInt(36), 36).toUpperCase(Locale.ROOT));
        }
        return id.toString();
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** The next time stamp: it names a message in its channel, and no two are the same. */
    String nextTs() {
        Instant now = clock.tick();
        return String.format(Locale.ROOT, "%d.%06d", now.getEpochSecond(), now.getNano() / 1_000);
    }

    ServerClock clock() {
        return clock;
    }

    Account bot() {
        return bot;
    }

    Grants grants() {
        return grants;
    }

    Messages messages() {
        return messages;
    }

    Interactions interactions() {
        return interactions;
    }

    Views views() {
        return views;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Violations violations() {
        return violations;
    }

    Map<String, Account> accounts() {
        return accounts;
    }

    Map<String, Channel> channels() {
        return channels;
    }

    Map<String, SharedFile> files() {
        return files;
    }

    List<Workspace> workspaces() {
        return List.copyOf(workspaces.values());
    }

    /** The workspace the bot is installed in: the first one. */
    Workspace home() {
        return workspaces.isEmpty()
                ? workspace("Workspace")
                : workspaces.values().iterator().next();
    }

    Workspace workspace(String name) {
        return workspaces.computeIfAbsent(name, any -> new Workspace(this, id("T"), name));
    }

    Account account(String name) {
        Account account = new Account(id("U"), name, null);
        accounts.put(account.id(), account);
        return account;
    }

    /** Tells the bot of an event in a channel, where it is in that channel and may read there. */
    void emitIn(Channel channel, ObjectNode event) {
        if (channel.members().contains(bot) && grants.has(channel.kind().scope("history"))) {
            tellIn(channel, event);
        }
    }

    /** Tells the bot of an event in a channel; in a shared one the workspace tells of it whose member it was. */
    void tellIn(Channel channel, ObjectNode event) {
        String team = event.path("team").asText();
        Workspace told = workspaces.values().stream()
                .filter(one -> channel.shared() && one.id().equals(team))
                .findFirst()
                .orElse(home());
        deliveries.event(event, channel, told, home());
    }

    /** Tells the bot of an event that is in no channel. */
    void emit(String scope, ObjectNode event) {
        if (grants.has(scope)) {
            deliveries.event(event, null);
        }
    }

    static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    static List<JsonNode> each(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }
}
