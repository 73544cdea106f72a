package loci.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import loci.slack.SlackNeeds;
import loci.slack.standin.Channel;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What setup and check say of Slack, at each step of the way and for everything that can be wrong with a token. */
class SlackSetupTest {

    @TempDir
    private Path home;

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private Commanded loci;

    @BeforeEach
    void aHome() {
        server.patience(Duration.ofSeconds(60));
        loci = new Commanded(home).with("LOCI_SLACK_APIURL", server.apiUrl());
    }

    @AfterEach
    void noSecretIsSaidAndNothingStraysFromSlack() {
        assertThat(loci.out() + loci.err()).doesNotContain(server.botToken()).doesNotContain(server.appToken());
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private Commanded withTokens() {
        return loci.with("SLACK_BOT_TOKEN", server.botToken()).with("SLACK_APP_TOKEN", server.appToken());
    }

    @Test
    void without_tokens_it_says_how_to_get_them() {
        assertThat(loci.run("setup", "slack")).isEqualTo(1);
        assertThat(loci.out())
                .contains("https://api.slack.com/apps", "From a manifest", "loci setup slack --manifest")
                .contains("SLACK_BOT_TOKEN_FILE", "connections:write", "SLACK_APP_TOKEN_FILE")
                .endsWith("""
                    Not yet: SLACK_BOT_TOKEN is not set; it is the Bot User OAuth Token (xoxb-…), under Install App. With it, run this again: the tokens are tried.
                    """);
        assertThat(loci.run("check")).isZero();
        assertThat(loci.out()).doesNotContain("slack");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void with_half_of_them_the_other_half_is_asked_for() {
        loci.with("SLACK_BOT_TOKEN", server.botToken());
        assertThat(loci.run("setup", "slack")).isEqualTo(1);
        assertThat(loci.out()).contains("Not yet: SLACK_APP_TOKEN is not set; it is an app-level token (xapp-…)");
        assertThat(loci.run("check")).isEqualTo(1);
        assertThat(loci.out()).containsPattern("slack +FAILED +SLACK_APP_TOKEN is not set.*loci setup slack");

        loci.with("LOCI_SLACK_MODE", "http");
        assertThat(loci.run("setup", "slack")).isEqualTo(1);
        assertThat(loci.out())
                .contains("Signing Secret", "127.0.0.1:3000")
                .contains("Not yet: SLACK_SIGNING_SECRET is not set, and slack.mode is http")
                .doesNotContain("SLACK_APP_TOKEN");
    }

    @Test
    void what_works_is_said_with_the_channels_it_is_in() {
        withTokens();
        assertThat(loci.run("setup", "slack")).isZero();
        assertThat(loci.out())
                .contains("The tokens work, with all scopes: it is loci in the workspace Garden.")
                .contains("It is in no channel yet: write /invite @loci where it is to hear and answer.");

        garden.channel("general");
        assertThat(loci.run("setup", "slack")).isZero();
        assertThat(loci.out()).contains("It is in #general; /invite @loci takes it into others.");
        assertThat(loci.run("check")).isZero();
        assertThat(loci.out()).containsPattern("slack +ok +lets in loci, workspace Garden");
        assertThat(server.socket().opened()).isZero();
    }

    @Test
    void a_channel_for_operators_in_which_the_bot_is_not_is_one_sentence() {
        String begins = "operators cannot be told of trouble in the channel that slack.adminChannel names: ";
        Channel office = garden.channelWithoutBot("office");
        withTokens().with("LOCI_SLACK_ADMINCHANNEL", office.id());
        assertThat(loci.run("setup", "slack")).isEqualTo(1);
        assertThat(loci.out())
                .contains("The tokens work, with all scopes")
                .contains("Not yet: " + begins + "the bot is not in it, and has to be invited there.");
        assertThat(loci.run("check")).isEqualTo(1);
        assertThat(loci.out())
                .containsPattern("slack +ok +lets in loci")
                .containsPattern("slack +FAILED +" + begins + "the bot is not in it");

        Person ada = garden.admin("ada");
        ada.in(office).invitesBot();
        assertThat(loci.run("check")).isZero();
        ada.in(office).archives();
        assertThat(loci.run("check")).isEqualTo(1);
        assertThat(loci.out()).contains(begins + "it is archived.");

        loci.with("LOCI_SLACK_ADMINCHANNEL", "C0123456789");
        assertThat(loci.run("check")).isEqualTo(1);
        assertThat(loci.out())
                .contains(begins + "there is no such channel, or it is private and the bot is not in it.");
    }

    @Test
    void every_scope_that_is_missing_is_named_with_what_it_is_for() {
        server.withoutScopes(SlackNeeds.scopes().toArray(String[]::new));
        assertThat(withTokens().run("setup", "slack")).isEqualTo(1);
        assertThat(loci.out())
                .contains("Not yet: the bot's token lacks the scope app_mentions:read, so it does not hear where it is"
                        + " mentioned; add it under OAuth & Permissions and install the app again.");
        for (String scope : SlackNeeds.scopes()) {
            assertThat(loci.out()).contains("lacks the scope " + scope + ", so ");
        }
        assertThat(loci.run("check")).isEqualTo(1);
        assertThat(loci.out())
                .containsPattern("slack +FAILED +the bot's token lacks the scope chat:write, so it cannot");
    }

    @Test
    void a_token_that_slack_does_not_take_is_one_sentence() {
        loci.with("SLACK_BOT_TOKEN", "xoxb-another").with("SLACK_APP_TOKEN", "xapp-another");
        assertThat(loci.run("setup", "slack")).isEqualTo(1);
        assertThat(loci.out())
                .contains("Not yet: Slack does not know the bot's token (SLACK_BOT_TOKEN); copy it again")
                .contains("Not yet: Slack does not know the app-level token (SLACK_APP_TOKEN); copy it again")
                .doesNotContain("another", "\tat ");

        server.refusesTokens("account_inactive");
        assertThat(withTokens().run("check")).isEqualTo(1);
        assertThat(loci.out()).contains("(SLACK_BOT_TOKEN) is no good any more, since the app was removed");
    }

    @Test
    void socket_mode_that_is_switched_off_is_told() {
        server.socket().disablesLink();
        assertThat(withTokens().run("check")).isEqualTo(1);
        assertThat(loci.out()).contains("Socket Mode is off for this app; switch it on");
    }

    @Test
    void a_slack_that_is_not_there_is_told_once() {
        assertThat(withTokens()
                        .with("LOCI_SLACK_APIURL", "http://127.0.0.1:9/api")
                        .run("check"))
                .isEqualTo(1);
        assertThat(loci.out())
                .containsOnlyOnce(
                        "Slack cannot be reached at http://127.0.0.1:9/api/: the address accepts no connection.");
    }

    @Test
    void the_manifest_is_printed_alone() {
        assertThat(loci.with("LOCI_SLACK_LOCICOMMAND", "/mnemo").run("setup", "slack", "--manifest"))
                .isZero();
        assertThat(loci.out()).contains("display_information:", "- command: /mnemo", "socket_mode_enabled: true");
        assertThat(loci.run("setup", "slack", "--http", "https://loci.example.org"))
                .isZero();
        assertThat(loci.out()).contains("request_url: https://loci.example.org/slack/events");
        assertThat(loci.err()).isEmpty();
    }

    @Test
    void what_cannot_be_is_refused_in_one_sentence() {
        assertThat(loci.run("setup", "slack", "--http", "http://loci.example.org"))
                .isEqualTo(2);
        assertThat(loci.err()).isEqualTo("""
            loci: --http needs an address that begins with https://, such as https://loci.example.org
            """);
        assertThat(loci.run("setup", "discord", "--manifest")).isEqualTo(2);
        assertThat(loci.err()).contains("are of slack");
        assertThat(loci.run("setup", "irc")).isEqualTo(2);
        assertThat(loci.err()).hasLineCount(1).contains("irc");
    }
}
