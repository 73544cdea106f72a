package loci.slack.standin;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.methods.MethodsClient;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.socket_mode.SocketModeClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The real client and the real bolt, against a server of ours: what it hears is written down. */
final class RealBolt implements AutoCloseable {
    /** Normally bolt looks every five seconds whether its connection still stands. */
    private static final long LOOK_EVERY_MILLIS = 50;

    static final String SECRET = "signing-secret";

    final App app;
    final MethodsClient client;
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final SlackServer server;
    private final Slack slack;
    private @Nullable SocketModeApp socket;

    RealBolt(SlackServer server) {
        this.server = server;
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(server.apiUrl());
        this.slack = Slack.getInstance(config);
        this.client = slack.methods(server.botToken());
        this.app = new App(AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken(server.botToken())
                .signingSecret(SECRET)
                // otherwise bolt asks who it is before each event, and hears of no removal: it is nobody by then
                .authTestCacheEnabled(true)
                .build());
        app.event(MessageEvent.class, (event, context) -> {
            hears("message " + event.getEvent().getTs() + " " + event.getEvent().getText());
            return context.ack();
        });
        app.event(AppMentionEvent.class, (event, context) -> {
            hears("app_mention " + event.getEvent().getTs() + " "
                    + event.getEvent().getText());
            return context.ack();
        });
    }

    void hears(String what) {
        heard.add(what);
        server.wake();
    }

    void awaitsHeard(int number) {
        server.until(() -> number + " things heard, not " + heard, () -> heard.size() >= number);
    }

    /** Connects by Socket Mode. */
    RealBolt connects() {
        int before = server.socket().connections();
        try {
            SocketModeApp made = new SocketModeApp(server.appToken(), app, SocketModeClient.Backend.JavaWebSocket);
            socket = made;
            made.startAsync();
            made.getClient().getSessionMonitorExecutor().ifPresent(ExecutorService::shutdownNow);
            made.getClient().initializeSessionMonitorExecutor(LOOK_EVERY_MILLIS);
        } catch (Exception refused) {
            throw new IllegalStateException("bolt does not start", refused);
        }
        server.socket().awaitsConnections(before + 1);
        return this;
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.stop();
            }
            slack.close();
        } catch (Exception stuck) {
            throw new IllegalStateException("bolt does not stop", stuck);
        }
    }
}
