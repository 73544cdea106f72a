package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.View;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The home of the app: what is remembered where, for whoever is there. */
@Timeout(60)
class HomeTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");
    private final Channel den = garden.privateChannel("den", bob);

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private ConversationId in(Channel channel) {
        return ConversationId.ofChannel("slack", garden.id(), channel.id());
    }

    @Test
    void showsWhatIsRememberedWhereOnePersonIsAndNothingOfOthers() {
        try (Bot bot = Bot.on(server)) {
            bob.says(general, "the kettle is red");
            bob.says(den, "it is a secret");
            bob.awaitsReplyTo(bob.whispers("in private"));
            bot.remembers(in(general), 1);
            bot.remembers(in(den), 1);
            ada.opensHome();
            String adas = ada.awaitsHome().shown();
            assertThat(adas).contains("#general", "1 message").doesNotContain("den", "secret", "direct messages:");
            bob.opensHome();
            String bobs = bob.awaitsHome().shown();
            assertThat(bobs).contains("#general", "#den", "Our direct messages").doesNotContain("secret");
        }
    }

    @Test
    void isPublishedWhileTheDatabaseIsSlowAndNothingIsHeldUp() {
        try (Bot bot = Bot.on(server)) {
            bob.says(general, "the kettle is red");
            bot.remembers(in(general), 1);
            CountDownLatch database = bot.slowDatabase();
            bob.opensHome();
            server.awaitsAcknowledgements();
            assertThat(bob.home()).isNull();
            database.countDown();
            assertThat(bob.awaitsHome().shown()).contains("#general");
        }
    }

    @Test
    void itsButtonsRunCommandsThere() {
        try (Bot bot = Bot.on(server)) {
            bob.says(general, "the kettle is red");
            bot.remembers(in(general), 1);
            bob.opensHome();
            View home = bob.awaitsHome();
            View kept = bob.presses(home, "What is kept").awaitForm();
            server.until("the memory", () -> kept.shown().contains("note"));
            bob.dismisses(kept);
            View settings = bob.presses(home, "Settings").awaitForm();
            server.until("the settings", () -> settings.shown().contains("strategy"));
            bob.dismisses(settings);
            View forget = bob.presses(home, "Forget what I said").awaitForm();
            server.until("the question", () -> forget.submit().equals("Forget 1 message"));
            bob.submits(forget, Map.of()).awaitAcknowledged();
            bob.awaits(bob.direct(), message -> message.text().contains("1 message"));
            bot.remembers(in(general), 0);
            View privacy = bob.presses(home, "Privacy").awaitForm();
            server.until("the rules", () -> privacy.shown().length() > 100);
        }
    }

    @Test
    void whoHasLeftAPlaceSeesNothingOfIt() {
        try (Bot bot = Bot.on(server)) {
            Message secret = bob.says(den, "it is a secret");
            bot.remembers(in(den), 1);
            bob.opensHome();
            View home = bob.awaitsHome();
            assertThat(home.shown()).contains("#den");
            bob.in(den).leaves();
            View kept = bob.presses(home, "What is kept").awaitForm();
            server.until("a refusal", () -> kept.shown().contains("not in that channel"));
            assertThat(secret.text()).isEqualTo("it is a secret");
        }
    }
}
