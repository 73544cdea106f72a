package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loci.chat.ConversationId;
import loci.discord.standin.Button;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Interaction;
import loci.discord.standin.Message;
import loci.discord.standin.Permission;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people do with a message that they pick on Discord. */
@Timeout(60)
class PickingTest {

    private static final String FORGET = "Forget this message";
    private static final String SUMMARY = "Summarise from here";

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private ConversationId here() {
        return ConversationId.ofChannel("discord", Long.toString(garden.id()), Long.toString(general.id()));
    }

    private void confirms(Person person, Message asked) {
        Button button = asked.buttons().getFirst();
        person.presses(button).awaitAcknowledged();
        server.until("a receipt", () -> asked.text().startsWith("Forgotten"));
    }

    @Test
    void aMessageOfOnesOwnIsForgottenWithItsAnswer() {
        try (Bot bot = Bot.on(server)) {
            Message question = ada.says(general, "@loci my number is 5550199");
            ada.awaitsReplyTo(question);
            Interaction picked = ada.picks(FORGET, question);
            Message asked = picked.awaitAnswer();
            assertThat(asked.ephemeral()).isTrue();
            assertThat(asked.text()).contains("1 message, 1 more reply of mine");
            confirms(ada, asked);
            assertThat(bot.remembers(here())).isEmpty();
            assertThat(ada.picks(FORGET, question).awaitAnswer().text()).startsWith("Nothing of this message");
        }
    }

    @Test
    void theAnswerToOnesOwnQuestionIsOnesOwnToo() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("four cows");
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci how many?"));
            Bot.until("it is noted as which message", () -> !bot.owes());
            assertThat(bob.picks(FORGET, reply).awaitAnswer().text()).contains("those who manage this place");
            confirms(ada, ada.picks(FORGET, reply).awaitAnswer());
            assertThat(bot.remembers(here())).hasSize(1).first().asString().contains("how many?");
        }
    }

    @Test
    void othersMessagesAreForWhoManagesThePlace() {
        try (Bot bot = Bot.on(server)) {
            Message said = ada.says(general, "the plan");
            bot.remembers(here(), 1);
            assertThat(bob.picks(FORGET, said).awaitAnswer().text()).contains("those who manage this place");
            garden.gives(bob.account(), garden.role("keepers", Permission.MANAGE_GUILD));
            confirms(bob, bob.picks(FORGET, said).awaitAnswer());
            assertThat(bot.remembers(here())).isEmpty();
        }
    }

    @Test
    void nobodyElsePressesTheButton() {
        try (Bot bot = Bot.on(server)) {
            Message own = ada.says(ada.direct(), "between us");
            ada.awaitsReplyTo(own);
            confirms(ada, ada.picks(FORGET, own).awaitAnswer());
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void aMessageInAThreadIsOneOfItsChannels() {
        try (Bot bot = Bot.on(server)) {
            Channel thread = ada.opensThread(general, "side");
            Message said = ada.says(thread, "@loci in the thread");
            ada.awaitsReplyTo(said);
            confirms(ada, ada.picks(FORGET, said).awaitAnswer());
            assertThat(bot.remembers(here())).isEmpty();
        }
    }

    @Test
    void aSummaryBeginsWithTheMessagePicked() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "we start at nine");
            server.advance(Duration.ofMinutes(5));
            Message from = bob.says(general, "the hall is booked");
            server.advance(Duration.ofMinutes(5));
            bob.says(general, "bring the folder");
            bot.remembers(here(), 3);
            bot.model.answers("- the hall is booked");
            Interaction picked = ada.picks(SUMMARY, from);
            Message told = picked.awaitAnswer();
            assertThat(told.ephemeral()).isTrue();
            assertThat(told.text()).contains("2 messages", "the hall is booked");
            assertThat(bot.model.prompts().getLast()).contains("hall", "folder").doesNotContain("nine");
        }
    }

    @Test
    void itIsAcknowledgedAtOnceAndAnsweredDirectlyWhenItsTimeIsOver() {
        try (Bot bot = Bot.on(server)) {
            Message question = ada.says(general, "@loci hi");
            ada.awaitsReplyTo(question);
            server.faults().next("PATCH", "/webhooks/*/*/messages/@original").fails(404, 10015, "Unknown Webhook");
            Interaction picked = ada.picks(FORGET, question);
            picked.awaitAcknowledged();
            Message direct =
                    ada.awaits(ada.direct(), message -> !message.buttons().isEmpty());
            confirms(ada, direct);
            assertThat(bot.remembers(here())).isEmpty();
        }
    }

    @Test
    void helpSaysWhatIsNotHeard() {
        try (Bot bot = Bot.ofMentions(server)) {
            assertThat(ada.runs(general, "/help").awaitAnswer().text()).contains("The platform shows me nothing else");
            assertThat(ada.runs(ada.direct(), "/help").awaitAnswer().text()).doesNotContain("What I see here");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void helpSaysWhatAChannelIsSetTo() {
        try (Bot bot = Bot.hearingMentions(server)) {
            assertThat(ada.runs(general, "/help").awaitAnswer().text())
                    .contains("commands only. This channel is set so");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }
}
