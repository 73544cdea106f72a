package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.guild.GuildAvailableEvent;
import net.dv8tion.jda.api.events.guild.GuildJoinEvent;
import net.dv8tion.jda.api.events.guild.GuildLeaveEvent;
import net.dv8tion.jda.api.events.guild.GuildUnavailableEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.requests.CloseCode;
import net.dv8tion.jda.api.requests.GatewayIntent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that break, sessions that are resumed or lost, guilds that come and go: as the real JDA lives through it. */
@Timeout(60)
class GatewayTest {
    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");

    @BeforeEach
    void patience() {
        server.patience(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RealJda jda() {
        return RealJda.in(server, GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT);
    }

    private static String text(MessageReceivedEvent event) {
        return event.getMessage().getContentRaw();
    }

    @Test
    void what_was_missed_is_told_when_the_session_resumes() {
        try (RealJda jda = jda()) {
            server.gateway().shuts();
            ada.says(general, "while you were away");
            server.gateway().opens();
            jda.next(SessionResumeEvent.class);
            assertThat(text(jda.nextMessage())).isEqualTo("while you were away");
            assertThat(server.gateway().resumed()).isEqualTo(1);
            assertThat(server.gateway().identified()).isEqualTo(1);
        }
    }

    @Test
    void asked_to_reconnect_it_resumes() {
        try (RealJda jda = jda()) {
            server.gateway().asksToReconnect();
            server.gateway().awaitSessions(2);
            jda.next(SessionResumeEvent.class);
            server.gateway().invalidatesSessions(true);
            server.gateway().awaitSessions(3);
            jda.next(SessionResumeEvent.class);
            ada.says(general, "still there?");
            assertThat(text(jda.nextMessage())).isEqualTo("still there?");
        }
    }

    @Test
    void a_forgotten_session_is_begun_anew_and_what_was_said_between_is_lost() {
        try (RealJda jda = jda()) {
            server.gateway().forgetsSessions();
            ada.says(general, "nobody hears this");
            server.gateway().drops();
            jda.next(SessionRecreateEvent.class);
            ada.says(general, "hello again");
            assertThat(text(jda.nextMessage())).isEqualTo("hello again");
            assertThat(server.gateway().identified()).isEqualTo(2);
        }
    }

    @Test
    void an_invalid_session_is_begun_anew_at_once() {
        try (RealJda jda = jda()) {
            server.gateway().invalidatesSessions(false);
            jda.next(SessionRecreateEvent.class);
            assertThat(server.gateway().identified()).isEqualTo(2);
        }
    }

    @Test
    void heartbeats_are_answered_and_their_absence_ends_the_connection() {
        server.gateway().wantsHeartbeatEvery(50);
        try (RealJda jda = jda()) {
            server.until("heartbeats", () -> server.gateway().heartbeats() > 3);
            server.gateway().ignoresHeartbeats(true);
            server.gateway().awaitSessions(2);
            server.gateway().ignoresHeartbeats(false);
            jda.next(SessionResumeEvent.class);
        }
    }

    @Test
    void the_wrong_token_and_intents_nobody_allowed_are_refused() throws Exception {
        assertThatThrownBy(() -> RealJda.builder(server, GatewayIntent.GUILD_MESSAGES)
                        .setToken("wrong")
                        .build())
                .isInstanceOf(InvalidTokenException.class);
        server.gateway().allowsPrivileged(0);
        JDA refused = RealJda.builder(server, GatewayIntent.MESSAGE_CONTENT).build();
        assertThatThrownBy(refused::awaitReady).hasMessageContaining("intent you aren't allowed");
        assertThat(refused.awaitShutdown(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_close_without_return_ends_jda() {
        try (RealJda jda = jda()) {
            server.gateway().closes(4004);
            assertThat(jda.next(ShutdownEvent.class).getCloseCode()).isEqualTo(CloseCode.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void guilds_come_and_go() {
        try (RealJda jda = jda()) {
            server.guild("Orchard");
            assertThat(jda.next(GuildJoinEvent.class).getGuild().getName()).isEqualTo("Orchard");
            garden.becomesUnavailable();
            jda.next(GuildUnavailableEvent.class);
            ada.says(general, "not told during an outage");
            garden.becomesAvailable();
            jda.next(GuildAvailableEvent.class);
            ada.says(general, "told again");
            assertThat(text(jda.nextMessage())).isEqualTo("told again");
            garden.removesBot();
            jda.next(GuildLeaveEvent.class);
            ada.says(general, "not told to who left");
            garden.invitesBot();
            jda.next(GuildJoinEvent.class);
            ada.says(general, "welcome back");
            assertThat(text(jda.nextMessage())).isEqualTo("welcome back");
        }
    }

    @Test
    void a_hidden_channel_is_silent() {
        try (RealJda jda = jda()) {
            Channel secret = garden.channel("secret");
            secret.denies(server.bot(), Permission.VIEW_CHANNEL);
            ada.says(secret, "psst");
            ada.says(general, "hello");
            assertThat(text(jda.nextMessage())).isEqualTo("hello");
        }
    }

    @Test
    void a_shard_hears_of_its_own_guilds() throws Exception {
        int own = (int) ((garden.id() >>> 22) % 2);
        JDA shard = RealJda.builder(server, GatewayIntent.GUILD_MESSAGES)
                .useSharding(own, 2)
                .build();
        server.gateway().awaitSessions(1);
        assertThat(server.gateway().lastIdentify().path("shard").toString()).isEqualTo("[" + own + ",2]");
        shard.awaitReady();
        assertThat(shard.getGuildById(garden.id())).isNotNull();
        shard.shutdownNow();
    }
}
