package loci.slack;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import loci.command.Commands;
import loci.engine.Engine;
import loci.engine.LiveBot;
import loci.memory.ConversationStore;
import loci.slack.SlackConnection.Connected;
import loci.slack.standin.Channel;
import loci.slack.standin.SlackServer;

/** The whole bot but for its model, on the real bolt and a server of ours. */
final class Bot extends LiveBot<SlackPlatform> {

    private static final SlackSettings.Pace QUICK = new SlackSettings.Pace(
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(50));

    static final String SECRET = "signing-secret";

    private final SlackServer server;
    private final SlackSettings settings;
    final Database database = new Database();

    /** One that is not there yet. */
    Bot(SlackServer server, SlackSettings settings, Manner manner) {
        super(manner, server.botToken(), server.clock());
        this.server = server;
        this.settings = settings;
    }

    private static Bot there(SlackServer server, SlackSettings settings, Manner manner) {
        Bot bot = new Bot(server, settings, manner);
        bot.comesBack();
        return bot;
    }

    static SlackSettings settings(SlackServer server) {
        return new SlackSettings(
                server.botToken(),
                server.appToken(),
                null,
                server.apiUrl(),
                null,
                true,
                SlackSettings.ANSWER_MISSED,
                QUICK);
    }

    /** To be sent requests instead. */
    static SlackSettings byHttp(SlackSettings usual) {
        return new SlackSettings(
                usual.botToken(),
                null,
                SECRET,
                usual.apiUrl(),
                new SlackSettings.Http("127.0.0.1", 0),
                usual.replyInThread(),
                usual.answerMissed(),
                usual.pace());
    }

    /** To answer in channels what is asked there. */
    static SlackSettings inChannels(SlackSettings usual) {
        return new SlackSettings(
                usual.botToken(),
                usual.appToken(),
                usual.signingSecret(),
                usual.apiUrl(),
                usual.http(),
                false,
                usual.answerMissed(),
                usual.pace());
    }

    static Bot on(SlackServer server) {
        return with(server, settings(server));
    }

    static Bot with(SlackServer server, SlackSettings settings) {
        return there(server, settings, Manner.USUAL);
    }

    /** A bot that remembers what is said to it only. */
    static Bot hearingMentions(SlackServer server) {
        return there(server, settings(server), Manner.OF_MENTIONS);
    }

    static Bot withThreadsApart(SlackServer server) {
        return there(server, settings(server), Manner.WITH_THREADS_APART);
    }

    /** A bot to which Slack sends requests. */
    static Bot byHttp(SlackServer server) {
        return with(server, byHttp(settings(server)));
    }

    /** A bot that tells its operators in a channel what is in trouble. */
    static Bot telling(SlackServer server, Channel channel) {
        return with(server, settings(server).telling(channel.id()));
    }

    /** A bot that answers in channels what is asked there. */
    static Bot answeringInChannels(SlackServer server) {
        return with(server, inChannels(settings(server)));
    }

    @Override
    protected SlackPlatform connected(Commands commands) {
        SlackConnection connection = SlackPlatform.connect(settings, commands, server.clock());
        if (!(connection instanceof Connected(SlackPlatform platform))) {
            throw new IllegalStateException("no connection: " + connection);
        }
        return platform;
    }

    @Override
    protected void serve(Engine engine, SlackPlatform platform) {
        // Not how many stand: an old one may not be seen to be gone yet.
        int before = server.socket().opened();
        engine.serve(platform);
        if (platform.port() == 0) {
            server.socket().awaitsOpened(before + 1);
        } else {
            server.deliversTo(requestsAt(platform), SECRET);
        }
    }

    /** Where a platform takes Slack's requests. */
    static URI requestsAt(SlackPlatform platform) {
        return URI.create("http://127.0.0.1:" + platform.port() + "/slack/events");
    }

    /** From now on whatever asks the database waits, until this is opened. */
    CountDownLatch slowDatabase() {
        return database.holds(asked -> true);
    }

    @Override
    protected ConversationStore around(ConversationStore within) {
        return database.around(within);
    }
}
