package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of what people say, change and take back while the database fails. */
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
}
