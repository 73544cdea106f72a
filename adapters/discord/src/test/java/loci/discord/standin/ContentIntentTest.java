package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without the Message Content intent, what people say to each other is blank, at the gateway and in REST. */
@Timeout(60)
class ContentIntentTest {
    @Test
    void only_what_concerns_the_bot_is_readable() {
        try (DiscordServer server = DiscordServer.start()) {
            Guild garden = server.guild("Garden");
            Channel general = garden.channel("general");
            Person ada = garden.member("ada");
            try (RealJda jda = RealJda.in(server, GatewayIntent.GUILD_MESSAGES, GatewayIntent.DIRECT_MESSAGES)) {
                Attachment file = Attachment.file("a.txt", "text/plain", "a".getBytes(StandardCharsets.UTF_8));
                Message among = ada.says(general, "among ourselves", file);
                var blank = jda.nextMessage().getMessage();
                assertThat(blank.getContentRaw()).isEmpty();
                assertThat(blank.getAttachments()).isEmpty();
                server.embedArrives(among, "A page", "of it");
                assertThat(jda.next(MessageUpdateEvent.class).getMessage().getEmbeds())
                        .isEmpty();
                Message asked = ada.says(general, "hey @loci");
                assertThat(jda.nextMessage().getMessage().getContentRaw()).isEqualTo(asked.text());
                ada.whispers("just you");
                assertThat(jda.nextMessage().getMessage().getContentRaw()).isEqualTo("just you");
                var channel = Objects.requireNonNull(jda.jda().getTextChannelById(general.id()));
                channel.sendMessage("mine").complete();
                assertThat(channel.getHistory().retrievePast(10).complete())
                        .extracting(net.dv8tion.jda.api.entities.Message::getContentRaw)
                        .containsExactly("mine", asked.text(), "");
                assertThat(channel.retrieveMessageById(among.id()).complete().getContentRaw())
                        .isEmpty();
                Message reply = ada.replies(general.lastMessage(), "a reply notifies the bot");
                assertThat(jda.nextMessage().getMessage().getContentRaw()).isEqualTo(reply.text());
            }
        }
    }
}
