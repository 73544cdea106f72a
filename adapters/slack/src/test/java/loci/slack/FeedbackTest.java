package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Whether an answer was of use: who says so is thanked, and operators can count it. */
@Timeout(60)
class FeedbackTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");
    private final Logger log = (Logger) LoggerFactory.getLogger(Presses.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        log.detachAppender(lines);
        log.setLevel(null);
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private List<String> logged() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void says(Person person, Message answer, String button, String thanks) {
        int before = person.whisperedTo(general).size();
        person.presses(answer.button(button)).awaitAcknowledged();
        server.until("thanks", () -> person.whisperedTo(general).size() > before);
        Message said = person.whisperedTo(general).getLast();
        assertThat(said.text()).isEqualTo(thanks);
        assertThat(said.threadTs()).isEqualTo(answer.threadTs());
    }

    @Test
    void isThankedForInEveryLanguageAndCanBeChanged() {
        bob.speaks("de-DE");
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("the kettle is red");
            Message question = ada.says(general, "@loci what is red?");
            Message answer = ada.awaitsReplyTo(question);
            says(ada, answer, "👍", "Thank you. I noted that this answer was good.");
            says(ada, answer, "👎", "Thank you. I noted that this answer was not good.");
            says(bob, answer, "👍", "Danke. Ich habe vermerkt, dass diese Antwort gut war.");
            assertThat(ada.whisperedTo(general)).hasSize(2);
            assertThat(logged())
                    .hasSize(3)
                    .allMatch(line -> line.contains("conversation=slack/" + garden.id() + "/" + general.id())
                            && line.contains(question.ts()));
            assertThat(logged().get(0)).endsWith("answer=good before=none");
            assertThat(logged().get(1)).endsWith("answer=bad before=good");
            assertThat(logged().get(2)).endsWith("answer=good before=none");
            assertThat(logged())
                    .noneMatch(line ->
                            line.contains("red") || line.contains(ada.account().id()) || line.contains("ada"));
            assertThat(answer.text()).isEqualTo("the kettle is red");
        }
    }
}
