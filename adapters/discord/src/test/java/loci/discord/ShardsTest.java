package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import loci.chat.ConversationId;
import loci.discord.DiscordConnection.Refused;
import loci.discord.DiscordConnection.Unreachable;
import loci.discord.DiscordSettings.Shards;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Permission;
import loci.discord.standin.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bot on so many servers that Discord wants several connections, in one process or in several. */
@Timeout(60)
class ShardsTest {

    private static final int AT_ONCE = 16;
    private static final int STARTS = 1_000;

    private final DiscordServer server = DiscordServer.start();
    private final Person ada = server.person("ada");
    private final Random random = new Random(11);
    private int visitors;

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    /** The channel of a server that falls to this shard. */
    private Channel on(int shard, int total) {
        Shards all = Shards.all(total);
        Guild guild = server.guild("Garden 0");
        for (int number = 1; all.of(Long.toString(guild.id())) != shard; number++) {
            assertThat(number).as("some server falls to each shard").isLessThan(1_000);
            // Ids are numbers in the order of time: with some visitors in between, the next server falls to another
            // shard.
            for (int more = random.nextInt(total); more >= 0; more--) {
                server.person("visitor-" + visitors++);
            }
            guild = server.guild("Garden " + number);
        }
        guild.member("ada");
        return guild.channel("general");
    }

    private static ConversationId conversation(Channel channel) {
        return ConversationId.ofChannel("discord", Long.toString(channel.guild().id()), Long.toString(channel.id()));
    }

    private String answer(Channel channel) {
        return ada.awaitsReplyTo(ada.says(channel, "@loci hi")).text();
    }

    private long offers() {
        return server.requests("PUT", "/applications/*/commands").size();
    }

    private static DiscordConnection connect(DiscordServer server, @Nullable Shards shards) {
        DiscordSettings usual = Bot.settings(server, true);
        return DiscordPlatform.tryToConnect(
                new DiscordSettings(
                        usual.token(),
                        usual.apiUrl(),
                        usual.gatewayUrl(),
                        true,
                        null,
                        shards,
                        usual.answerMissed(),
                        usual.pace()),
                InstantSource.system());
    }

    @Test
    void asManyAreServedAsDiscordRecommendsAndTheCommandsOfferedOnce() {
        server.gateway().recommends(3, AT_ONCE, STARTS);
        List<Channel> channels = List.of(on(0, 3), on(1, 3), on(2, 3));
        try (Bot bot = Bot.serving(server, null)) {
            server.gateway().awaitSessions(3);
            assertThat(server.gateway().shards()).containsExactly("0/3", "1/3", "2/3");
            channels.forEach(channel -> assertThat(answer(channel)).isEqualTo("ok"));
            assertThat(ada.awaitsReplyTo(ada.whispers("and in private")).text()).isEqualTo("ok");
            channels.forEach(channel -> bot.remembers(conversation(channel), 2));
            assertThat(offers()).isEqualTo(1);
        }
    }

    @Test
    void eachProcessServesItsShardsAndTheOneWithTheFirstOffersTheCommands() {
        Channel low = on(1, 4);
        Channel high = on(2, 4);
        server.gateway().recommends(2, AT_ONCE, STARTS);
        try (Bot second = Bot.serving(server, new Shards(2, 3, 4))) {
            assertThat(offers()).isZero();
            try (Bot first = Bot.serving(server, new Shards(0, 1, 4))) {
                server.gateway().awaitSessions(4);
                assertThat(server.gateway().shards()).containsExactly("0/4", "1/4", "2/4", "3/4");
                first.model.answers("of the first");
                second.model.answers("of the second");
                assertThat(answer(low)).isEqualTo("of the first");
                assertThat(answer(high)).isEqualTo("of the second");
                assertThat(ada.awaitsReplyTo(ada.whispers("and in private")).text())
                        .isEqualTo("of the first");
                assertThat(first.remembers(conversation(high))).isEmpty();
                assertThat(second.remembers(conversation(low))).isEmpty();
                assertThat(offers()).isEqualTo(1);
            }
        }
    }

    @Test
    void whatIsConfirmedInADirectMessageReachesTheServerOnItsShard() {
        server.gateway().recommends(2, AT_ONCE, STARTS);
        Channel far = on(1, 2);
        far.guild().gives(ada.account(), far.guild().role("keepers", Permission.MANAGE_GUILD));
        try (Bot bot = Bot.serving(server, null)) {
            server.gateway().awaitSessions(2);
            answer(far);
            server.faults().next("PATCH", "/webhooks/*/*/messages/@original").fails(404, 10015, "Unknown Webhook");
            ada.runs(far, "/forget here").awaitAcknowledged();
            Message asked =
                    ada.awaits(ada.direct(), message -> !message.buttons().isEmpty());
            ada.presses(asked.buttons().getFirst()).awaitAcknowledged();
            server.until(
                    "a receipt",
                    () -> asked.text().contains("2 messages") && asked.buttons().isEmpty());
            assertThat(bot.remembers(conversation(far))).isEmpty();
        }
    }

    @Test
    void whatIsMissedOnOneIsFetchedThereAlone() {
        server.gateway().recommends(2, AT_ONCE, STARTS);
        Channel well = on(0, 2);
        Channel lost = on(1, 2);
        try (Bot bot = Bot.serving(server, null)) {
            server.gateway().awaitSessions(2);
            ada.says(well, "one");
            ada.says(lost, "one");
            bot.remembers(conversation(well), 1);
            bot.remembers(conversation(lost), 1);
            server.gateway().invalidatesShard(1);
            ada.says(lost, "two");
            ada.says(well, "two");
            assertThat(bot.remembers(conversation(well), 2)).containsExactly("one", "two");
            assertThat(bot.remembers(conversation(lost), 2)).containsExactly("one", "two");
            assertThat(server.requests("GET", "/channels/" + well.id() + "/messages"))
                    .isEmpty();
            assertThat(server.requests("GET", "/channels/" + lost.id() + "/messages"))
                    .isNotEmpty();
        }
    }

    @Test
    void theyBeginAsQuicklyAsDiscordAllowsAndNoQuicker() {
        server.gateway().mindsThePace();
        server.gateway().recommends(3, 2, STARTS);
        Channel last = on(2, 3);
        try (Bot bot = Bot.serving(server, null)) {
            server.gateway().awaitSessions(3);
            assertThat(answer(last)).isEqualTo("ok");
            assertThat(server.gateway().tooEarly()).isZero();
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void fewerThanDiscordRequiresIsOneSentence() {
        server.gateway().requiresShards(2);
        assertThat(connect(server, Shards.ONE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("discord.shards", "larger total")
                                .doesNotContain("\n"));
    }

    @Test
    void moreStartsThanAreLeftIsOneSentence() {
        server.gateway().recommends(3, AT_ONCE, 2);
        assertThat(connect(server, null))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        unreachable -> assertThat(unreachable.reason()).contains("2 more times", "it takes 3"));
        assertThat(server.gateway().identified()).isZero();
    }

    @Test
    void theStartIsToldWhereDiscordDoesNotSayHowToConnect() {
        server.faults().next("GET", "/gateway/bot").fails(503);
        assertThat(connect(server, null))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        unreachable -> assertThat(unreachable.reason()).contains("HTTP status 503"));
    }
}
