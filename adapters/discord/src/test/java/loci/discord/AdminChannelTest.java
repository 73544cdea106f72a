package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Permission;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What those who run the bot are told, and that nobody waits for it. */
@Timeout(60)
class AdminChannelTest {

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Channel shed = garden.channel("shed");
    private final Person ada = garden.member("ada");

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            logged.add(line.getFormattedMessage());
        }
    };

    @BeforeEach
    void listens() {
        log.start();
        ((Logger) LoggerFactory.getLogger(AdminChannel.class)).addAppender(log);
    }

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        ((Logger) LoggerFactory.getLogger(AdminChannel.class)).detachAppender(log);
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private void breaks(Bot bot) {
        bot.model.answers(prompt -> {
            throw new IllegalStateException("words of the prompt");
        });
    }

    private Message told(Channel channel) {
        return ada.awaits(channel, message -> message.author().equals(server.bot()));
    }

    @Test
    void operatorsAreToldInTheirChannel() {
        try (Bot bot = Bot.telling(server, shed)) {
            breaks(bot);
            ada.awaitsReplyTo(ada.says(general, "@loci my secret words"));
            ada.awaitsReplyTo(ada.says(general, "@loci again"));
            assertThat(told(shed).text())
                    .startsWith("⚠️ Something in the bot failed")
                    .doesNotContain("words of");
            assertThat(told(shed).pings()).isEqualTo(ada.says(general, "nobody").pings());
            assertThat(shed.messages()).hasSize(1);
            assertThat(logged).isEmpty();
        }
    }

    @Test
    void aChannelOfAnotherShardsServerIsToldToo() {
        Guild other = server.guild("Orchard");
        while (shardOf(other) == shardOf(garden)) {
            other = server.guild("Orchard " + other.id());
        }
        Channel office = other.channel("office");
        Person keeper = other.keeper();
        int own = shardOf(garden);
        DiscordSettings.Shards one = new DiscordSettings.Shards(own, own, 2);
        try (Bot bot = Bot.telling(server, office, one)) {
            breaks(bot);
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            Message told = keeper.awaits(office, message -> message.author().equals(server.bot()));
            assertThat(told.text()).startsWith("⚠️ Something");
        }
    }

    private static int shardOf(Guild guild) {
        return (int) ((guild.id() >>> 22) % 2);
    }

    @Test
    void aChannelInWhichItMayNotWriteIsOneLineAtTheStart() {
        shed.denies(server.bot(), Permission.SEND_MESSAGES);
        try (Bot bot = Bot.telling(server, shed)) {
            Bot.until("a line", () -> !logged.isEmpty());
            breaks(bot);
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            server.awaitsRequest("POST", "/channels/" + shed.id() + "/messages");
            bot.model.answers("ok");
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci hi")).text()).isEqualTo("ok");
        }
        assertThat(logged)
                .containsExactly("notices for operators cannot be written to the channel " + shed.id()
                        + " of discord.adminChannel: I may not write there");
    }

    @Test
    void aChannelThatIsNoneIsOneLineAtTheStart() {
        Channel forum = garden.forum("plans");
        try (Bot _ = Bot.telling(server, forum)) {
            Bot.until("a line", () -> !logged.isEmpty());
            assertThat(logged).singleElement().asString().endsWith("it is no channel for messages");
        }
        logged.clear();
        ada.deletes(shed);
        try (Bot _ = Bot.telling(server, shed)) {
            Bot.until("a line", () -> !logged.isEmpty());
            assertThat(logged).singleElement().asString().endsWith("Discord says 10003 Unknown Channel");
        }
    }

    @Test
    void whileANoticeHangsQuestionsAreAnswered() {
        try (Bot bot = Bot.telling(server, shed)) {
            var gate = server.faults()
                    .next("POST", "/channels/" + shed.id() + "/messages")
                    .waits();
            breaks(bot);
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            assertThat(gate.awaitArrival()).isTrue();
            bot.model.answers("ok");
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci hi")).text()).isEqualTo("ok");
            gate.open();
            told(shed);
        }
    }
}
