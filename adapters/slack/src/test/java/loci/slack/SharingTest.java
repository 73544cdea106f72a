package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Gate;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.View;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is forgotten is not shared, whenever that happens. */
@Timeout(60)
class SharingTest {

    private static final String SUMMARY = "They spoke of a red kettle.";

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.admin("ada");
    private final Person bob = garden.member("bob");
    private final ConversationId here = ConversationId.ofChannel("slack", garden.id(), general.id());

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private Message said(Bot bot) {
        Message said = bob.says(general, "the kettle is red");
        bot.remembers(here, 1);
        return said;
    }

    /** The form with a summary that can be shared. */
    private View summed(Bot bot) {
        bot.model.answers(SUMMARY);
        View form = ada.runs(general, "/summary since 2h").awaitForm();
        isOffered(form);
        return form;
    }

    private void isOffered(View form) {
        server.until("a summary", () -> form.submit().equals("Share in channel"));
    }

    private void isRefused(View form) {
        ada.submits(form, Map.of()).awaitAcknowledged();
        ada.awaits(ada.direct(), message -> message.text().contains("cannot be shared any more"));
        assertThat(bob.sees(general)).noneMatch(message -> message.text().contains("red kettle"));
    }

    @Test
    void whatIsForgottenWhileItIsOfferedIsNotShared() {
        try (Bot bot = Bot.on(server)) {
            Message said = said(bot);
            bot.model.waits();
            View form = ada.runs(general, "/summary since 2h").awaitForm();
            Bot.until("a question to the model", () -> !bot.model.prompts().isEmpty());
            // Who shares is asked anew by then, and Slack takes its time.
            server.advance(Duration.ofMinutes(6));
            int asked = server.calls("users.info").size();
            Gate gate = server.faults().next("users.info").hangs();
            bot.model.says(SUMMARY);
            bot.model.ends();
            server.until("who shares", () -> server.calls("users.info").size() > asked);
            bob.deletes(said);
            bot.remembers(here, 0);
            server.awaitsAcknowledgements();
            gate.open();
            isOffered(form);
            isRefused(form);
        }
    }

    @Test
    void whatIsBeingForgottenIsNotShared() {
        try (Bot bot = Bot.on(server)) {
            Message said = said(bot);
            bot.model.waits();
            View form = ada.runs(general, "/summary since 2h").awaitForm();
            Bot.until("a question to the model", () -> !bot.model.prompts().isEmpty());
            CountDownLatch erasing = bot.database.holds(asked -> asked.what().equals("erase"));
            bob.deletes(said);
            bot.database.awaitsHeld();
            bot.model.says(SUMMARY);
            bot.model.ends();
            isOffered(form);
            isRefused(form);
            erasing.countDown();
            bot.remembers(here, 0);
        }
    }

    @Test
    void whatIsForgottenWhileItIsPostedIsTakenBack() {
        try (Bot bot = Bot.on(server)) {
            Message said = said(bot);
            View form = summed(bot);
            Gate gate = server.faults().next("chat.postMessage").hangsWithTheAnswer();
            ada.submits(form, Map.of()).awaitAcknowledged();
            bob.awaits(general, message -> message.text().contains("red kettle"));
            bob.deletes(said);
            bot.remembers(here, 0);
            gate.open();
            ada.awaits(ada.direct(), message -> message.text().contains("cannot be shared any more"));
            assertThat(bob.sees(general)).noneMatch(message -> message.text().contains("red kettle"));
        }
    }

    @Test
    void whatACommandForgetsIsNotShared() {
        try (Bot bot = Bot.on(server)) {
            said(bot);
            View form = summed(bot);
            View forgetting = ada.runs(general, "/forget here --yes").awaitForm();
            server.until("a receipt", () -> forgetting.shown().contains("1 message"));
            assertThat(bot.remembers(here)).isEmpty();
            isRefused(form);
        }
    }

    @Test
    void whereItCannotBeSeenWhatIsStillRememberedNothingIsShared() {
        try (Bot bot = Bot.on(server)) {
            said(bot);
            View form = summed(bot);
            bot.database.fails(asked -> asked.what().equals("epoch"));
            isRefused(form);
        }
    }
}
