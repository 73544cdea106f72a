package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Gate;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What those who run the bot are told on Slack, and that nobody waits for it. */
@Timeout(60)
class AdminChannelTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Channel shed = garden.channel("shed");
    private final Person ada = garden.member("ada");
    private final Person keeper = garden.admin("keeper");

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            logged.add(line.getFormattedMessage());
        }
    };

    @BeforeEach
    void listens() {
        log.start();
        ((Logger) LoggerFactory.getLogger(AdminChannel.class)).addAppender(log);
    }

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        ((Logger) LoggerFactory.getLogger(AdminChannel.class)).detachAppender(log);
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private static void breaks(Bot bot) {
        bot.model.answers(prompt -> {
            throw new IllegalStateException("words of the prompt");
        });
    }

    private Message told() {
        return ada.awaits(shed, message -> message.author().equals(server.bot()));
    }

    private void asks(String text) {
        ada.awaitsReplyTo(ada.says(general, "@loci " + text));
    }

    private static String inVain(Channel channel, String why) {
        return "notices for operators cannot be written to the channel " + channel.id() + " of slack.adminChannel: "
                + why;
    }

    @Test
    void operatorsAreToldInTheirChannelAndItIsNoConversation() {
        try (Bot bot = Bot.telling(server, shed)) {
            breaks(bot);
            asks("my secret words");
            asks("again");
            assertThat(told().shown())
                    .startsWith("⚠️ Something in the bot failed")
                    .doesNotContain("words of")
                    .doesNotContain("secret");
            server.awaitsAcknowledgements();
            assertThat(shed.messages()).hasSize(1);
            assertThat(bot.remembers(ConversationId.ofChannel("slack", garden.id(), shed.id())))
                    .isEmpty();
            assertThat(logged).isEmpty();
        }
    }

    @Test
    void aNoticeCallsNobodyWhateverANameInItSays() {
        try (Bot bot = Bot.telling(server, shed)) {
            bot.platform()
                    .tellOperators("⚠️ The model <!channel> & " + ada.mention() + " https://example.org/x failed.");
            Message told = told();
            assertThat(told.pings()).isFalse();
            assertThat(told.shown()).startsWith("⚠️ The model").contains(" & ").endsWith("failed.");
        }
    }

    @Test
    void aChannelThatItIsNotInIsOneLineAtTheStart() {
        keeper.in(shed).removesBot();
        try (Bot bot = Bot.telling(server, shed)) {
            Bot.until("a line", () -> !logged.isEmpty());
            breaks(bot);
            asks("hi");
            server.awaitsCall("chat.postMessage", call -> call.text("channel").equals(shed.id()));
            bot.model.answers("ok");
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci hi")).text()).isEqualTo("ok");
            assertThat(logged).containsExactly(inVain(shed, "the bot is not in it, and has to be invited there"));
            keeper.in(shed).invitesBot();
            bot.platform().tellOperators("⚠️ And now?");
            assertThat(told().shown()).isEqualTo("⚠️ And now?");
        }
        assertThat(logged).hasSize(1);
    }

    @Test
    void aChannelThatIsNoneIsOneLineAtTheStart() {
        keeper.in(shed).archives();
        try (Bot _ = Bot.telling(server, shed)) {
            Bot.until("a line", () -> !logged.isEmpty());
            assertThat(logged).containsExactly(inVain(shed, "it is archived"));
        }
        logged.clear();
        keeper.in(shed).deletes();
        try (Bot _ = Bot.telling(server, shed)) {
            Bot.until("a line", () -> !logged.isEmpty());
            assertThat(logged)
                    .containsExactly(
                            inVain(shed, "there is no such channel, or it is private and the bot is not in it"));
        }
    }

    @Test
    void whereSlackSaysThatItIsTooMuchANoticeWaits() {
        try (Bot bot = Bot.telling(server, shed)) {
            server.faults().next("chat.postMessage", shed).answers(429, Duration.ofSeconds(1));
            bot.platform().tellOperators("⚠️ Something is in trouble.");
            assertThat(told().shown()).isEqualTo("⚠️ Something is in trouble.");
            assertThat(server.calls("chat.postMessage")).hasSize(2);
            assertThat(logged).isEmpty();
        }
    }

    @Test
    void whileANoticeHangsQuestionsAreAnswered() {
        try (Bot bot = Bot.telling(server, shed)) {
            Gate gate = server.faults().next("chat.postMessage", shed).hangs();
            breaks(bot);
            asks("hi");
            assertThat(gate.awaitArrival()).isTrue();
            bot.model.answers("ok");
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci hi")).text()).isEqualTo("ok");
            gate.open();
            told();
        }
    }
}
