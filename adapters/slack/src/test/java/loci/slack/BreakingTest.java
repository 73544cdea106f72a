package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What breaks in our own code over one event costs that event and no other: what comes after it in the channel is heard. */
@Timeout(60)
class BreakingTest {

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

    private void isHeardWhenItIsSentAgain(Function<SlackServer, Bot> there) {
        try (Bot bot = there.apply(server)) {
            bot.breaksOnce();
            ada.says(general, "one");
            ada.awaitsReplyTo(ada.says(general, "@loci two"));
            server.until("the other events", () -> server.unacknowledged() == 1);
            assertThat(bot.remembers(here)).containsExactly("two", "ok");
            assertThat(server.redeliversUnacknowledged()).isEqualTo(1);
            assertThat(bot.remembers(here, 3)).containsExactlyInAnyOrder("one", "two", "ok");
            server.awaitsAcknowledgements();
        }
    }

    @Test
    void overAMessage() {
        isHeardWhenItIsSentAgain(Bot::on);
    }

    @Test
    void overAMessageThatIsBroughtByARequest() {
        isHeardWhenItIsSentAgain(Bot::byHttp);
    }

    @Test
    void overADeletionWhichIsTriedAgain() {
        try (Bot bot = Bot.on(server)) {
            Message one = ada.says(general, "one");
            bot.remembers(here, 1);
            server.awaitsAcknowledgements();
            bot.database.breaksOnce(asked -> asked.what().equals("find") && here.equals(asked.conversation()));
            ada.deletes(one);
            ada.awaitsReplyTo(ada.says(general, "@loci two"));
            server.until("the other events", () -> server.unacknowledged() == 1);
            assertThat(bot.remembers(here, 2)).containsExactly("two", "ok");
        }
    }
}
