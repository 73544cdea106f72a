package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of what people say, change and take back while the database fails or is slow. */
@Timeout(60)
class StoringTest {

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

    /** Says it while it cannot be stored; Slack will send it again. */
    private Message saysInVain(Bot bot, String text) {
        bot.database.fails(asked -> here.equals(asked.conversation()));
        Message said = ada.says(general, text);
        bot.database.awaitsFailure();
        // What comes now waits for what came before it.
        ada.reacts(said, "wave");
        server.until("the attempts", () -> server.unacknowledged() == (text.contains("@loci") ? 2 : 1));
        bot.database.works();
        return said;
    }

    @Test
    void anEditThatOvertakesAMessageIsNotUndoneByIt() {
        try (Bot bot = Bot.on(server)) {
            Message said = saysInVain(bot, "the kettle is red");
            ada.edits(said, "the kettle is green");
            ada.edits(said, "the kettle is blue");
            server.until("the edits", () -> server.unacknowledged() == 1);
            assertThat(server.redeliversUnacknowledged()).isEqualTo(1);
            assertThat(bot.remembers(here, 1)).containsExactly("the kettle is blue");
        }
    }

    @Test
    void aQuestionThatWasEditedMeanwhileIsAnsweredAsItReadsNow() {
        try (Bot bot = Bot.on(server)) {
            Message question = saysInVain(bot, "@loci is 5550199 a number?");
            ada.edits(question, "@loci is one a number?");
            server.until("the edit", () -> server.unacknowledged() == 2);
            server.redeliversUnacknowledged();
            ada.awaitsReplyTo(question);
            assertThat(bot.model.prompts()).hasSize(1).allMatch(prompt -> prompt.contains("is one a number?"));
            assertThat(bot.model.prompts().getFirst()).doesNotContain("5550199");
            assertThat(bot.remembers(here, 2)).containsExactly("is one a number?", "ok");
        }
    }

    @Test
    void aMessageThatWasDeletedMeanwhileIsNotRemembered() {
        try (Bot bot = Bot.on(server)) {
            Message said = saysInVain(bot, "the kettle is red");
            ada.edits(said, "the kettle is blue");
            ada.deletes(said);
            server.until("the deletion", () -> server.unacknowledged() == 1);
            server.redeliversUnacknowledged();
            server.awaitsAcknowledgements();
            assertThat(bot.remembers(here)).isEmpty();
        }
    }

    @Test
    void whatIsTakenBackIsForgottenEverywhereElseWhereItCannotBeInOnePlace() {
        try (Bot bot = Bot.withThreadsApart(server)) {
            Message root = ada.says(general, "about kettles");
            Message red = ada.repliesInThread(root, "the kettle is red");
            Message blue = ada.repliesInThread(root, "the pot is blue");
            ConversationId apart = new ConversationId("slack", garden.id(), general.id(), root.ts());
            bot.remembers(apart, 2);
            bot.database.fails(
                    asked -> here.equals(asked.conversation()) && asked.what().equals("find"));
            ada.edits(blue, "the pot is green");
            Bot.until("the edit", () -> bot.remembers(apart).contains("the pot is green"));
            ada.deletes(red);
            assertThat(bot.remembers(apart, 1)).isEqualTo(List.of("the pot is green"));
            server.until("what failed", () -> server.unacknowledged() == 2);
            bot.database.works();
            server.redeliversUnacknowledged();
            server.awaitsAcknowledgements();
            assertThat(bot.remembers(here)).containsExactly("about kettles");
        }
    }

    /** What is changed or taken back is looked for first. */
    private static boolean isLookedFor(ConversationId in, Database.Asked asked) {
        return asked.what().equals("find") && in.equals(asked.conversation());
    }

    @Test
    void whatIsChangedInAChannelDoesNotWaitForAnother() {
        Channel other = garden.channel("other");
        ConversationId there = ConversationId.ofChannel("slack", garden.id(), other.id());
        try (Bot bot = Bot.on(server)) {
            Message red = ada.says(general, "the kettle is red");
            Message blue = ada.says(other, "the pot is blue");
            bot.remembers(here, 1);
            bot.remembers(there, 1);
            CountDownLatch slow = bot.database.holds(asked -> isLookedFor(here, asked));
            ada.deletes(red);
            bot.database.awaitsHeld();
            ada.edits(blue, "the pot is green");
            Bot.until("the edit", () -> bot.remembers(there).equals(List.of("the pot is green")));
            assertThat(bot.remembers(here)).containsExactly("the kettle is red");
            slow.countDown();
            bot.remembers(here, 0);
        }
    }

    @Test
    void whatIsTriedAgainInAChannelDoesNotWaitForAnother() {
        Channel other = garden.channel("other");
        ConversationId there = ConversationId.ofChannel("slack", garden.id(), other.id());
        try (Bot bot = Bot.on(server)) {
            Message red = ada.says(general, "the kettle is red");
            Message blue = ada.says(other, "the pot is blue");
            bot.remembers(here, 1);
            bot.remembers(there, 1);
            bot.database.fails(asked -> isLookedFor(here, asked));
            ada.deletes(red);
            bot.database.awaitsFailure();
            bot.database.fails(asked -> isLookedFor(here, asked) || isLookedFor(there, asked));
            ada.deletes(blue);
            bot.database.awaitsFailure();
            CountDownLatch slow = bot.database.holds(asked -> isLookedFor(here, asked));
            bot.database.works();
            bot.database.awaitsHeld();
            bot.remembers(there, 0);
            assertThat(bot.remembers(here)).containsExactly("the kettle is red");
            slow.countDown();
            bot.remembers(here, 0);
        }
    }
}
