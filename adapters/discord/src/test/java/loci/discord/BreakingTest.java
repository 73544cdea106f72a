package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import loci.chat.ConversationId;
import loci.discord.standin.Attachment;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Gate;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What breaks in our own code over one event costs that event and no other: what comes after it in the channel is heard. */
@Timeout(60)
class BreakingTest {

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final ConversationId here =
            ConversationId.ofChannel("discord", Long.toString(garden.id()), Long.toString(general.id()));

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private void isToldThatItIsNotStored(Message message) {
        server.until("a sign", () -> message.reactions().containsKey("⚠️"));
    }

    @Test
    void overAMessage() {
        try (Bot bot = Bot.on(server)) {
            bot.breaksOnce();
            isToldThatItIsNotStored(ada.says(general, "@loci one"));
            ada.awaitsReplyTo(ada.says(general, "@loci two"));
            assertThat(bot.remembers(here)).containsExactly("two", "ok");
        }
    }

    @Test
    void overAMessageWhoseFileIsRead() {
        try (Bot bot = Bot.on(server)) {
            Gate gate = server.faults().nextFile().waits();
            bot.breaksOnce();
            Message first = ada.says(
                    general,
                    "@loci one",
                    Attachment.file("a.txt", "text/plain", "words".getBytes(StandardCharsets.UTF_8)));
            assertThat(gate.awaitArrival()).isTrue();
            Message second = ada.says(general, "@loci two");
            gate.open();
            isToldThatItIsNotStored(first);
            ada.awaitsReplyTo(second);
            assertThat(bot.remembers(here)).containsExactly("two", "ok");
        }
    }

    @Test
    void overADeletionThatWaitsBehindWhatWasMissed() {
        try (Bot bot = Bot.on(server)) {
            Message one = ada.says(general, "one");
            bot.remembers(here, 1);
            bot.dies();
            Gate gate = server.faults()
                    .next("GET", "/channels/" + general.id() + "/messages")
                    .waitsWithTheAnswer();
            bot.comesBack();
            assertThat(gate.awaitArrival()).isTrue();
            ada.deletes(one);
            Message two = ada.says(general, "@loci two");
            ada.awaitsReplyTo(ada.whispers("are you there?"));
            bot.breaksOnce();
            gate.open();
            ada.awaitsReplyTo(two);
            assertThat(bot.remembers(here, 2)).containsExactly("two", "ok");
        }
    }
}
