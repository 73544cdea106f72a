package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Gate;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens while the bot is away, and what it knows of it when it is back, where Slack shows it. */
@Timeout(60)
class AwayTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final ConversationId here = ConversationId.ofChannel("slack", garden.id(), general.id());

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void whatWasMissedIsRememberedInOrderAndAnsweredOnce() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "one");
            bot.remembers(here, 1);
            bot.dies();
            ada.says(general, "two");
            Message question = ada.says(general, "@loci three");
            ada.says(general, "four");
            bot.comesBack();
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("ok");
            // Four may be there before the answer or after it.
            assertThat(bot.remembers(here, 5)).contains("ok").containsSubsequence("one", "two", "three", "four");
            server.redeliversUnacknowledged();
            server.awaitsAcknowledgements();
            assertThat(bot.remembers(here)).hasSize(5);
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void whatIsTooOldIsRememberedButNotAnswered() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "one");
            bot.remembers(here, 1);
            bot.dies();
            ada.says(general, "@loci two");
            server.advance(Duration.ofHours(2));
            bot.comesBack();
            assertThat(bot.remembers(here, 2)).containsExactly("one", "two");
            ada.awaitsReplyTo(ada.says(general, "@loci three"));
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void whatWasEditedOrDeletedMeanwhileIsHereToo() {
        try (Bot bot = Bot.on(server)) {
            Message one = ada.says(general, "one");
            Message two = ada.says(general, "two");
            ada.says(general, "three");
            bot.remembers(here, 3);
            bot.dies();
            ada.edits(one, "uno");
            ada.deletes(two);
            bot.comesBack();
            assertThat(bot.remembers(here, 2)).containsExactlyInAnyOrder("uno", "three");
        }
    }

    @Test
    void whatWasSaidInThreadsIsCaughtUpWithToo() {
        try (Bot bot = Bot.on(server)) {
            Message question = ada.says(general, "@loci one");
            Message reply = ada.awaitsReplyTo(question);
            bot.remembers(here, 2);
            bot.dies();
            Message next = ada.repliesInThread(reply, "two");
            bot.comesBack();
            assertThat(ada.awaitsReplyTo(next).text()).isEqualTo("ok");
            assertThat(bot.remembers(here, 4)).containsExactly("one", "ok", "two", "ok");
        }
    }

    @Test
    void whereSlackDoesNotShowItTheBotGoesOnWithoutIt() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "one");
            bot.remembers(here, 1);
            bot.dies();
            ada.says(general, "two");
            server.faults().next("conversations.history").answers(429, Duration.ofMinutes(1));
            bot.comesBack();
            ada.awaitsReplyTo(ada.says(general, "@loci three"));
            assertThat(bot.remembers(here)).containsExactly("one", "three", "ok");
        }
    }

    @Test
    void whatWasKeptInMindHidesNothingOfWhatWasMissed() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "one");
            bot.remembers(here, 1);
            ada.runs(general, "/loci remember tea at five").awaitAnswer();
            bot.dies();
            ada.says(general, "two");
            bot.comesBack();
            assertThat(bot.remembers(here, 3)).containsExactly("one", "tea at five", "two");
        }
    }

    @Test
    void whatWasACommandIsNotRunAgain() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "the kettle is red");
            bot.remembers(here, 1);
            ada.says(general, "@loci forget mine");
            ada.awaits(general, Message::ephemeral);
            ada.says(general, "@loci /remember tea at five");
            bot.remembers(here, 2);
            ada.awaits(general, message -> message.ephemeral() && message.text().contains("in mind"));
            bot.restarts();
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            assertThat(ada.whisperedTo(general)).hasSize(2);
            assertThat(bot.remembers(here)).hasSize(4);
            assertThat(bot.model.prompts()).hasSize(1).noneMatch(prompt -> prompt.contains("forget mine"));
        }
    }

    @Test
    void anOutageThatSlackAnnouncedIsCaughtUpWith() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "one");
            bot.remembers(here, 1);
            int opened = server.calls("apps.connections.open").size();
            server.faults().next("apps.connections.open").answers(500);
            Gate back = server.faults().next("apps.connections.open").hangs();
            server.socket().asksToReconnect();
            server.until(
                    "an attempt", () -> server.calls("apps.connections.open").size() > opened);
            server.socket().closes();
            ada.says(general, "two");
            Message question = ada.says(general, "@loci three");
            // The client looks after its connection every five seconds, and less often when it fails.
            server.patience(Duration.ofSeconds(40));
            server.until(
                    "another attempt",
                    () -> server.calls("apps.connections.open").size() > opened + 1);
            server.advance(Duration.ofMinutes(2));
            back.open();
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("ok");
            assertThat(bot.remembers(here, 4)).containsExactly("one", "two", "three", "ok");
        }
    }

    @Test
    void aMomentWithoutAConnectionIsNotCaughtUpWith() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "one");
            bot.remembers(here, 1);
            int fetched = server.calls("conversations.history").size();
            server.patience(Duration.ofSeconds(40));
            server.socket().closes();
            server.socket().awaitsOpened(2);
            ada.awaitsReplyTo(ada.says(general, "@loci two"));
            assertThat(server.calls("conversations.history")).hasSize(fetched);
        }
    }
}
