package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.PlaceGone;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.discord.DiscordConnection.Connected;
import loci.discord.standin.Attachment;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Gate;
import loci.discord.standin.Guild;
import loci.discord.standin.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What leaving one server means to what waits on others: nothing. */
@Timeout(60)
class LeavingTest {

    private static final Attachment FILE =
            Attachment.file("slow.txt", "text/plain", "slow words".getBytes(StandardCharsets.UTF_8));

    private final DiscordServer server = DiscordServer.start();
    private final List<ChatEvent> heard = new CopyOnWriteArrayList<>();

    private final Inbox inbox = new Inbox() {
        @Override
        public Acceptance accept(ChatEvent event) {
            heard.add(event);
            return Acceptance.ACCEPTED;
        }
    };

    private DiscordPlatform platform() {
        CommandForms none = new CommandForms(Offer.of(List.of()), (command, blank, filled) -> List.of());
        if (!(DiscordPlatform.connect(Bot.settings(server, true), none, server.clock())
                instanceof Connected(DiscordPlatform platform))) {
            throw new AssertionError("not connected");
        }
        platform.start(inbox);
        return platform;
    }

    private Gate readsSlowly(Person person, Channel channel) {
        Gate gate = server.faults().nextFile().waits();
        person.says(channel, "look", FILE);
        assertThat(gate.awaitArrival()).isTrue();
        return gate;
    }

    private void isHeard(String text) {
        Bot.until(
                text,
                () -> heard.stream()
                        .anyMatch(event -> event instanceof MessagePosted posted
                                && posted.text().equals(text)));
    }

    private Stream<ConversationId> goneChannels() {
        return heard.stream()
                .filter(event -> event instanceof PlaceGone gone && gone.extent() == PlaceGone.Extent.CHANNEL)
                .map(ChatEvent::conversation);
    }

    @Test
    void onlyItsOwnChannelsAreGone() {
        Guild garden = server.guild("Garden");
        Guild park = server.guild("Park");
        Person ada = garden.member("ada");
        Person eve = park.member("eve");
        Channel general = garden.channel("general");
        Channel square = park.channel("square");
        DiscordPlatform platform = platform();
        try (server) {
            Gate gate = readsSlowly(ada, general);
            Gate other = readsSlowly(eve, square);
            garden.removesBot();
            eve.says(park.channel("aside"), "the garden is left");
            isHeard("the garden is left");
            eve.says(square, "all is read");
            gate.open();
            other.open();
            isHeard("all is read");
            Bot.until("the channel to be gone", () -> goneChannels().findAny().isPresent());
            assertThat(goneChannels())
                    .containsExactly(ConversationId.ofChannel(
                            "discord", Long.toString(garden.id()), Long.toString(general.id())));
        } finally {
            platform.close();
        }
        assertThat(server.violations()).isEmpty();
    }
}
