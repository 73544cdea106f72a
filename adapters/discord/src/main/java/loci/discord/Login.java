package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import loci.discord.Connections.Connection;
import loci.discord.DiscordConnection.Connected;
import loci.discord.DiscordConnection.Refused;
import loci.discord.DiscordConnection.Unreachable;
import loci.discord.DiscordSettings.Shards;
import loci.discord.StartAdvice.Advised;
import loci.discord.StartAdvice.NotAdvised;
import net.dv8tion.jda.api.GatewayEncoding;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import net.dv8tion.jda.api.utils.cache.CacheFlag;
import net.dv8tion.jda.internal.utils.IOUtil;
import okhttp3.Dispatcher;
import org.jspecify.annotations.Nullable;

/** Logs in, and says in one sentence why that did not work. */
final class Login {

    /** Whatever a token may be, it is one word of visible ASCII. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private Login() {}

    /** Where none of the shards is connected yet, what there is to connect is not made. */
    private record Making(CompletableFuture<JDA> jda, Relay relay) {}

    /**
     * Makes a JDA of our settings for each shard, and waits until Discord has let the first one in or said why not; the others follow, as
     * quickly as Discord allows.
     *
     * @param platform what is made of them; has the relays hand what happens to whoever is to listen
     */
    static DiscordConnection connect(
            DiscordSettings settings, ExecutorService threads, Function<Connections, DiscordPlatform> platform) {
        if (!TOKEN.matcher(settings.token()).matches()) {
            return new Refused(Relay.BAD_TOKEN); // What no header can carry JDA would log, and never come back.
        }
        return switch (StartAdvice.ask(settings)) {
            case NotAdvised(DiscordConnection why) -> why;
            case Advised(StartAdvice advice) -> {
                Shards shards = advice.settled(settings);
                yield advice.allows(shards.count())
                        ? connect(settings, shards, advice.atOnce(), threads, platform)
                        : tooOften(shards, advice);
            }
        };
    }

    private static Unreachable tooOften(Shards shards, StartAdvice advice) {
        return new Unreachable("Discord lets this bot connect " + advice.left() + " more times only, and it takes "
                + shards.count() + "; try again in " + (advice.anewIn().toMinutes() + 1) + " minutes");
    }

    private static DiscordConnection connect(
            DiscordSettings settings,
            Shards shards,
            int atOnce,
            ExecutorService threads,
            Function<Connections, DiscordPlatform> platform) {
        Sessions sessions = new Sessions(settings.gatewayUrl());
        sessions.setConcurrency(atOnce);
        List<Making> making = IntStream.rangeClosed(shards.first(), shards.last())
                .mapToObj(shard -> {
                    Relay relay = new Relay(settings.readContent(), shard == shards.first());
                    JDABuilder builder = builder(settings, sessions, threads)
                            .useSharding(shard, shards.total())
                            .addEventListeners(relay);
                    // To make one asks who the bot is, and may never be answered.
                    return new Making(CompletableFuture.supplyAsync(builder::build, threads), relay);
                })
                .toList();
        try {
            DiscordPlatform made = platform.apply(connections(settings, shards, making));
            DiscordConnection outcome = awaited(making.getFirst().relay(), settings, made);
            if (!(outcome instanceof Connected)) {
                made.close();
            }
            return outcome;
        } catch (ExecutionException failed) {
            forget(making);
            return failed(settings, failed);
        } catch (TimeoutException late) {
            forget(making);
            return new Unreachable("Discord did not say at " + settings.apiUrl() + " who the bot is within "
                    + patience(settings) / 1_000 + " seconds");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            forget(making);
            return interrupted();
        }
    }

