package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;

import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real JDA logs in, and sees the world as it is. */
@Timeout(60)
class LoginTest {
    @Test
    void jda_logs_in_and_sees_the_guild() throws Exception {
        try (DiscordServer server = DiscordServer.start()) {
            Guild garden = server.guild("Garden");
            Channel general = garden.channel("general");
            try (RealJda jda = RealJda.in(server, GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT)) {
                assertThat(jda.jda().getStatus()).isEqualTo(JDA.Status.CONNECTED);
                assertThat(jda.jda().getSelfUser().getIdLong())
                        .isEqualTo(server.bot().id());
                assertThat(jda.jda().getTextChannelById(general.id())).isNotNull();
                assertThat(server.violations()).isEmpty();
            }
        }
    }
}
