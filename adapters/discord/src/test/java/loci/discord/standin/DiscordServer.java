package loci.discord.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Discord on loopback: REST at {@link #restUrl()}, the gateway at {@link #gatewayUrl()}, one bot whose token is {@link #token()}. Its
 * clock stands still until {@link #advance} moves it. Thread-safe; closing it frees all sockets and threads.
 *
 * <pre>{@code
 * try (DiscordServer server = DiscordServer.start()) {
 *     Channel general = server.guild("Garden").channel("general");
 *     Person ada = server.guild("Garden").member("ada");
 *     // the bot logs in
 *     Message question = ada.says(general, "@loci hi");
 *     Message reply = ada.awaitsReplyTo(question);
 * }
 * }</pre>
 */
public final class DiscordServer implements AutoCloseable {
    private static final String TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gtest.stand-in-token-stand-in-token-stand-in";

    private final World world;
    private final OpenApiCheck check = new OpenApiCheck();
    private final Faults faults;
    private final Gateway gateway;
    private final GatewayServer gatewayServer;
    private final RestApi api;
    private final RestServer rest;
    private final String gatewayUrl;

    private DiscordServer(Instant start, long seed) throws IOException, InterruptedException {
        world = new World(start, seed);
        faults = new Faults(world);
        gateway = new Gateway(world, TOKEN);
        gatewayServer = new GatewayServer(world, gateway);
        api = new RestApi(world, TOKEN, check, gateway);
        rest = new RestServer(world, faults, api);
        gatewayUrl = gatewayServer.open();
        gateway.at(gatewayUrl);
        api.gatewayAt(gatewayUrl);
        world.servingFilesAt(rest.base());
        world.hearing(gateway::hear);
    }

    /** A server whose clock begins at this second: JDA holds interactions against the real time. */
    public static DiscordServer start() {
        return start(Instant.now().truncatedTo(ChronoUnit.SECONDS), 1);
    }

    /** A server whose clock begins at this instant, and whose ids and tokens follow from this seed. */
    public static DiscordServer start(Instant start, long seed) {
        try {
            return new DiscordServer(start, seed);
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", stopped);
        }
    }

    /** What to configure as the REST base URL. */
    public String restUrl() {
        return rest.base() + "/api/v10/";
    }

    /** Where the gateway listens. */
    public String gatewayUrl() {
        return gatewayUrl;
    }

    /** The bot's token, without "Bot ". */
    public String token() {
        return TOKEN;
    }

    // ---- the world

    /** The bot's own account; its name is loci. */
    public Account bot() {
        return world.bot();
    }

    /** The guild of this name, which the bot is in; made where there is none. */
    public Guild guild(String name) {
        return world.locked(() -> world.guild(name));
    }

    /** The person of this name, in no guild yet. */
    public Person person(String name) {
        return world.locked(() -> world.person(name));
    }

    /** Another bot of this name. */
    public Person otherBot(String name) {
        return world.locked(() -> world.otherBot(name));
    }

    /** A link in a message is unfurled: its embed arrives, and its text is as it was. */
    public void embedArrives(Message message, String title, String description) {
        world.locked(() -> {
            ObjectNode embed = message.embedded().addObject();
            embed.put("type", "link").put("title", title).put("description", description);
            world.messages().changed(message);
        });
    }

    /** The names of the commands registered for everywhere. */
    public List<String> commands() {
        return world.locked(() -> world.commands().names(Commands.EVERYWHERE));
    }

    /** The names of the commands registered for one guild. */
    public List<String> commands(Guild guild) {
        return world.locked(() -> world.commands().names(guild.id()));
    }

    // ---- time

    public Clock clock() {
        return world.clock();
    }

    /** Moves the clock, and wakes who waits. */
    public void advance(Duration by) {
        world.locked(() -> world.clock().advance(by));
    }

    // ---- what goes wrong, and what went on

    public Gateway gateway() {
        return gateway;
    }

    public Faults faults() {
        return faults;
    }

    /** All requests that reached the API, oldest first. */
    public List<Request> requests() {
        return api.requests();
    }

    /** The requests of this kind; a star in the path stands for one segment. */
    public List<Request> requests(String method, String path) {
        return requests().stream().filter(one -> one.is(method, path)).toList();
    }

    /** Where requests strayed from Discord's own description of its API; a test fails on any. */
    public List<String> violations() {
        return check.violations();
    }

    /** Where the stand-in's own answers strayed from it. */
    List<String> ownViolations() {
        return check.ownViolations();
    }

    /** How long waits last before they fail; ten seconds at the start. */
    public void patience(Duration atMost) {
        world.patient(atMost);
    }

    /**
     * Waits until this gives something, looking again after each change, and fails the test where it does not. It looks while the whole
     * world stands still, so it must only look: what waits for another thread there waits for ever.
     */
    public <T> T awaits(String what, Supplier<@Nullable T> wanted) {
        return world.insist(what, wanted);
    }

    /** Makes those who wait look again: for what they wait for may lie outside of this server. */
    public void wake() {
        world.locked(() -> {});
    }

    /** Waits until this is so. */
    public void until(String what, Supplier<Boolean> so) {
        awaits(what, () -> so.get() ? what : null);
    }

    /** Waits for a request of this kind. */
    public Request awaitsRequest(String method, String path) {
        return awaitsRequest(method, path, any -> true);
    }

    public Request awaitsRequest(String method, String path, Predicate<Request> such) {
        return awaits(
                method + " " + path,
                () -> requests(method, path).stream().filter(such).findFirst().orElse(null));
    }

    @Override
    public void close() {
        faults.none();
        rest.close();
        try {
            gatewayServer.stop(1000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