    private static Connections connections(DiscordSettings settings, Shards shards, List<Making> making)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<Connection> made = new ArrayList<>();
        for (Making one : making) {
            JDA jda = one.jda().get(patience(settings), TimeUnit.MILLISECONDS);
            made.add(new Connection(shards.first() + made.size(), jda, one.relay()));
        }
        return new Connections(shards, made);
    }

    private static void forget(List<Making> making) {
        for (Making one : making) {
            var _ = one.jda().thenAccept(JDA::shutdownNow);
        }
    }

    private static long patience(DiscordSettings settings) {
        return settings.pace().patience().toMillis();
    }

    private static Unreachable interrupted() {
        return new Unreachable("the start was interrupted");
    }

    private static DiscordConnection failed(DiscordSettings settings, ExecutionException failed) {
        return switch (Failures.cause(failed)) {
            case InvalidTokenException _ -> new Refused(Relay.BAD_TOKEN);
            case IllegalArgumentException _ -> new Refused(Relay.BAD_TOKEN);
            case ErrorResponseException error ->
                new Unreachable("Discord cannot be reached at " + settings.apiUrl() + ": " + meaning(error));
            default -> throw new IllegalStateException(failed);
        };
    }

    /** A proxy may answer with a page of its own, which is no sentence. */
    private static String meaning(ErrorResponseException error) {
        String meaning = error.getMeaning();
        boolean isWords = !meaning.isBlank() && !meaning.equals("N/A") && meaning.indexOf('<') < 0;
        return isWords && meaning.lines().count() == 1
                ? meaning
                : "it answers with HTTP status " + error.getResponse().code;
    }

    private static DiscordConnection awaited(Relay relay, DiscordSettings settings, DiscordPlatform made) {
        try {
            String refusal = relay.refusal().get(patience(settings), TimeUnit.MILLISECONDS);
            return refusal.isEmpty() ? new Connected(made) : new Refused(refusal);
        } catch (TimeoutException late) {
            return new Unreachable(
                    "Discord's gateway did not let the bot in within " + patience(settings) / 1_000 + " seconds");
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return interrupted();
        }
    }

    private static JDABuilder builder(DiscordSettings settings, Sessions sessions, ExecutorService threads) {
        Set<GatewayIntent> intents = EnumSet.of(GatewayIntent.GUILD_MESSAGES, GatewayIntent.DIRECT_MESSAGES);
        if (settings.readContent()) {
            intents.add(GatewayIntent.MESSAGE_CONTENT);
        }
        Message.suppressContentIntentWarning();
        // Memory stays bounded: no members, no messages; of roles only which one is the bot's own, and what channels
        // grant and deny to single people, which decides who manages them.
        return JDABuilder.createLight(settings.token(), intents)
                .enableCache(CacheFlag.ROLE_TAGS, CacheFlag.MEMBER_OVERRIDES)
                // What okhttp sends again by itself Discord may do twice; we send again what may be.
                .setHttpClientBuilder(IOUtil.newHttpClientBuilder().retryOnConnectionFailure(false))
                .setRestConfig(new RestConfig().setBaseUrl(settings.apiUrl()))
                .setSessionController(sessions)
                .setGatewayEncoding(GatewayEncoding.JSON)
                .setCompression(Compression.ZLIB)
                .setRawEventsEnabled(true)
                .setBulkDeleteSplittingEnabled(false)
                .setEnableShutdownHook(false)
                // Not shut down by JDA, which would do that before the last requests have come back.
                .setCallbackPool(threads, false)
                // Requests wait for their answers, as many at once as there are channels in which something is said.
                .setRateLimitElastic(Executors.newVirtualThreadPerTaskExecutor(), true);
    }

    /** Has shards begin one after another, as Discord asks, and knows where the gateway is: JDA knows Discord's own only, and would go there past a proxy. */
    private static final class Sessions extends ConcurrentSessionController {

        private final @Nullable String gateway;

        Sessions(@Nullable String gateway) {
            this.gateway = gateway;
        }

        @Override
        public String getGateway() {
            return gateway == null ? super.getGateway() : gateway;
        }
    }

    /** Runs something once all servers are loaded; not at all where the connection is closed before. */
    static void whenReady(JDA jda, Runnable action) {
        try {
            jda.awaitReady();
            action.run();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException closed) {
            // Nothing is left to do.
        }
    }

    /** Closes the connection; what is being sent may end, so long at most. What is cut off then has failed for whoever waits for it. */
    static void close(JDA jda, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Dispatcher requests = jda.getHttpClient().dispatcher();
        CountDownLatch idle = new CountDownLatch(1);
        requests.setIdleCallback(idle::countDown);
        jda.shutdown();
        try {
            boolean ended = jda.awaitShutdown(patience);
            // JDA counts as ended what it has begun to send.
            if (!ended
                    || (requests.runningCallsCount() > 0
                            && !idle.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS))) {
                jda.shutdownNow();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            jda.shutdownNow();
        }
        requests.cancelAll();
    }
}
