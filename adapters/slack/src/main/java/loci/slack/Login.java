package loci.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.util.http.SlackHttpClient;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import loci.slack.SlackConnection.Connected;
import loci.slack.SlackConnection.Refused;
import loci.slack.SlackConnection.Unreachable;
import loci.slack.Web.Done;
import loci.slack.Web.Limited;
import loci.slack.Web.Tried;
import loci.slack.Web.Unknown;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Slack whether the tokens are good, and says in one sentence why they are not. */
final class Login {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private static final Pattern BOT_TOKEN = Pattern.compile("xoxb-[!-~]+");
    private static final Pattern APP_TOKEN = Pattern.compile("xapp-[!-~]+");

    /** Without these the bot can neither hear that it is spoken to nor answer. */
    private static final List<String> NEEDED = List.of("app_mentions:read", "chat:write");

    private Login() {}

    /**
     * Who the bot is.
     *
     * @param socketUrl where the socket is; null where there is to be none
     */
    record Self(
            Slack slack,
            OkHttpClient http,
            AuthTestResponse who,
            @Nullable String socketUrl) {

        /** Whether signs that people put at messages are told of. */
        boolean hears() {
            return granted(who).contains("reactions:read");
        }
    }

    /** What a platform is made of. */
    @FunctionalInterface
    interface Making {
        SlackPlatform of(Self self);
    }

    static SlackConnection connect(SlackSettings settings, Making making) {
        String misfit = misfit(settings);
        if (misfit != null) {
            return new Refused(misfit);
        }
        SlackConfig config = config(settings);
        OkHttpClient http = SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                // What okhttp sends again by itself Slack does twice; we send again what may be.
                .retryOnConnectionFailure(false)
                .callTimeout(settings.pace().patience())
                .build();
        Slack slack = Slack.getInstance(config, new SlackHttpClient(http));
        SlackConnection outcome = outcome(settings, slack, http, making);
        if (!(outcome instanceof Connected)) {
            close(slack, http);
        }
        return outcome;
    }

    private static SlackConnection outcome(SlackSettings settings, Slack slack, OkHttpClient http, Making making) {
        try {
            return connect(settings, slack, http, making);
        } catch (UncheckedIOException notListening) {
            return new Refused("Slack's requests cannot be taken at " + settings.http()
                    + ": it is taken already, or none of this machine's addresses.");
        }
    }

    private static SlackConnection connect(SlackSettings settings, Slack slack, OkHttpClient http, Making making) {
        Tried<AuthTestResponse> tested = web(slack.methods(settings.botToken()))
                .tried("auth.test", client -> client.authTest(request -> request));
        if (!(tested instanceof Done<AuthTestResponse>(AuthTestResponse who))) {
            return failed(settings, tested, "bot token", "copy it anew from OAuth & Permissions");
        }
        String unfit = unfit(who);
        if (unfit != null) {
            return new Refused(unfit);
        }
        String appToken = settings.appToken();
        if (appToken == null) {
            return new Connected(making.of(new Self(slack, http, who, null)));
        }
        Tried<AppsConnectionsOpenResponse> opened = web(slack.methods(appToken))
                .tried("apps.connections.open", client -> client.appsConnectionsOpen(request -> request));
        return opened instanceof Done<AppsConnectionsOpenResponse>(AppsConnectionsOpenResponse done)
                ? new Connected(making.of(new Self(slack, http, who, done.getUrl())))
                : failed(
                        settings, opened, "app-level token", "make one with connections:write under Basic Information");
    }

    private static Web web(MethodsClient client) {
        return new Web(client, System::nanoTime);
    }

    private static SlackConfig config(SlackSettings settings) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(settings.apiUrl());
        config.setStatsEnabled(false);
        return config;
    }

    private static @Nullable String misfit(SlackSettings settings) {
        if (!BOT_TOKEN.matcher(settings.botToken()).matches()) {
            return "This is not a bot token of Slack's: one begins with xoxb- and is under OAuth & Permissions at"
                    + " api.slack.com/apps.";
        }
        String appToken = settings.appToken();
        if (appToken != null && !APP_TOKEN.matcher(appToken).matches()) {
            return "This is not an app-level token of Slack's: one begins with xapp- and is under Basic Information at"
                    + " api.slack.com/apps.";
        }
        boolean signed = settings.http() != null && settings.signingSecret() != null;
        return appToken != null || signed
                ? null
                : "Slack needs an app-level token for Socket Mode, or a signing secret and a port for HTTP.";
    }

    private static @Nullable String unfit(AuthTestResponse who) {
        if (who.getBotId() == null || who.getTeamId() == null || who.getUserId() == null) {
            return "This token is not a bot's; install the app and take the bot token, which begins with xoxb-.";
        }
        if (who.isEnterpriseInstall()) {
            return "This app is installed for a whole organisation; install it in one workspace, and run one Loci for"
                    + " each.";
        }
        Set<String> granted = granted(who);
        if (granted.isEmpty()) {
            return null; // Something between us and Slack leaves it out.
        }
        for (String scope : NEEDED) {
            if (!granted.contains(scope)) {
                return "The Slack app lacks the scope " + scope
                        + "; add it under OAuth & Permissions at api.slack.com/apps, and install the app again.";
            }
        }
        SlackNeeds.missing(granted).forEach(LOG::warn);
        return null;
    }

    private static Set<String> granted(AuthTestResponse who) {
        Set<String> granted = new TreeSet<>();
        Map<String, List<String>> headers = who.getHttpResponseHeaders();
        if (headers != null) {
            headers.forEach((name, values) -> {
                if (name.equalsIgnoreCase("x-oauth-scopes")) {
                    values.forEach(value -> Arrays.stream(value.split(","))
                            .map(String::strip)
                            .filter(scope -> !scope.isEmpty())
                            .forEach(granted::add));
                }
            });
        }
        return granted;
    }

    private static SlackConnection failed(SlackSettings settings, Tried<?> tried, String token, String remedy) {
        return switch (tried) {
            case Web.Refused<?>(String error, String needed) -> new Refused(sentence(token, remedy, error, needed));
            case Limited<?>(var wait, boolean _) ->
                new Unreachable("Slack lets nobody in for the next " + wait.toSeconds() + " seconds");
            case Unknown<?>(String why, boolean _) ->
                new Unreachable("Slack cannot be reached at " + settings.apiUrl() + ": " + why);
            case Done<?> _ -> throw new IllegalArgumentException("it did not fail");
        };
    }

    private static String sentence(String token, String remedy, String error, @Nullable String needed) {
        return switch (error) {
            case "missing_scope" ->
                "The Slack " + token + " lacks the scope " + (needed == null ? "for it" : needed) + "; " + remedy
                        + " at api.slack.com/apps.";
            case "account_inactive", "token_revoked" ->
                "Slack does not take this " + token + " any more (" + error + "); install the app again and " + remedy
                        + " at api.slack.com/apps.";
            case "not_allowed_token_type" ->
                "This is another kind of token than a Slack " + token + "; " + remedy + " at api.slack.com/apps.";
            default -> "Slack does not take this " + token + " (" + error + "); " + remedy + " at api.slack.com/apps.";
        };
    }

    static void close(Slack slack, OkHttpClient http) {
        try {
            slack.close();
        } catch (Exception e) {
            LOG.debug("the Slack client did not close: {}", e.toString());
        }
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
