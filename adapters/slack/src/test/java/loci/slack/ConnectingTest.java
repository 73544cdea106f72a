package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loci.slack.SlackConnection.Refused;
import loci.slack.SlackConnection.Unreachable;
import loci.slack.standin.SlackServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of tokens and scopes that are wrong or missing. */
@Timeout(60)
class ConnectingTest {

    private final SlackServer server = SlackServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private SlackConnection connects(String botToken, String appToken, String apiUrl) {
        SlackSettings.Pace quick = new SlackSettings.Pace(
                Duration.ofMillis(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        SlackSettings settings =
                new SlackSettings(botToken, appToken, null, apiUrl, null, true, SlackSettings.ANSWER_MISSED, quick);
        assertThat(settings.toString()).doesNotContain(botToken).doesNotContain(appToken);
        return Login.connect(settings, self -> {
            throw new AssertionError("it is not to be let in");
        });
    }

    private String refusal(String botToken, String appToken) {
        SlackConnection connection = connects(botToken, appToken, server.apiUrl());
        assertThat(connection).isInstanceOf(Refused.class);
        String reason = ((Refused) connection).reason();
        assertThat(reason).endsWith(".").doesNotContain(botToken).doesNotContain(appToken);
        return reason;
    }

    @Test
    void aTokenOfAnotherKindIsToldApart() {
        assertThat(refusal(server.appToken(), server.appToken())).contains("xoxb-");
        assertThat(refusal(server.botToken(), server.botToken())).contains("xapp-");
        assertThat(refusal("not a token", server.appToken())).contains("xoxb-");
    }

    @Test
    void aTokenThatSlackDoesNotTakeIsNamed() {
        assertThat(refusal("xoxb-wrong", server.appToken())).contains("bot token", "invalid_auth");
        assertThat(refusal(server.botToken(), "xapp-wrong")).contains("app-level token", "connections:write");
        server.refusesTokens("account_inactive");
        assertThat(refusal(server.botToken(), server.appToken())).contains("install the app again");
    }

    @Test
    void aMissingScopeIsNamed() {
        server.withoutScopes("chat:write");
        assertThat(refusal(server.botToken(), server.appToken())).contains("chat:write");
    }

    @Test
    void anInstallationForAWholeOrganisationIsRefusedInPlainWords() {
        server.installsForOrganisation();
        assertThat(refusal(server.botToken(), server.appToken()))
                .contains("whole organisation", "install it in one workspace");
    }

    @Test
    void whereThereIsNoSlackItIsUnreachable() {
        SlackConnection connection = connects(server.botToken(), server.appToken(), "http://127.0.0.1:1/api/");
        assertThat(connection).isInstanceOf(Unreachable.class);
    }
}
