package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Faults;
import loci.slack.standin.Interaction;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.View;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands on Slack: acknowledged at once, answered to nobody but who gave them, and said as a message where Slack takes none. */
@Timeout(60)
class CommandsTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.admin("ada");
    private final Person bob = garden.member("bob");

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private ConversationId here() {
        return ConversationId.ofChannel("slack", garden.id(), general.id());
    }

    @Test
    void areAnsweredToNobodyElseAndExplainedAsTheyAreWrittenHere() {
        try (Bot bot = Bot.on(server)) {
            Message help = ada.runs(general, "/loci").awaitAnswer();
            assertThat(help.ephemeral()).isTrue();
            assertThat(help.text()).contains("`/forget here`", "`/loci memory`", "`/loci remember FACT`");
            assertThat(ada.runs(general, "/loci help").awaitAnswer().text()).isEqualTo(help.text());
            assertThat(bob.sees(general)).isEmpty();
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void whoOnlyCallsTheBotReadsHowTheyAreWrittenHere() {
        try (Bot bot = Bot.on(server)) {
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci")).text()).contains("`/loci memory`");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void areCalledAsConfigured() {
        SlackSettings usual = Bot.settings(server);
        SlackSettings other = new SlackSettings(
                usual.botToken(),
                usual.appToken(),
                null,
                usual.apiUrl(),
                null,
                true,
                usual.answerMissed(),
                usual.pace(),
                new SlackSettings.Slashes("/vergiss", "/summary", "/bot"),
                null);
        try (Bot bot = Bot.with(server, other)) {
            assertThat(ada.runs(general, "/bot").awaitAnswer().text()).contains("`/vergiss here`", "`/bot memory`");
            View form = ada.runs(general, "/vergiss here").awaitForm();
            server.until("an answer", () -> form.shown().contains("nothing"));
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void areAcknowledgedWhileTheModelHangsAndTheDatabaseIsSlow() {
        try (Bot bot = Bot.on(server)) {
            bot.model.waits();
            ada.says(general, "@loci hi");
            Bot.until("a question", () -> !bot.model.prompts().isEmpty());
            CountDownLatch database = bot.slowDatabase();
            for (String command : List.of("/loci memory", "/forget here", "/summary", "/loci remember tea at five")) {
                Interaction run = ada.runs(general, command);
                run.awaitAcknowledged();
                assertThat(run.answers()).isEmpty();
            }
            Interaction memory = ada.runs(general, "/loci memory").awaitAcknowledged();
            database.countDown();
            assertThat(memory.awaitAnswer().ephemeral()).isTrue();
            bot.model.ends();
        }
    }

    @Test
    void areConfirmedInAForm() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci my number is 5550199"));
            View form = ada.runs(general, "/forget here").awaitForm();
            server.until("the question", () -> form.submit().equals("Forget 2 messages"));
            ada.submits(form, Map.of()).awaitAcknowledged();
            Message receipt = ada.awaits(general, Message::ephemeral);
            assertThat(receipt.text()).contains("2 messages");
            assertThat(form.open()).isFalse();
            assertThat(bot.remembers(here())).isEmpty();
            assertThat(bob.whisperedTo(general)).isEmpty();
        }
    }

    @Test
    void areConfirmedByAButtonWhereTheFormIsClosedBefore() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci my number is 5550199"));
            CountDownLatch database = bot.slowDatabase();
            Interaction run = ada.runs(general, "/forget here");
            ada.dismisses(run.awaitForm());
            database.countDown();
            Message asked = run.awaitAnswer();
            assertThat(asked.ephemeral()).isTrue();
            ada.presses(asked.button("Forget 2 messages")).awaitAcknowledged();
            server.until(
                    "a receipt",
                    () -> asked.text().contains("2 messages") && asked.buttons().isEmpty());
            assertThat(bot.remembers(here())).isEmpty();
        }
    }

    @Test
    void areForThoseWhoMayOnly() {
        try (Bot bot = Bot.on(server)) {
            bob.awaitsReplyTo(bob.says(general, "@loci hi"));
            View form = bob.runs(general, "/forget here").awaitForm();
            server.until("a refusal", () -> form.shown().contains("those who manage this place"));
            assertThat(form.submit()).isEmpty();
            assertThat(bob.runs(bob.direct(), "/loci settings strategy window")
                            .awaitAnswer()
                            .text())
                    .as("in one's own direct messages one may")
                    .doesNotContain("those who manage");
            assertThat(bot.remembers(here())).hasSize(2);
        }
    }

    @Test
    void anAnswerThatComesTooLateForTheResponseUrlIsSaidAllTheSame() {
        try (Bot bot = Bot.on(server)) {
            CountDownLatch database = bot.slowDatabase();
            Interaction run = ada.runs(general, "/loci memory").awaitAcknowledged();
            bot.database.awaitsHeld(); // It is acknowledged before it is noted how old the URL is.
            server.advance(Duration.ofMinutes(31));
            database.countDown();
            Message said = ada.awaits(general, Message::ephemeral);
            assertThat(said.text()).contains("note");
            assertThat(run.answers()).isEmpty();
        }
    }

    @Test
    void anAnswerThatCannotBeWhisperedComesAsADirectMessage() {
        Channel den = garden.channelWithoutBot("den");
        try (Bot bot = Bot.on(server)) {
            server.faults().next(Faults.RESPONSE_URL).answers(500);
            ada.runs(den, "/loci help").awaitAcknowledged();
            Message said = ada.awaits(ada.direct(), message -> message.text().contains("/forget"));
            assertThat(said.author()).isEqualTo(server.bot());
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void areSaidAsMessagesInThreadsAndAreNoPartOfTheConversation() {
        try (Bot bot = Bot.on(server)) {
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci my number is 5550199"));
            Message typed = ada.repliesInThread(reply, "@loci forget last 2");
            Message asked = ada.awaits(general, Message::ephemeral);
            assertThat(asked.threadTs()).isEqualTo(typed.root());
            assertThat(bot.remembers(here())).hasSize(2);
            assertThat(bob.whisperedTo(general)).isEmpty();
            ada.presses(asked.buttons().getFirst()).awaitAcknowledged();
            server.until("a receipt", () -> asked.buttons().isEmpty());
            assertThat(bot.remembers(here())).isEmpty();
            ada.repliesInThread(reply, "@loci /remember tea at five");
            bot.remembers(here(), 1);
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void sentencesThatBeginLikeCommandsAreForTheModel() {
        try (Bot bot = Bot.on(server)) {
            for (String sentence : List.of(
                    "@loci forget about it, what's up?",
                    "@loci summary of the plot, please",
                    "@loci remember when we met?",
                    "@loci forget last time")) {
                ada.awaitsReplyTo(ada.says(general, sentence));
            }
            assertThat(bot.model.prompts()).hasSize(4);
            assertThat(ada.whisperedTo(general)).isEmpty();
        }
    }

    @Test
    void speakTheLanguageOfWhoGivesThem() {
        bob.speaks("de-DE");
        try (Bot bot = Bot.on(server)) {
            assertThat(bob.runs(general, "/loci help").awaitAnswer().text()).contains("Ich bin Loci");
            assertThat(ada.runs(general, "/loci help").awaitAnswer().text()).contains("I am Loci");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void whatIsWrittenBehindThemIsReadable() {
        try (Bot bot = Bot.on(server)) {
            ada.runs(general, "/loci remember ask " + bob.mention() + " &amp; wait &lt;here&gt;")
                    .awaitAnswer();
            assertThat(bot.remembers(here(), 1)).first().asString().contains("ask @bob & wait <here>");
        }
    }

    @Test
    void aFileComesAsADirectMessage() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            Message said = ada.runs(general, "/loci export mine").awaitAnswer();
            assertThat(said.text()).contains("is in our direct messages");
            Message file = ada.awaits(ada.direct(), message -> !message.files().isEmpty());
            assertThat(file.channel()).isEqualTo(ada.direct());
            assertThat(general.messages()).allMatch(message -> message.files().isEmpty());
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void aFileThatCannotBeSentIsSpokenOf() {
        server.withoutScopes("files:write");
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            assertThat(ada.runs(general, "/loci export mine").awaitAnswer().text())
                    .contains("could not be handed over", "files:write");
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void aSummaryCanBeSharedOnce() {
        try (Bot bot = Bot.on(server)) {
            bob.says(general, "the kettle is red");
            bot.remembers(here(), 1);
            bot.model.answers("They spoke of a <!channel> kettle: https://example.org");
            View form = ada.runs(general, "/summary since 2h").awaitForm();
            server.until("a summary", () -> form.submit().equals("Share in channel"));
            assertThat(bob.sees(general)).hasSize(1);
            ada.submits(form, Map.of()).awaitAcknowledged();
            Message shared = bob.awaits(general, message -> message.author().equals(server.bot()));
            assertThat(shared.text()).contains("ada", "kettle").doesNotContain("<!");
            assertThat(shared.ephemeral()).isFalse();
            assertThat(form.open()).isFalse();
        }
    }

    @Test
    void whatIsForgottenMeanwhileIsNotShared() {
        try (Bot bot = Bot.on(server)) {
            Message secret = bob.says(general, "the kettle is red");
            bot.remembers(here(), 1);
            bot.model.answers("They spoke of a red kettle");
            View form = ada.runs(general, "/summary since 2h").awaitForm();
            server.until("a summary", () -> form.submit().equals("Share in channel"));
            bob.deletes(secret);
            bot.remembers(here(), 0);
            ada.submits(form, Map.of()).awaitAcknowledged();
            ada.awaits(ada.direct(), message -> message.text().contains("cannot be shared any more"));
            assertThat(bob.sees(general)).noneMatch(message -> message.text().contains("red kettle"));
        }
    }
}
