package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import loci.chat.ConversationId;
import loci.slack.standin.Button;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.View;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What buttons and forms name is good for those only who may. */
@Timeout(60)
class ForgedTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");
    private final Channel den = garden.privateChannel("den", ada);

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void nobodyActsOnTheDirectMessagesOfOthersFromHome() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.whispers("in private"));
            bob.awaitsReplyTo(bob.whispers("hello"));
            bob.opensHome();
            View home = bob.awaitsHome();
            View forged = bob.presses(home, "What is kept", ada.direct().id()).awaitForm();
            server.until("a refusal", () -> forged.shown().contains("not in that channel"));
            bob.dismisses(forged);
            View privately = bob.presses(home, "What is kept", den.id()).awaitForm();
            server.until("a refusal", () -> privately.shown().contains("not in that channel"));
            bob.dismisses(privately);
            View own = bob.presses(home, "Forget what I said").awaitForm();
            server.until("the question", () -> own.submit().equals("Forget 2 messages"));
            assertThat(bot.remembers(ConversationId.ofChannel(
                            "slack", garden.id(), ada.direct().id())))
                    .hasSize(2);
        }
    }

    @Test
    void nobodyAsksAboutMessagesThatTheyDoNotSee() {
        try (Bot bot = Bot.on(server)) {
            Message secret = ada.says(den, "the kettle is red");
            bot.remembers(ConversationId.ofChannel("slack", garden.id(), den.id()), 1);
            ada.usesShortcut(secret, "loci_ask").awaitForm();
            Message said = bob.says(general, "hello");
            View form = bob.usesShortcut(said, "loci_ask").awaitForm();
            bob.submits(form, Map.of("Your question", "what is it?"), den.id() + "/" + secret.ts() + "/")
                    .awaitAcknowledged();
            bob.awaits(bob.direct(), message -> message.text().contains("Please pick it again"));
            assertThat(den.messages()).hasSize(1);
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void whatWasPickedBeforeARestartIsKnownByItsNameToThoseWhoAreThere() {
        try (Bot bot = Bot.on(server)) {
            Message kettle = ada.says(den, "the kettle is red");
            bot.remembers(ConversationId.ofChannel("slack", garden.id(), den.id()), 1);
            View form = ada.usesShortcut(kettle, "loci_ask").awaitForm();
            bot.restarts();
            ada.submits(form, Map.of("Your question", "what is it?")).awaitAcknowledged();
            ada.awaits(den, message -> message.text().equals("ok"));
            assertThat(bot.model.prompts().getLast()).contains("what is it?", "the kettle is red");
        }
    }

    @Test
    void onlyWhoAskedStopsAnAnswer() {
        try (Bot bot = Bot.answeringInChannels(server)) {
            bob.speaks("de-DE");
            bot.model.rambles();
            ada.says(general, "@loci tell");
            bot.model.says("Once upon ");
            Message reply = server.awaits(
                    "a beginning",
                    () -> ada.sees(general).stream()
                            .filter(message -> !message.buttons().isEmpty())
                            .findFirst()
                            .orElse(null));
            Button stop = reply.button("⏹ Stop");
            assertThat(stop.value())
                    .as("who asked is not believed from a button")
                    .doesNotContain(ada.account().id());
            bob.presses(stop);
            assertThat(bob.awaits(general, Message::ephemeral).text()).contains("nur, wer gefragt hat");
            ada.presses(stop);
            server.until("the end", () -> reply.text().contains("stopped"));
        }
    }
}
