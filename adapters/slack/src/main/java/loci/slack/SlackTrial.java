package loci.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.model.ConversationType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the tokens of a Slack app, and whether they are good for all that the bot does: asks who the bot is, which tells the scopes too, and
 * for a socket, which it does not open.
 */
public final class SlackTrial {

    private static final Logger LOG = LoggerFactory.getLogger(SlackTrial.class);
    private static final String SCOPES_HEADER = "x-oauth-scopes";
    private static final int SOME_CHANNELS = 200;

    private final MethodsClient client;
    private final String apiUrl;
    private final String botToken;
    private final @Nullable String appToken;
    private final AdminChannel adminChannel;

    /**
     * What was found.
     *
     * @param bot the bot's name; empty where its token does not work
     * @param workspace the workspace's name; empty where the token does not work
     * @param channels the channels that it is in; empty where that cannot be told
     * @param untold a sentence on why operators cannot be told of trouble in their channel; empty where they can, or shall not be
     * @param problems a sentence for each thing that is wrong, without secrets
     */
    public record Found(
            String bot,
            String workspace,
            Optional<List<String>> channels,
            Optional<String> untold,
            List<String> problems) {

        public Found {
            problems = List.copyOf(problems);
        }

        /** Whether the bot works as it is. */
        public boolean works() {
            return problems.isEmpty();
        }
    }

    private SlackTrial(
            MethodsClient client,
            String apiUrl,
            String botToken,
            @Nullable String appToken,
            AdminChannel adminChannel) {
        this.adminChannel = adminChannel;
        this.client = client;
        this.apiUrl = apiUrl;
        this.botToken = botToken;
        this.appToken = appToken;
    }

    /**
     * Asks Slack; takes no longer than a few times the patience.
     *
     * @param apiUrl where the Web API is, ending in a slash
     * @param appToken null where no socket is to be opened
     * @param adminChannel the id of the channel in which operators are to be told of trouble; null where there is none
     */
    public static Found of(
            String apiUrl,
            String botToken,
            @Nullable String appToken,
            @Nullable String adminChannel,
            Duration patience) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(apiUrl);
        config.setStatsEnabled(false); // Or the client asks by itself who the bot is, and logs that it may not.
        config.setHttpClientCallTimeoutMillis((int) patience.toMillis());
        Slack slack = Slack.getInstance(config);
        Web web = new Web(slack.methods(botToken), System::nanoTime);
        try (AdminChannel channel = new AdminChannel(web, adminChannel, patience)) {
            return new SlackTrial(slack.methods(), apiUrl, botToken, appToken, channel).found();
        } finally {
            close(slack);
        }
    }

    private static void close(Slack slack) {
        try {
            slack.close();
        } catch (Exception notClosed) {
            LOG.debug("the Slack client did not close: {}", notClosed.toString());
        }
    }

    private Found found() {
        List<String> problems = new ArrayList<>();
        Optional<AuthTestResponse> known = asked(
                "the bot's token (SLACK_BOT_TOKEN)", () -> client.authTest(call -> call.token(botToken)), problems);
        known.ifPresent(who -> problems.addAll(missing(who)));
        String socket = appToken;
        if (socket != null && (known.isPresent() || isAnswered(problems))) {
            var _ = asked(
                    "the app-level token (SLACK_APP_TOKEN)",
                    () -> client.appsConnectionsOpen(call -> call.token(socket)),
                    problems);
        }
        return new Found(
                known.map(AuthTestResponse::getUser).orElse(""),
                known.map(AuthTestResponse::getTeam).orElse(""),
                known.isPresent() ? channels() : Optional.empty(),
                known.isPresent() ? untold() : Optional.empty(),
                problems);
    }

    /** Where nobody answers, nobody answers the second question either, and one sentence is enough. */
    private boolean isAnswered(List<String> problems) {
        return problems.stream().noneMatch(problem -> problem.contains(apiUrl));
    }

    private static List<String> missing(AuthTestResponse who) {
        List<String> problems = new ArrayList<>();
        if (who.getBotId() == null) {
            problems.add("SLACK_BOT_TOKEN holds a person's token; copy the Bot User OAuth Token, under Install App");
        }
        if (who.isEnterpriseInstall()) {
            problems.add("the app is installed for a whole organisation, and Loci serves one workspace: install it in a"
                    + " workspace");
        }
        List<String> headers = who.getHttpResponseHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(SCOPES_HEADER))
                .flatMap(header -> header.getValue().stream())
                .toList();
        if (!headers.isEmpty()) {
            problems.addAll(SlackNeeds.missing(headers.stream()
                    .flatMap(header -> Arrays.stream(header.split(",", -1)))
                    .map(String::strip)
                    .toList()));
        }
        return problems;
    }

    private Optional<String> untold() {
        return adminChannel
                .trouble()
                .map(why -> "operators cannot be told of trouble in the channel that" + " slack.adminChannel names: "
                        + why);
    }

    /** The names of channels that the bot is a member of. */
    private Optional<List<String>> channels() {
        List<String> unheard = new ArrayList<>();
        return asked(
                        "",
                        () -> client.usersConversations(call -> call.token(botToken)
                                .excludeArchived(true)
                                .limit(SOME_CHANNELS)
                                .types(List.of(ConversationType.PUBLIC_CHANNEL, ConversationType.PRIVATE_CHANNEL))),
                        unheard)
                .map(answer -> Stream.ofNullable(answer.getChannels())
                        .flatMap(List::stream)
                        .map(channel -> channel.getName())
                        .toList());
    }

    /** A question to Slack. */
    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws IOException, SlackApiException;
    }

    private <T extends SlackApiTextResponse> Optional<T> asked(String what, Asking<T> asking, List<String> problems) {
        try {
            T answer = asking.ask();
            if (answer.isOk()) {
                return Optional.of(answer);
            }
            problems.add(sentence(what, String.valueOf(answer.getError()), answer.getNeeded()));
        } catch (SlackApiException failed) {
            problems.add("Slack answers at " + apiUrl + " with HTTP status "
                    + failed.getResponse().code());
        } catch (IOException unreached) {
            problems.add("Slack cannot be reached at " + apiUrl + ": " + why(unreached));
        }
        return Optional.empty();
    }

    /** An exception's own text may quote what a proxy answered. */
    private static String why(IOException unreached) {
        return switch (unreached) {
            case UnknownHostException _ -> "there is no host of this name";
            case ConnectException _ -> "the address accepts no connection";
            case InterruptedIOException _ -> "there is no answer in time";
            default -> unreached.getClass().getSimpleName();
        };
    }

    private static String sentence(String what, String error, @Nullable String needed) {
        return switch (error) {
            case "invalid_auth", "not_authed" ->
                "Slack does not know " + what + "; copy it again from the app's settings";
            case "token_revoked", "account_inactive" ->
                what + " is no good any more, since the app was removed or the token revoked; install the app again";
            case "token_expired" -> what + " has expired; switch token rotation off and install the app again";
            case "not_allowed_token_type" ->
                what + " holds a token of another kind; each begins as loci setup slack says";
            case "missing_scope" -> what + " lacks the scope " + (needed == null ? SlackNeeds.APP_SCOPE : needed);
            case "forbidden_team" ->
                "Socket Mode is off for this app; switch it on under Socket Mode in the app's settings";
            default -> "Slack refuses " + what + ": " + error;
        };
    }
}
