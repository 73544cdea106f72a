package loci.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import loci.discord.standin.DiscordServer;
import loci.program.LociProgram.Start;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on Slack, from outside: started, stopped, killed, beside Discord, and what it says where it cannot start. */
class ServesSlackIT {

    @TempDir
    private Path data;

    private final SlackServer slack = SlackServer.start();
    private final Workspace garden = slack.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");

    @BeforeEach
    void aProgramTakesLongerThanATest() {
        slack.patience(Duration.ofSeconds(60));
    }

    @AfterEach
    void nothingStraysFromSlack() {
        slack.close();
        assertThat(slack.violations()).isEmpty();
    }

    private LociProgram serving() {
        LociProgram loci = Start.run(data, slack).start();
        try {
            slack.socket().awaitsConnections(1);
        } catch (AssertionError notConnected) {
            throw new AssertionError("it did not connect; standard error:\n" + loci.err(), notConnected);
        }
        return loci;
    }

    @Test
    void answersAndRemembersOverAStopAndAKill() throws Exception {
        try (LociProgram loci = serving()) {
            ada.awaitsReplyTo(ada.says(general, "@loci My cat is called Marmalade."));
            assertThat(loci.stop()).isEqualTo(128 + 15);
            assertThat(loci.err())
                    .contains(
                            "serving Slack as loci in the workspace Garden; take it into a channel with /invite @loci")
                    .doesNotContain("ERROR", "xoxb-", "xapp-");
        }
        slack.socket().awaitsConnections(0);
        try (LociProgram loci = serving()) {
            Message answer = ada.awaitsReplyTo(ada.says(general, "@loci What is my cat called?"));
            assertThat(answer.text()).contains("Marmalade");
            loci.kill();
        }
        slack.socket().awaitsConnections(0);
        try (LociProgram loci = serving()) {
            Message answer = ada.awaitsReplyTo(ada.says(general, "@loci And today, what is my cat called?"));
            assertThat(answer.text()).contains("Marmalade");
            assertThat(loci.stop()).isEqualTo(128 + 15);
        }
    }

    @Test
    void aWrongTokenEndsTheStartWithOneSentence() throws Exception {
        try (LociProgram loci = Start.run(data, slack)
                .env("SLACK_BOT_TOKEN", "xoxb-not-the-token")
                .start()) {
            assertThat(loci.end()).isEqualTo(1);
            assertThat(loci.err().lines().toList().getLast())
                    .startsWith("loci: ")
                    .contains("token");
            assertThat(loci.err()).doesNotContain("not-the-token").doesNotContain("\tat ");
        }
        try (LociProgram loci =
                Start.run(data, slack).env("SLACK_APP_TOKEN", "").start()) {
            assertThat(loci.end()).isEqualTo(1);
            assertThat(loci.err().lines().toList().getLast())
                    .startsWith("loci: Slack: SLACK_APP_TOKEN is not set;")
                    .endsWith("loci setup slack explains it");
        }
    }

    @Test
    void whatIsWrongOnBothPlatformsIsToldOfBoth() throws Exception {
        try (DiscordServer discord = DiscordServer.start();
                LociProgram loci = Start.run(data, discord)
                        .on(slack)
                        .env("DISCORD_TOKEN", "not.the.token")
                        .env("SLACK_BOT_TOKEN", "xoxb-not-the-token")
                        .start()) {
            assertThat(loci.end()).isEqualTo(1);
            assertThat(loci.err().lines().filter(line -> line.startsWith("loci: ") && line.contains("token")))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("Discord"))
                    .anyMatch(line -> line.contains("Slack"));
        }
    }

    @Test
    void servesBothAndGoesOnWithOneWhereTheOtherEndsForGood() throws Exception {
        try (DiscordServer discord = DiscordServer.start()) {
            discord.patience(Duration.ofSeconds(60));
            var channel = discord.guild("Garden").channel("general");
            var ben = discord.guild("Garden").member("ben");
            try (LociProgram loci = Start.run(data, discord).on(slack).start()) {
                discord.awaitsRequest("PUT", "/applications/*/commands");
                slack.socket().awaitsConnections(1);
                ada.awaitsReplyTo(ada.says(general, "@loci Good morning."));
                ben.awaitsReplyTo(ben.says(channel, "@loci Good morning."));

                slack.uninstallsApp();
                loci.awaitsErr("Discord is served on; start Loci again to be on Slack too");
                ben.awaitsReplyTo(ben.says(channel, "@loci Are you still there?"));

                discord.gateway().closes(4004);
                assertThat(loci.end()).isEqualTo(1);
                assertThat(loci.err().lines().toList().getLast()).contains("token");
                assertThat(loci.err()).doesNotContain("\tat ");
            }
            assertThat(discord.violations()).isEmpty();
        }
    }

    @Test
    void setupTriesTheTokensAndSaysWhereTheBotIs() throws Exception {
        try (LociProgram loci = Start.run(data, slack)
                .instead("setup", "slack")
                .redirected(">&2")
                .start()) {
            assertThat(loci.end()).isZero();
            assertThat(loci.err())
                    .contains("The tokens work, with all scopes: it is loci in the workspace Garden.")
                    .contains("It is in #general;")
                    .doesNotContain(slack.botToken())
                    .doesNotContain(slack.appToken());
        }
    }
}
