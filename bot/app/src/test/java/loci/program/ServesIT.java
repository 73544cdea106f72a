package loci.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Interaction;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import loci.program.LociProgram.Start;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on Discord, from outside: started, stopped, killed, and what it says where it cannot start. */
class ServesIT {

    @TempDir
    private Path data;

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    @BeforeEach
    void aProgramTakesLongerThanATest() {
        server.patience(Duration.ofSeconds(60));
    }

    private LociProgram serving() {
        LociProgram loci = Start.run(data, server).start();
        // Its commands are offered last; from then on it serves.
        server.awaitsRequest("PUT", "/applications/*/commands");
        return loci;
    }

    /** Started again, it offers no commands, since they are there: it serves once it has asked for them. */
    private LociProgram again() {
        long before = lists();
        LociProgram loci = Start.run(data, server).start();
        server.until("served again", () -> lists() > before);
        return loci;
    }

    private long lists() {
        return server.requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith("/commands"))
                .count();
    }

    @Test
    void answersAndRemembersOverAStopAndAKill() throws Exception {
        try (LociProgram loci = serving()) {
            ada.awaitsReplyTo(ada.says(general, "@loci My cat is called Marmalade."));
            assertThat(loci.stop()).isEqualTo(128 + 15);
            assertThat(loci.err())
                    .contains("serving Discord as loci", "&scope=bot+applications.commands")
                    .doesNotContain("ERROR");
        }
        try (LociProgram loci = again()) {
            Message answer = ada.awaitsReplyTo(ada.says(general, "@loci What is my cat called?"));
            assertThat(answer.text()).contains("Marmalade");
            loci.kill();
        }
        try (LociProgram loci = again()) {
            Message answer = ada.awaitsReplyTo(ada.says(general, "@loci And today, what is my cat called?"));
            assertThat(answer.text()).contains("Marmalade");
            Interaction memory = ada.runs(general, "/memory show");
            memory.awaitAnswer();
            assertThat(memory.ephemeral()).isTrue();
            assertThat(loci.stop()).isEqualTo(128 + 15);
        }
    }

    @Test
    void aWrongTokenEndsTheStartWithOneSentence() throws Exception {
        try (LociProgram loci =
                Start.run(data, server).env("DISCORD_TOKEN", "not.the.token").start()) {
            assertThat(loci.end()).isEqualTo(1);
            assertThat(loci.err().lines().toList().getLast())
                    .startsWith("loci: ")
                    .contains("token");
            assertThat(loci.err()).doesNotContain("not.the.token").doesNotContain("\tat ");
        }
    }

    @Test
    void anEndForGoodIsSaidAndEndsTheProgram() throws Exception {
        try (LociProgram loci = serving()) {
            server.gateway().closes(4004);
            assertThat(loci.end()).isEqualTo(1);
            assertThat(loci.err().lines().toList().getLast())
                    .startsWith("loci: ")
                    .contains("token");
            assertThat(loci.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void setupTriesTheTokenAndPrintsTheInvitation() throws Exception {
        try (LociProgram loci = Start.run(data, server)
                .instead("setup", "discord")
                .redirected(">&2")
                .start()) {
            assertThat(loci.end()).isZero();
            assertThat(loci.err())
                    .contains("The token works: it is loci's.")
                    .contains("https://discord.com/oauth2/authorize?client_id=")
                    .doesNotContain(server.token());
        }
    }
}
