package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import loci.chat.ConversationId;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections break, and much is said at once. */
@Timeout(60)
class ConnectionLossTest {

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private ConversationId conversation(Channel channel) {
        return ConversationId.ofChannel("discord", Long.toString(garden.id()), Long.toString(channel.id()));
    }

    @Test
    void whatIsSaidWhileAConnectionIsLostIsHeardOnceWhenItResumes() {
        try (Bot bot = Bot.on(server)) {
            ada.says(general, "one");
            bot.remembers(conversation(general), 1);
            server.gateway().asksToReconnect();
            ada.says(general, "two");
            server.until("a resumed session", () -> server.gateway().resumed() > 0);
            ada.says(general, "three");
            assertThat(bot.remembers(conversation(general), 3)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void orderIsKeptInEachOfManyChannels() {
        try (Bot bot = Bot.on(server)) {
            Random random = new Random(5);
            List<Channel> channels = new ArrayList<>();
            List<List<String>> said = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                channels.add(garden.channel("room-" + i));
                said.add(new ArrayList<>());
            }
            for (int i = 0; i < 400; i++) {
                int channel = random.nextInt(channels.size());
                String text = "message " + i;
                said.get(channel).add(text);
                ada.says(channels.get(channel), text);
            }
            for (int i = 0; i < channels.size(); i++) {
                assertThat(bot.remembers(
                                conversation(channels.get(i)), said.get(i).size()))
                        .isEqualTo(said.get(i));
            }
        }
    }
}
