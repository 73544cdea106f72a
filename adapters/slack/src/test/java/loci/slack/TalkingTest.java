package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

/** To whom the bot listens, whom it answers, and where what was said is remembered. */
@Timeout(60)
class TalkingTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private ConversationId conversation(Channel channel) {
        return ConversationId.ofChannel("slack", garden.id(), channel.id());
    }

    @Test
    void answersWhoMentionsItInTheThreadOfTheQuestionAndPingsNobody() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("hello @everyone, hello " + bob.mention() + " <!channel>");
            Message question = ada.says(general, "@loci hi, I am with @bob");
            Message reply = ada.awaitsReplyTo(question);
            assertThat(reply.threadTs()).isEqualTo(question.ts());
            assertThat(reply.text()).contains("hello").doesNotContain("<!", "<@");
            assertThat(bot.model.prompts().getLast())
                    .contains("hi, I am with @bob")
                    .doesNotContain("<@");
            assertThat(bot.model.prompts()).as("told of twice, answered once").hasSize(1);
        }
    }

    @Test
    void remembersWhatIsNotSaidToItAndGoesOnInAThreadItWasCalledInto() {
        try (Bot bot = Bot.on(server)) {
            bob.says(general, "the kettle is red");
            Message first = ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            Message second = ada.awaitsReplyTo(ada.repliesInThread(first, "what colour?"));
            assertThat(second.text()).isEqualTo("ok");
            assertThat(bot.model.prompts().getLast()).contains("the kettle is red", "what colour?");
            assertThat(bot.remembers(conversation(general))).hasSize(5);
        }
    }

    @Test
    void answersDirectMessagesWhichAreAConversationOfTheirOwn() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci in public"));
            Message reply = ada.awaitsReplyTo(ada.whispers("in private"));
            assertThat(reply.threadTs()).isNull();
            assertThat(bot.model.prompts().getLast()).contains("in private").doesNotContain("in public");
        }
    }

    @Test
    void theFirstMentionInAThreadBringsWhatItIsUnder() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Message root = bob.says(general, "the kettle is red");
            Message reply = ada.awaitsReplyTo(ada.repliesInThread(root, "@loci is that so?"));
            assertThat(reply.threadTs()).isEqualTo(root.ts());
            assertThat(bot.model.prompts().getLast()).contains("the kettle is red", "is that so?");
            ada.awaitsReplyTo(ada.repliesInThread(reply, "and now?"));
            assertThat(bot.model.prompts()).hasSize(2);
        }
    }

    @Test
    void aThreadItWasCalledIntoIsKnownAfterARestart() {
        try (Bot bot = Bot.on(server)) {
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            bot.restarts();
            assertThat(ada.awaitsReplyTo(ada.repliesInThread(reply, "still there?"))
                            .text())
                    .isEqualTo("ok");
        }
    }

    @Test
    void otherThreadsAndOtherBotsAreNotAnswered() {
        try (Bot bot = Bot.on(server)) {
            Person parrot = garden.otherBot("parrot");
            parrot.says(general, "@loci hi");
            bob.repliesInThread(bob.says(general, "a secret thread"), "between us");
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            assertThat(bot.model.prompts()).hasSize(1);
            assertThat(bot.remembers(conversation(general)))
                    .containsExactly("a secret thread", "between us", "hi", "ok");
        }
    }

    @Test
    void privateChannelsAndGroupsAndGuestsAndStrangersAreAnswered() {
        try (Bot bot = Bot.on(server)) {
            Channel secret = garden.privateChannel("secret", ada);
            assertThat(ada.awaitsReplyTo(ada.says(secret, "@loci hi")).text()).isEqualTo("ok");
            Channel group = garden.group(ada, bob);
            bob.says(group, "not to you");
            assertThat(bob.awaitsReplyTo(bob.says(group, "@loci hi")).text()).isEqualTo("ok");
            Person guest = garden.guest("gus");
            assertThat(guest.awaitsReplyTo(guest.says(general, "@loci hi")).text())
                    .isEqualTo("ok");
            Workspace forest = server.workspace("Forest");
            general.isSharedWith(forest);
            Person stranger = garden.stranger("sam", forest);
            assertThat(stranger.awaitsReplyTo(stranger.says(general, "@loci hi"))
                            .text())
                    .isEqualTo("ok");
            assertThat(bot.model.prompts()).hasSize(4);
        }
    }

    @Test
    void answersInThePaneOfAssistantsInItsThread() {
        try (Bot bot = Bot.on(server)) {
            Message root = ada.assistant().opens(general);
            Message reply = ada.awaitsReplyTo(ada.repliesInThread(root, "hi"));
            assertThat(reply.threadTs()).isEqualTo(root.ts());
            assertThat(reply.text()).isEqualTo("ok");
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void answersInTheChannelWhereItIsToldTo() {
        try (Bot bot = Bot.answeringInChannels(server)) {
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            assertThat(reply.threadTs()).isNull();
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void whatIsSaidInAChannelIsHeardInOrderWhileNamesAreSlow() {
        try (Bot bot = Bot.on(server)) {
            Gate gate = server.faults().next("users.info").hangs();
            ada.says(general, "one");
            bob.says(general, "two");
            Channel other = garden.channel("other");
            ada.says(other, "elsewhere");
            bot.remembers(conversation(other), 1);
            gate.open();
            assertThat(bot.remembers(conversation(general), 2)).containsExactly("one", "two");
        }
    }

    @Test
    void whatTheStoreDoesNotTakeIsNotAcknowledgedAndComesAgain() {
        try (Bot bot = Bot.on(server)) {
            bot.dies();
            ada.says(general, "@loci hi");
            assertThat(server.unacknowledged()).isPositive();
            bot.comesBack();
            server.redeliversUnacknowledged();
            server.awaitsAcknowledgements();
            Bot.until("the answer", () -> bot.remembers(conversation(general)).equals(List.of("hi", "ok")));
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void aLostConnectionIsMadeAgain() {
        try (Bot bot = Bot.on(server)) {
            server.socket().asksToReconnect();
            server.socket().awaitsOpened(2);
            assertThat(ada.awaitsReplyTo(ada.whispers("hi")).text()).isEqualTo("ok");
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void whereSocketModeIsSwitchedOffItEndsWithASentence() throws InterruptedException {
        try (Bot bot = Bot.on(server)) {
            server.socket().disablesLink();
            assertThat(bot.platform().awaitEnd()).contains("Socket Mode").endsWith(".");
        }
    }

    @Test
    void whatAThreadIsUnderIsShownAsItReadsNow() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Message root = bob.says(general, "the kettle is red");
            Message gone = bob.says(general, "the pot is green");
            // Slack is asked what these threads are under, to know whether the bot was called into them.
            ada.repliesInThread(root, "really?");
            ada.repliesInThread(gone, "is it?");
            server.awaitsAcknowledgements();
            bob.edits(root, "the kettle is blue");
            bob.deletes(gone);
            server.awaitsAcknowledgements();
            ada.awaitsReplyTo(ada.repliesInThread(root, "@loci which colour?"));
            assertThat(bot.model.prompts().getLast())
                    .contains("which colour?", "the kettle is blue")
                    .doesNotContain("the kettle is red");
            ada.awaitsReplyTo(ada.repliesInThread(gone, "@loci and this one?"));
            assertThat(bot.model.prompts().getLast())
                    .contains("and this one?")
                    .doesNotContain("the pot is green", "This message was deleted");
        }
    }

    @Test
    void slackMakesNothingOfNamesInWhatTheBotSays() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("ask @ada in #general, see https://example.org");
            Message reply = bob.awaitsReplyTo(bob.says(general, "@loci whom?"));
            assertThat(reply.blocks().findValues("verbatim")).isNotEmpty().allMatch(verbatim -> verbatim.asBoolean());
            assertThat(reply.blocks().findValuesAsText("type")).contains("mrkdwn");
        }
    }
}
