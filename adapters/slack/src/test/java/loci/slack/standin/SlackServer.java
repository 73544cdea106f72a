package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slack on loopback: the Web API at {@link #apiUrl()}, Socket Mode or signed requests, one app whose bot's token is {@link #botToken()}.
 * Its clock stands still until {@link #advance} moves it. Thread-safe; closing it frees all sockets and threads.
 *
 * <pre>{@code
 * try (SlackServer server = SlackServer.start()) {
 *     Workspace garden = server.workspace("Garden");
 *     Channel general = garden.channel("general");
 *     Person ada = garden.member("ada");
 *     // the bot connects
 *     Message question = ada.says(general, "@loci hi");
 *     Message reply = ada.awaitsReplyTo(question);
 * }
 * }</pre>
 */
public final class SlackServer implements AutoCloseable {
    private final World world;
    private final Faults faults;
    private final SocketMode socket;
    private final SocketHost socketHost;
    private final WebApi api;
    private final HttpHost http;
    private @Nullable HttpDelivery delivery;

    private SlackServer(Instant start, long seed) throws IOException, InterruptedException {
        world = new World(start, seed);
        faults = new Faults(world);
        socket = new SocketMode(world);
        socketHost = new SocketHost(world, socket);
        api = new WebApi(world, socket::ticket);
        http = new HttpHost(world, faults, api);
        world.servedAt(http.base());
        socket.at(socketHost.open());
        world.deliveries().carriedBy(socket::carry);
    }

    /** A server whose clock begins at this second: bolt holds signatures against the real time. */
    public static SlackServer start() {
        return start(Instant.now().truncatedTo(ChronoUnit.SECONDS), 1);
    }

    /** A server whose clock begins at this instant, and whose ids follow from this seed. */
    public static SlackServer start(Instant start, long seed) {
        try {
            return new SlackServer(start, seed);
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", stopped);
        }
    }

    /** What to configure as the prefix of methods; it ends in a slash. */
    public String apiUrl() {
        return http.base() + "/api/";
    }

    /** The xoxb-… token. */
    public String botToken() {
        return WebApi.BOT_TOKEN;
    }

    /** The xapp-… token, which opens sockets. */
    public String appToken() {
        return WebApi.APP_TOKEN;
    }

    // ---- the world

    /** The bot's own account; its name is loci. */
    public Account bot() {
        return world.bot();
    }

    public String appId() {
        return World.APP_ID;
    }

    /** The workspace of this name; made where there is none. The bot is installed in the first. */
    public Workspace workspace(String name) {
        return world.locked(() -> world.workspace(name));
    }

    /** A link in a message is unfurled: attachments arrive, and its text is as it was. */
    public void unfurls(Message message, String url, String title) {
        world.locked(() -> world.messages().unfurl(message, url, title));
    }

    /** The app is removed from the workspace: its tokens are no good any more. */
    public void uninstallsApp() {
        world.locked(() -> {
            uninstalled(world.home());
            world.grants().refuse("account_inactive");
        });
    }

    /** Somebody revokes the bot's token: it says so, and takes it no more. */
    public void revokesTokens() {
        world.locked(() -> {
            revoked(world.home());
            world.grants().refuse("token_revoked");
        });
    }

    /** The same app is removed from a workspace in which it was installed too; each of its connections may hear of it. */
    public void uninstallsAppFrom(Workspace other) {
        world.locked(() -> uninstalled(other));
    }

    private void uninstalled(Workspace from) {
        revoked(from);
        ObjectNode gone = World.json().put("type", "app_uninstalled").put("event_ts", world.nextTs());
        world.deliveries().event(gone, null, from, from);
    }

    private void revoked(Workspace in) {
        ObjectNode revoked = World.json().put("type", "tokens_revoked").put("event_ts", world.nextTs());
        ObjectNode tokens = revoked.putObject("tokens");
        tokens.putArray("oauth");
        tokens.putArray("bot").add(world.bot().id());
        world.deliveries().event(revoked, null, in, in);
    }

    /** From now on both tokens are refused with this error, such as {@code invalid_auth} or {@code token_revoked}. */
    public void refusesTokens(String error) {
        world.locked(() -> world.grants().refuse(error));
    }

    /** The tokens are good again. */
    public void acceptsTokens() {
        world.locked(() -> world.grants().refuse(null));
    }

    /** From now on the app is installed for a whole Enterprise organisation, and not in one workspace. */
    public void installsForOrganisation() {
        world.locked(() -> world.grants().widen());
    }

    /** Takes these scopes from the bot: calls answer {@code missing_scope}, and events that need them do not come. */
    public void withoutScopes(String... scopes) {
        world.locked(() -> world.grants().narrow(List.of(scopes)));
    }

    // ---- how the app is told

    public SocketMode socket() {
        return socket;
    }

    /** From now on events, commands and interactions are posted to this URL, signed with this secret. */
    public void deliversTo(URI url, String signingSecret) {
        HttpDelivery next = new HttpDelivery(world, url, signingSecret);
        HttpDelivery before = delivery;
        delivery = next;
        world.locked(() -> world.deliveries().carriedBy(next::carry));
        if (before != null) {
            before.close();
        }
    }

    /** Whether the URL answers Slack's challenge. */
    public boolean verifiesUrl() {
        return Objects.requireNonNull(delivery, "nothing is delivered by HTTP").verifies();
    }

    /** Sends again every event that was not acknowledged, by socket or HTTP; gives how many. */
    public int redeliversUnacknowledged() {
        return socket.redeliversUnacknowledged();
    }

    /** How much of what the app was told it has not acknowledged; what happened while it had no connection is among it. */
    public int unacknowledged() {
        return world.locked(() -> world.deliveries().unacknowledged().size());
    }

    /** Waits, bounded by the server's patience, until everything was acknowledged. */
    public void awaitsAcknowledgements() {
        world.insist(
                () -> "acknowledgements of " + world.deliveries().unacknowledged(),
                () -> world.deliveries().unacknowledged().isEmpty() ? true : null);
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

    public Faults faults() {
        return faults;
    }

    /** All calls that reached the Web API, oldest first. */
    public List<Call> calls() {
        return api.calls();
    }

    /** The calls of this method, oldest first; those that a fault answered too. */
    public List<Call> calls(String method) {
        return calls().stream().filter(one -> one.method().equals(method)).toList();
    }

    /** What Slack would have refused, and what could have notified people or fetched links; a test fails on any. */
    public List<String> violations() {
        return world.locked(() -> world.violations().found());
    }

    /** Every status shown under a thread so far, oldest first; empty texts cleared it. */
    public List<String> statuses(Message thread) {
        return world.locked(() -> api.assistant().statuses(thread.root()));
    }

    /** The title of an assistant's thread; empty where none was set. */
    public String title(Message thread) {
        return world.locked(() -> api.assistant().title(thread.root()));
    }

    /** The titles of the prompts suggested in an assistant's thread. */
    public List<String> suggestedPrompts(Message thread) {
        return world.locked(() -> api.assistant().prompts(thread.root()));
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
        return world.insist(() -> what, wanted);
    }

    /** Makes those who wait look again: for what they wait for may lie outside of this server. */
    public void wake() {
        world.locked(() -> {});
    }

    /** Waits until this is so. */
    public void until(String what, Supplier<Boolean> so) {
        until(() -> what, so);
    }

    /** The same, where what to say is known only in the end. */
    public void until(Supplier<String> what, Supplier<Boolean> so) {
        world.insist(what, () -> so.get() ? true : null);
    }

    /** Waits for a call of this method. */
    public Call awaitsCall(String method) {
        return awaitsCall(method, any -> true);
    }

    /** Waits for such a call of this method. */
    public Call awaitsCall(String method, Predicate<Call> such) {
        return awaits(
                method, () -> calls(method).stream().filter(such).findFirst().orElse(null));
    }

    @Override
    public void close() {
        faults.none();
        HttpDelivery open = delivery;
        if (open != null) {
            open.close();
        }
        http.close();
        try {
            socketHost.stop(1000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
