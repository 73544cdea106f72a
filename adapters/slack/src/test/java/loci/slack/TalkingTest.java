package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import loci.chat.ConversationId;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** To whom the bot listens, whom it answers, and where what was said is remembered. */
@Timeout(60)
class TalkingTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private ConversationId conversation(Channel channel) {
        return ConversationId.ofChannel("slack", garden.id(), channel.id());
    }

    @Test
    void answersWhoMentionsItInTheThreadOfTheQuestionAndPingsNobody() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("hello @everyone, hello " + bob.mention() + " <!channel>");
            Message question = ada.says(general, "@loci hi, I am with @bob");
            Message reply = ada.awaitsReplyTo(question);
            assertThat(reply.threadTs()).isEqualTo(question.ts());
            assertThat(reply.text()).contains("hello").doesNotContain("<!", "<@");
            assertThat(bot.model.prompts().getLast())
                    .contains("hi, I am with @bob")
                    .doesNotContain("<@");
            assertThat(bot.model.prompts()).as("told of twice, answered once").hasSize(1);
        }
    }

    @Test
    void remembersWhatIsNotSaidToItAndGoesOnInAThreadItWasCalledInto() {
        try (Bot bot = Bot.on(server)) {
            bob.says(general, "the kettle is red");
            Message first = ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            Message second = ada.awaitsReplyTo(ada.repliesInThread(first, "what colour?"));
            assertThat(second.text()).isEqualTo("ok");
            assertThat(bot.model.prompts().getLast()).contains("the kettle is red", "what colour?");
            assertThat(bot.remembers(conversation(general))).hasSize(5);
        }
    }

    @Test
    void answersDirectMessagesWhichAreAConversationOfTheirOwn() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci in public"));
            Message reply = ada.awaitsReplyTo(ada.whispers("in private"));
            assertThat(reply.threadTs()).isNull();
            assertThat(bot.model.prompts().getLast()).contains("in private").doesNotContain("in public");
        }
    }
}
