package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import loci.chat.ConversationId;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import loci.engine.Admission.Listed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers and people whom the operator did not list are told so once, and nothing of theirs is kept. */
@Timeout(60)
class AdmissionTest {

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Guild street = server.guild("Street");
    private final Person ada = garden.member("ada");
    private final Person bob = street.member("bob");

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private static Listed listed(Guild guild) {
        return new Listed("discord", Long.toString(guild.id()), null);
    }

    @Test
    void aServerThatIsNotListedIsToldOnceWhatToAdd() {
        Channel corner = street.channel("corner");
        try (Bot bot = Bot.listing(server, listed(garden))) {
            bob.says(corner, "@loci hi");
            Message told = server.awaits(
                    "a direct message",
                    () -> bob.sees(bob.direct()).stream().findFirst().orElse(null));
            assertThat(told.text()).contains("discord/" + street.id(), "admission.spaces");
            bob.says(corner, "@loci hi?");
            bot.restarts();
            bob.says(corner, "@loci hello?");
            Message question = ada.says(garden.channel("general"), "@loci hi");
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("ok");
            assertThat(bob.sees(bob.direct())).hasSize(1);
            assertThat(bot.remembers(ConversationId.ofChannel(
                            "discord", Long.toString(street.id()), Long.toString(corner.id()))))
                    .isEmpty();
        }
    }

    @Test
    void directMessagesAreAdmittedByThePersonWhoWritesThem() {
        String id = Long.toString(ada.account().id());
        try (Bot bot = Bot.listing(server, new Listed("discord", "dm", id))) {
            assertThat(ada.awaitsReplyTo(ada.whispers("hi")).text()).isEqualTo("ok");
            bob.whispers("hi");
            Message told = server.awaits(
                    "a direct message",
                    () -> bob.sees(bob.direct()).stream()
                            .filter(message -> message.author().equals(server.bot()))
                            .findFirst()
                            .orElse(null));
            assertThat(told.text()).contains("discord/dm/" + bob.account().id());
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }
}
