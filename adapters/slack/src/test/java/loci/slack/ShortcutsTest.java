package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Interaction;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.View;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people do with a message, or from anywhere, by the app's shortcuts. */
@Timeout(60)
class ShortcutsTest {

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
    void aQuestionAboutAMessageIsAskedInItsThreadForAllToSee() {
        try (Bot bot = Bot.hearingMentions(server)) {
            bot.model.answers("It is red.");
            Message kettle = bob.says(general, "the kettle is on fire");
            View form = ada.usesShortcut(kettle, "loci_ask").awaitForm();
            assertThat(form.labels()).containsExactly("Your question");
            ada.submits(form, Map.of("Your question", "what *now*, <!here>?")).awaitAcknowledged();
            Message answer = bob.awaits(general, message -> message.text().contains("It is red."));
            assertThat(answer.threadTs()).isEqualTo(kettle.ts());
            assertThat(general.thread(kettle).get(1).text()).contains("ada", "what");
            assertThat(bot.model.prompts().getLast()).contains("the kettle is on fire", "what *now*");
            assertThat(ada.modals()).isEmpty();
            Message more = ada.repliesInThread(kettle, "and then?");
            assertThat(ada.awaitsReplyTo(more).text()).isEqualTo("It is red.");
        }
    }

    @Test
    void aQuestionWithoutWordsAsksWhatItMeans() {
        try (Bot bot = Bot.on(server)) {
            Message kettle = bob.says(general, "the kettle is on fire");
            bot.remembers(here(), 1);
            ada.submits(ada.usesShortcut(kettle, "loci_ask").awaitForm(), Map.of())
                    .awaitAcknowledged();
            ada.awaits(general, message -> message.text().equals("ok"));
            assertThat(bot.model.prompts().getLast()).contains("What does this mean?", "the kettle is on fire");
        }
    }

    @Test
    void whereTheBotIsNotItIsAskedInTheDirectMessages() {
        Channel den = garden.channelWithoutBot("den");
        try (Bot bot = Bot.on(server)) {
            Message kettle = bob.says(den, "the kettle is on fire");
            ada.submits(ada.usesShortcut(kettle, "loci_ask").awaitForm(), Map.of("Your question", "why?"))
                    .awaitAcknowledged();
            ada.awaits(ada.direct(), message -> message.text().equals("ok"));
            assertThat(bot.model.prompts().getLast()).contains("why?", "the kettle is on fire");
            assertThat(den.messages()).hasSize(1);
            assertThat(bob.sees(bob.direct())).isEmpty();
        }
    }

    @Test
    void whatIsAskedPrivatelyIsAnsweredInTheDirectMessages() {
        try (Bot bot = Bot.on(server)) {
            View form = bob.usesGlobalShortcut("loci_private").awaitForm();
            bob.submits(form, Map.of("Your question", "is it me?")).awaitAcknowledged();
            bob.awaits(bob.direct(), message -> message.text().equals("ok"));
            assertThat(bot.model.prompts().getLast()).contains("is it me?");
            assertThat(general.messages()).isEmpty();
        }
    }

    @Test
    void aMessageIsForgottenOnceThatIsConfirmed() {
        try (Bot bot = Bot.on(server)) {
            Message kettle = bob.says(general, "the kettle is red");
            bob.says(general, "the pot is blue");
            bot.remembers(here(), 2);
            View form = ada.usesShortcut(kettle, "loci_forget").awaitForm();
            server.until("the question", () -> form.submit().equals("Forget 1 message"));
            ada.submits(form, Map.of()).awaitAcknowledged();
            Message receipt = ada.awaits(general, Message::ephemeral);
            assertThat(receipt.text()).contains("1 message");
            assertThat(bot.remembers(here())).containsExactly("the pot is blue");
        }
    }

    @Test
    void whatOthersSaidIsForgottenByThoseWhoMayOnly() {
        try (Bot bot = Bot.on(server)) {
            Message kettle = ada.says(general, "the kettle is red");
            bot.remembers(here(), 1);
            View form = bob.usesShortcut(kettle, "loci_forget").awaitForm();
            server.until("a refusal", () -> form.shown().contains("those who manage this place"));
            assertThat(bot.remembers(here())).hasSize(1);
        }
    }

    @Test
    void whatWasSaidFromAMessageOnIsSummedUpAndSharedInItsThread() {
        try (Bot bot = Bot.on(server)) {
            Message first = bob.says(general, "the pot is blue");
            Message kettle = bob.repliesInThread(first, "the kettle is red");
            bot.remembers(here(), 2);
            bot.model.answers("A kettle was spoken of.");
            View form = ada.usesShortcut(kettle, "loci_summary").awaitForm();
            server.until("a summary", () -> form.shown().contains("A kettle was spoken of."));
            assertThat(bot.model.prompts().getLast())
                    .contains("the kettle is red")
                    .doesNotContain("the pot is blue");
            ada.submits(form, Map.of()).awaitAcknowledged();
            Message shared = bob.awaits(general, message -> message.author().equals(server.bot()));
            assertThat(shared.threadTs()).isEqualTo(first.ts());
        }
    }

    @Test
    void aClosedFormIsFollowedByWordsThatOnlyItsOwnerSees() {
        try (Bot bot = Bot.on(server)) {
            Message kettle = bob.says(general, "the kettle is red");
            bot.remembers(here(), 1);
            bot.model.waits();
            Interaction taken = ada.usesShortcut(kettle, "loci_summary");
            View form = taken.awaitForm();
            Bot.until("a question to the model", () -> !bot.model.prompts().isEmpty());
            ada.dismisses(form);
            bot.model.says("A kettle was spoken of.");
            bot.model.ends();
            Message said = ada.awaits(general, Message::ephemeral);
            assertThat(said.text()).contains("A kettle was spoken of.");
            ada.presses(said.button("Share in channel")).awaitAcknowledged();
            bob.awaits(general, message -> message.author().equals(server.bot()));
            assertThat(List.of(taken.failed(), ada.modals().isEmpty())).containsExactly(false, true);
        }
    }

    @Test
    void whatWasPickedIsNotAskedAboutInWordsThatAreGone() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Message kettle = bob.says(general, "the kettle is red");
            Message pot = bob.says(general, "the pot is green");
            View aboutKettle = ada.usesShortcut(kettle, "loci_ask").awaitForm();
            bob.deletes(kettle);
            server.awaitsAcknowledgements();
            ada.submits(aboutKettle, Map.of("Your question", "which colour?")).awaitAcknowledged();
            server.until(
                    "an answer or a refusal",
                    () -> !bot.model.prompts().isEmpty()
                            || !ada.whisperedTo(general).isEmpty());
            View aboutPot = ada.usesShortcut(pot, "loci_ask").awaitForm();
            bob.edits(pot, "the pot is blue");
            server.awaitsAcknowledgements();
            ada.submits(aboutPot, Map.of("Your question", "and this one?")).awaitAcknowledged();
            Bot.until(
                    "the question",
                    () -> bot.model.prompts().stream().anyMatch(prompt -> prompt.contains("and this one?")));
            assertThat(bot.model.prompts())
                    .noneMatch(prompt -> prompt.contains("kettle is red") || prompt.contains("pot is green"));
        }
    }
}
