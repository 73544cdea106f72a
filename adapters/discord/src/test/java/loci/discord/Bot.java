package loci.discord;

import java.time.Duration;
import java.util.Set;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Threads;
import loci.command.Commands;
import loci.discord.DiscordConnection.Connected;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.engine.Admission;
import loci.engine.Admission.Listed;
import loci.engine.Engine;
import loci.engine.LiveBot;
import org.jspecify.annotations.Nullable;

/** The whole bot but for its model, on the real JDA and a server of ours. */
final class Bot extends LiveBot<DiscordPlatform> {

    private static final DiscordSettings.Pace QUICK =
            new DiscordSettings.Pace(Duration.ofMillis(1), Duration.ofSeconds(8), Duration.ofSeconds(10));

    private final DiscordServer server;
    private DiscordSettings settings;

    private Bot(DiscordServer server, DiscordSettings settings, Manner manner) {
        super(manner, server.token(), server.clock());
        this.server = server;
        this.settings = settings;
    }

    private static Bot there(DiscordServer server, DiscordSettings settings, Manner manner) {
        Bot bot = new Bot(server, settings, manner);
        bot.comesBack();
        return bot;
    }

    static DiscordSettings settings(DiscordServer server, boolean readContent) {
        return new DiscordSettings(
                server.token(),
                server.restUrl(),
                server.gatewayUrl(),
                readContent,
                null,
                DiscordSettings.Shards.ONE,
                DiscordSettings.ANSWER_MISSED,
                QUICK);
    }

    static Bot on(DiscordServer server) {
        return there(server, settings(server, true), Manner.USUAL);
    }

    /** A bot that serves those only whom its operator listed. */
    static Bot listing(DiscordServer server, Listed... listed) {
        return there(
                server,
                settings(server, true),
                new Manner(Listening.ALL, Threads.SHARED, new Admission(Set.of(listed))));
    }

    /** A process that serves these shards, or null for all that Discord recommends. */
    static Bot serving(DiscordServer server, DiscordSettings.@Nullable Shards shards) {
        return there(server, serving(settings(server, true), shards), Manner.USUAL);
    }

    private static DiscordSettings serving(DiscordSettings usual, DiscordSettings.@Nullable Shards shards) {
        return new DiscordSettings(
                usual.token(),
                usual.apiUrl(),
                usual.gatewayUrl(),
                usual.readContent(),
                null,
                shards,
                DiscordSettings.ANSWER_MISSED,
                QUICK);
    }

    /** A bot that tells its operators in a channel what is in trouble. */
    static Bot telling(DiscordServer server, Channel channel) {
        return telling(server, channel, DiscordSettings.Shards.ONE);
    }

    static Bot telling(DiscordServer server, Channel channel, DiscordSettings.Shards shards) {
        return there(
                server, serving(settings(server, true), shards).telling(Long.toString(channel.id())), Manner.USUAL);
    }

    /** A bot that is not shown what does not mention it. */
    static Bot ofMentions(DiscordServer server) {
        return there(server, settings(server, false), Manner.USUAL);
    }

    /** A bot that is shown everything, but remembers what is said to it only. */
    static Bot hearingMentions(DiscordServer server) {
        return there(server, settings(server, true), Manner.OF_MENTIONS);
    }

    /** A bot that lets each person ask so often within a minute. */
    static Bot limiting(DiscordServer server, int personPerMinute) {
        return there(server, settings(server, true), Manner.USUAL.limiting(personPerMinute));
    }

    static Bot withThreadsApart(DiscordServer server) {
        return there(server, settings(server, true), Manner.WITH_THREADS_APART);
    }

    static Bot pacing(DiscordServer server, Duration edits) {
        DiscordSettings quick = settings(server, true);
        DiscordSettings.Pace pace = new DiscordSettings.Pace(edits, QUICK.typing(), QUICK.patience());
        return there(
                server,
                new DiscordSettings(
                        quick.token(),
                        quick.apiUrl(),
                        quick.gatewayUrl(),
                        quick.readContent(),
                        null,
                        DiscordSettings.Shards.ONE,
                        DiscordSettings.ANSWER_MISSED,
                        pace),
                Manner.USUAL);
    }

    @Override
    protected DiscordPlatform connected(Commands commands) {
        DiscordConnection connection = DiscordPlatform.connect(settings, commands, server.clock());
        if (!(connection instanceof Connected(DiscordPlatform platform))) {
            throw new IllegalStateException("no connection: " + connection);
        }
        return platform;
    }

    @Override
    protected void serve(Engine engine, DiscordPlatform platform) {
        engine.serve(platform);
        platform.awaitCommands();
    }

    /** Waits until it has caught up with what it missed; returns whether that came to be. */
    boolean catchesUp() {
        return platform().awaitCaughtUp();
    }

    /** Ends the program and starts it with the commands offered on this server only, or everywhere. */
    void offersCommandsOn(@Nullable Guild guild) {
        settings = new DiscordSettings(
                settings.token(),
                settings.apiUrl(),
                settings.gatewayUrl(),
                settings.readContent(),
                guild == null ? null : Long.toString(guild.id()),
                settings.adminChannel(),
                settings.shards(),
                settings.answerMissed(),
                settings.pace());
        restarts();
    }
}
