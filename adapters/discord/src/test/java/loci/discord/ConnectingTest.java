package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.discord.DiscordConnection.Connected;
import loci.discord.DiscordConnection.Refused;
import loci.discord.DiscordConnection.Unreachable;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Gate;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logging in, and why that may not work: one sentence, without the token. */
@Timeout(60)
class ConnectingTest {

    private static DiscordConnection connect(DiscordSettings settings) {
        CommandForms none = new CommandForms(Offer.of(List.of()), (command, blank, filled) -> List.of());
        return DiscordPlatform.connect(settings, none, InstantSource.system());
    }

    private static DiscordSettings with(DiscordServer server, String token, String api, Duration patience) {
        DiscordSettings usual = Bot.settings(server, true);
        return new DiscordSettings(
                token,
                api,
                usual.gatewayUrl(),
                true,
                null,
                usual.shards(),
                usual.answerMissed(),
                new DiscordSettings.Pace(Duration.ZERO, Duration.ofSeconds(8), patience));
    }

    private static DiscordSettings with(DiscordServer server, String token, String api) {
        return with(server, token, api, Duration.ofSeconds(20));
    }

    @Test
    void aBadTokenIsOneSentence() {
        try (DiscordServer server = DiscordServer.start()) {
            String wrong = "MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token";
            assertThat(connect(with(server, wrong, server.restUrl())))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("token")
                                    .doesNotContain(wrong)
                                    .doesNotContain("\n"));
        }
    }

    @Test
    void anIntentThatIsNotAllowedIsOneSentence() {
        try (DiscordServer server = DiscordServer.start()) {
            server.gateway().allowsPrivileged(0);
            assertThat(connect(with(server, server.token(), server.restUrl())))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).contains("Message Content Intent"));
        }
    }

    @Test
    void aServerThatIsNotThereIsOneSentence() {
        try (DiscordServer server = DiscordServer.start()) {
            assertThat(connect(with(server, server.token(), "http://127.0.0.1:9/api/v10/")))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            unreachable -> assertThat(unreachable.reason()).contains("127.0.0.1:9"));
        }
    }

    @Test
    void aPageInsteadOfAnAnswerIsOneSentenceWithItsStatus() {
        try (DiscordServer server = DiscordServer.start()) {
            server.faults().next("GET", "/users/@me").fails(403);
            assertThat(connect(with(server, server.token(), server.restUrl())))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            unreachable -> assertThat(unreachable.reason())
                                    .contains("HTTP status 403")
                                    .doesNotContain("\n"));
        }
    }

    @Test
    void anAnswerThatNeverComesIsOneSentence() {
        try (DiscordServer server = DiscordServer.start()) {
            Gate gate = server.faults().next("GET", "/users/@me").waits();
            assertThat(connect(with(server, server.token(), server.restUrl(), Duration.ofMillis(300))))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            unreachable -> assertThat(unreachable.reason()).contains(server.restUrl()));
            gate.open();
        }
    }

    @Test
    void anEndThatIsDiscordsIsToldAndOursIsNot() throws InterruptedException {
        try (DiscordServer server = DiscordServer.start()) {
            if (!(connect(Bot.settings(server, true)) instanceof Connected(DiscordPlatform platform))) {
                throw new AssertionError("not connected");
            }
            server.gateway().awaitSessions(1);
            server.gateway().closes(4004);
            assertThat(platform.awaitEnd()).isEqualTo(Relay.BAD_TOKEN);
            platform.close();
        }
    }

    @Test
    void tryingActsOnNothing() {
        try (DiscordServer server = DiscordServer.start()) {
            Person ada = server.guild("Garden").member("ada");
            Channel general = server.guild("Garden").channel("general");
            Bot.on(server).close();
            DiscordConnection tried = DiscordPlatform.tryToConnect(Bot.settings(server, true), InstantSource.system());
            if (!(tried instanceof Connected(DiscordPlatform platform))) {
                throw new AssertionError("not connected");
            }
            server.gateway().awaitSessions(2);
            ada.runs(general, "/help");
            ada.says(general, "@loci hi");
            // When it has resumed, it has seen what came before.
            server.gateway().asksToReconnect();
            server.gateway().awaitSessions(3);
            platform.close();
            assertThat(server.requests("POST", "/interactions/*/*/callback")).isEmpty();
            assertThat(server.requests("PUT", "/channels/*/messages/*/reactions/*/@me"))
                    .isEmpty();
        }
    }

    @Test
    void onlyAskedForMessageContentDoesItAskDiscordForIt() {
        try (DiscordServer server = DiscordServer.start();
                Bot bot = Bot.ofMentions(server)) {
            int intents = server.gateway().lastIdentify().path("intents").asInt();
            assertThat(intents & (1 << 15)).as("Message Content").isZero();
            assertThat(intents & (1 << 9)).as("messages in servers").isNotZero();
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void whatIsSaidBeforeAnybodyListensWaits() throws InterruptedException {
        try (DiscordServer server = DiscordServer.start()) {
            Person ada = server.guild("Garden").member("ada");
            Channel general = server.guild("Garden").channel("general");
            if (!(connect(Bot.settings(server, true)) instanceof Connected(DiscordPlatform platform))) {
                throw new AssertionError("not connected");
            }
            ada.says(general, "one");
            ada.says(general, "two");
            Listening inbox = new Listening();
            platform.start(inbox);
            assertThat(inbox.next())
                    .isInstanceOfSatisfying(
                            MessagePosted.class,
                            posted -> assertThat(posted.text()).isEqualTo("one"));
            assertThat(inbox.next())
                    .isInstanceOfSatisfying(
                            MessagePosted.class,
                            posted -> assertThat(posted.text()).isEqualTo("two"));
            platform.close();
        }
    }

    @Test
    void aDeletionThatCouldNotBeStoredIsHandedInAgain() throws InterruptedException {
        try (DiscordServer server = DiscordServer.start()) {
            Person ada = server.guild("Garden").member("ada");
            Channel general = server.guild("Garden").channel("general");
            if (!(connect(Bot.settings(server, true)) instanceof Connected(DiscordPlatform platform))) {
                throw new AssertionError("not connected");
            }
            Listening inbox = new Listening();
            platform.start(inbox);
            Message said = ada.says(general, "one");
            inbox.next();
            inbox.fails(1);
            ada.deletes(said);
            assertThat(inbox.next()).isInstanceOf(MessageDeleted.class);
            platform.close();
        }
    }

    /** Keeps what is handed in. */
    private static final class Listening implements Inbox {

        private final BlockingQueue<ChatEvent> events = new LinkedBlockingQueue<>();
        private final AtomicInteger failures = new AtomicInteger();

        void fails(int times) {
            failures.set(times);
        }

        @Nullable
        ChatEvent next() throws InterruptedException {
            return events.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public Acceptance accept(ChatEvent event) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the database is away");
            }
            events.add(event);
            return Acceptance.ACCEPTED;
        }

        @Override
        public ConversationId inThread(ConversationId channel, String thread) {
            return channel;
        }
    }

    @Test
    void theTokenIsNotInItsSettingsWords() {
        assertThat(DiscordSettings.of("secret-token").toString()).doesNotContain("secret-token");
    }

    @Test
    void anInviteNamesWhatIsNeededAndNothingElse() {
        assertThat(DiscordInvite.link("42"))
                .isEqualTo("https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands"
                        + "&permissions=" + DiscordInvite.permissions());
        assertThat(DiscordInvite.permissions() & 8).as("no administrator").isZero();
        assertThat(DiscordInvite.privilegedIntents(false)).isEmpty();
        assertThat(DiscordInvite.privilegedIntents(true)).containsExactly("Message Content");
    }

    @Test
    void aTokenThatCannotBeOneIsTheSameSentence() {
        try (DiscordServer server = DiscordServer.start()) {
            for (String token : List.of("two words", "töken", "a\nb", " ", "")) {
                assertThat(connect(with(server, token, server.restUrl())))
                        .as("token %s", token)
                        .isEqualTo(new Refused(Relay.BAD_TOKEN));
            }
        }
    }

    @Test
    void anEndDoesNotWaitForDiscordForLong() throws Exception {
        try (DiscordServer server = DiscordServer.start()) {
            Channel general = server.guild("Garden").channel("general");
            Person ada = server.guild("Garden").member("ada");
            Bot bot = Bot.on(server);
            Gate gate = server.faults()
                    .next(10, "POST", "/channels/" + general.id() + "/messages")
                    .waits();
            Message question = ada.says(general, "@loci hi");
            assertThat(gate.awaitArrival()).isTrue();
            CompletableFuture.runAsync(bot::dies).get(8, TimeUnit.SECONDS);
            gate.open();
            server.faults().none();
            bot.comesBack();
            ada.awaitsReplyTo(question);
            assertThat(ada.sees(general)).hasSize(2);
            bot.close();
        }
    }
}
