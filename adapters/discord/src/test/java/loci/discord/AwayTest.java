package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import loci.chat.ConversationId;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Gate;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Permission;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What happened while the bot was away is not lost. */
@Timeout(60)
class AwayTest {

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

    private static void catchesUp(Bot bot) {
        bot.comesBack();
        assertThat(bot.catchesUp()).isTrue();
    }

    /** What the operator is told meanwhile of what could not be caught up with. */
    private static List<String> logged(Runnable meanwhile) {
        Logger log = (Logger) LoggerFactory.getLogger(CatchUp.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            meanwhile.run();
        } finally {
            log.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void says(Bot bot, String... texts) {
        for (String text : texts) {
            ada.says(general, text);
        }
        bot.remembers(here, texts.length);
    }

    @Test
    void whatWasMissedIsRememberedInOrderAndAnsweredOnce() {
        try (Bot bot = Bot.on(server)) {
            says(bot, "one");
            bot.dies();
            ada.says(general, "two");
            Message question = ada.says(general, "@loci three");
            ada.says(general, "four");
            catchesUp(bot);
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("ok");
            assertThat(bot.remembers(here, 5)).containsExactlyInAnyOrder("one", "two", "three", "ok", "four");
            assertThat(bot.remembers(here)).containsSubsequence("one", "two", "three", "four");
            bot.dies();
            catchesUp(bot);
            bot.dies();
            catchesUp(bot);
            ada.awaitsReplyTo(ada.says(general, "@loci five"));
            assertThat(bot.remembers(here)).hasSize(7);
            assertThat(ada.sees(general).stream().filter(message -> question.equals(message.repliesTo())))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsTooOldIsRememberedButNotAnswered() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci one"));
            bot.remembers(here, 2);
            bot.dies();
            Message question = ada.says(general, "@loci two");
            server.advance(Duration.ofHours(2));
            catchesUp(bot);
            assertThat(bot.remembers(here, 3)).containsExactly("one", "ok", "two");
            ada.awaitsReplyTo(ada.says(general, "@loci three"));
            assertThat(ada.sees(general)).noneMatch(message -> question.equals(message.repliesTo()));
        }
    }

    @Test
    void whoOnlyListensToMentionsRemembersMissedMentionsOnly() {
        try (Bot bot = Bot.hearingMentions(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci one"));
            bot.remembers(here, 2);
            bot.dies();
            ada.says(general, "aside");
            ada.says(general, "@loci two");
            server.advance(Duration.ofHours(2));
            catchesUp(bot);
            assertThat(bot.remembers(here, 3)).containsExactly("one", "ok", "two");
        }
    }

    @Test
    void whatIsSaidWhileTheMissedIsFetchedComesAfterIt() {
        try (Bot bot = Bot.on(server)) {
            says(bot, "one");
            bot.dies();
            ada.says(general, "two");
            ada.says(general, "three");
            Gate gate = server.faults()
                    .next("GET", "/channels/" + general.id() + "/messages")
                    .waitsWithTheAnswer();
            bot.comesBack();
            assertThat(gate.awaitArrival()).isTrue();
            Message live = ada.says(general, "four");
            ada.edits(live, "four, and a half");
            ada.deletes(ada.says(general, "five"));
            Channel other = garden.channel("other");
            ada.awaitsReplyTo(ada.says(other, "@loci nobody waits elsewhere"));
            assertThat(bot.remembers(here)).containsExactly("one");
            gate.open();
            bot.remembers(here, 4);
            Bot.until("the edit", () -> bot.remembers(here).equals(List.of("one", "two", "three", "four, and a half")));
        }
    }

    @Test
    void whatWasEditedOrDeletedMeanwhileIsHereToo() {
        try (Bot bot = Bot.on(server)) {
            garden.gives(ada.account(), garden.role("keepers", Permission.MANAGE_MESSAGES));
            Message one = ada.says(general, "one");
            Message two = ada.says(general, "two");
            Message three = ada.says(general, "three");
            Message four = ada.says(general, "four");
            ada.says(general, "five");
            bot.remembers(here, 5);
            bot.dies();
            ada.edits(one, "won");
            ada.deletes(two);
            ada.deletesAll(three, four);
            ada.says(general, "six");
            catchesUp(bot);
            assertThat(bot.remembers(here)).containsExactlyInAnyOrder("won", "five", "six");
            assertThat(server.requests("GET", "/channels/*/messages/*")).hasSize(3);
        }
    }

    @Test
    void whenAllIsDeletedAllIsForgotten() {
        try (Bot bot = Bot.on(server)) {
            Message one = ada.says(general, "one");
            bot.remembers(here, 1);
            bot.dies();
            ada.deletes(one);
            catchesUp(bot);
            assertThat(bot.remembers(here)).isEmpty();
        }
    }

    @Test
    void withoutMessageContentAnEmptyEditOverwritesNothing() {
        try (Bot bot = Bot.ofMentions(server)) {
            Message one = ada.says(general, "@loci one");
            ada.awaitsReplyTo(one);
            bot.remembers(here, 2);
            bot.dies();
            ada.edits(one, "no mention any more");
            catchesUp(bot);
            assertThat(bot.remembers(here)).containsExactly("one", "ok");
        }
    }

    @Test
    void threadsAndDirectMessagesAreCaughtUpWithToo() {
        try (Bot bot = Bot.on(server)) {
            Channel thread = ada.opensThread(general, "aside");
            Message first = ada.says(thread, "one");
            bot.remembers(here, 1);
            ada.awaitsReplyTo(ada.whispers("psst"));
            ConversationId direct = ConversationId.ofChannel(
                    "discord", "dm", Long.toString(ada.direct().id()));
            bot.remembers(direct, 2);
            bot.dies();
            ada.says(thread, "two");
            ada.says(general, "three");
            ada.says(thread, "four");
            ada.edits(first, "won");
            Message whispered = ada.whispers("still there?");
            thread.archive();
            catchesUp(bot);
            ada.awaitsReplyTo(whispered);
            assertThat(bot.remembers(here)).containsExactly("won", "two", "three", "four");
        }
    }

    @Test
    void whatWasSaidInAPlaceThatIsGoneGoes() {
        try (Bot bot = Bot.on(server)) {
            Channel thread = ada.opensThread(general, "aside");
            ada.says(thread, "one");
            ada.says(general, "two");
            bot.remembers(here, 2);
            Channel other = garden.channel("other");
            ConversationId there = ConversationId.ofChannel("discord", here.space(), Long.toString(other.id()));
            ada.says(other, "three");
            bot.remembers(there, 1);
            bot.dies();
            ada.deletes(thread);
            ada.deletes(other);
            catchesUp(bot);
            assertThat(bot.remembers(here, 1)).containsExactly("two");
            bot.remembers(there, 0);
        }
    }

    @Test
    void moreThanIsFetchedIsMissedButTheNewestIsSeen() {
        try (Bot bot = Bot.on(server)) {
            says(bot, "first");
            bot.dies();
            for (int i = 1; i <= 620; i++) {
                ada.says(general, "message " + i);
            }
            catchesUp(bot);
            List<String> remembered = bot.remembers(here);
            assertThat(remembered)
                    .hasSize(501)
                    .startsWith("first", "message 121")
                    .endsWith("message 620");
        }
    }

    @Test
    void whereTheBotMayNotReadNothingIsForgotten() {
        try (Bot bot = Bot.on(server)) {
            Message one = ada.says(general, "one");
            bot.remembers(here, 1);
            Channel other = garden.channel("other");
            ConversationId there = ConversationId.ofChannel("discord", here.space(), Long.toString(other.id()));
            Message two = ada.says(other, "two");
            bot.remembers(there, 1);
            bot.dies();
            ada.deletes(one);
            ada.deletes(two);
            general.denies(server.bot(), Permission.READ_MESSAGE_HISTORY);
            other.denies(server.bot(), Permission.VIEW_CHANNEL);
            assertThat(logged(() -> catchesUp(bot)))
                    .hasSize(2)
                    .allMatch(line -> line.contains("I may not read") && line.contains("unverified"));
            assertThat(bot.remembers(here)).containsExactly("one");
            assertThat(bot.remembers(there)).containsExactly("two");
        }
    }

    @Test
    void fromAnErrorNothingIsConcluded() {
        try (Bot bot = Bot.on(server)) {
            Message one = ada.says(general, "one");
            Message two = ada.says(general, "two");
            bot.remembers(here, 2);
            bot.dies();
            ada.deletes(one);
            server.faults().next("GET", "/channels/*/messages/" + one.id()).fails(403, 50001, "Missing Access");
            catchesUp(bot);
            assertThat(bot.remembers(here)).containsExactly("one", "two");
            bot.dies();
            ada.edits(two, "too");
            server.faults().next(5, "GET", "/channels/*/messages").fails(500);
            catchesUp(bot);
            assertThat(bot.remembers(here)).containsExactly("one", "two");
            server.faults().none();
            bot.dies();
            catchesUp(bot);
            assertThat(bot.remembers(here)).containsExactly("too");
        }
    }

    @Test
    void whatWasSaidWhileTheChannelWasPausedIsNotFetchedLater() {
        try (Bot bot = Bot.on(server)) {
            says(bot, "one");
            Person keeper = garden.keeper();
            keeper.runs(general, "/pause").awaitAnswer();
            ada.says(general, "not for you");
            keeper.runs(general, "/resume").awaitAnswer();
            bot.dies();
            ada.says(general, "two");
            catchesUp(bot);
            assertThat(bot.remembers(here)).containsExactly("one", "two");
        }
    }

    @Test
    void whatIsSaidWhileASessionIsLostIsHeardOnce() {
        try (Bot bot = Bot.on(server)) {
            assertThat(bot.catchesUp()).isTrue();
            Message one = ada.says(general, "one");
            ada.says(general, "two");
            bot.remembers(here, 2);
            server.gateway().shuts();
            server.gateway().forgetsSessions();
            Message question = ada.says(general, "@loci three");
            ada.deletes(one);
            server.gateway().opens();
            ada.awaitsReplyTo(question);
            Message next = ada.says(general, "@loci four");
            ada.awaitsReplyTo(next);
            assertThat(bot.remembers(here)).containsExactly("two", "three", "ok", "four", "ok");
            assertThat(ada.sees(general).stream()
                            .filter(message -> message.author().equals(server.bot())))
                    .hasSize(2);
        }
    }

    @Test
    void whatCouldNotBeFetchedIsFetchedLaterAndStillComesFirst() {
        try (Bot bot = Bot.on(server)) {
            says(bot, "one");
            bot.dies();
            ada.says(general, "two");
            ada.says(general, "three");
            server.faults()
                    .next(2, "GET", "/channels/" + general.id() + "/messages")
                    .fails(500);
            catchesUp(bot);
            ada.says(general, "four");
            assertThat(bot.remembers(here)).containsExactly("one");
            assertThat(bot.remembers(here, 4)).containsExactly("one", "two", "three", "four");
        }
    }
}
