package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import loci.chat.ConversationId;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** To whom the bot listens, whom it answers, and where what was said is remembered. */
@Timeout(60)
class TalkingTest {

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private ConversationId conversation(Channel channel) {
        return ConversationId.ofChannel("discord", Long.toString(garden.id()), Long.toString(channel.id()));
    }

    @Test
    void answersWhoMentionsItInReplyAndPingsNobody() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("hello @everyone, hello " + bob.mention());
            Message question = ada.says(general, "@loci hi, I am with @bob");
            Message reply = ada.awaitsReplyTo(question);
            assertThat(reply.text())
                    .isEqualTo("hello ＠everyone, hello <＠" + bob.account().id() + ">");
            assertThat(reply.pings().none()).isTrue();
            assertThat(bot.model.prompts().getLast())
                    .contains("hi, I am with @bob")
                    .doesNotContain("<@");
        }
    }

    @Test
    void remembersWhatIsNotSaidToItAndAnswersWhoReplies() {
        try (Bot bot = Bot.on(server)) {
            bob.says(general, "the kettle is red");
            Message first = ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            Message second = ada.awaitsReplyTo(ada.replies(first, "what colour?"));
            assertThat(second.text()).isEqualTo("ok");
            assertThat(bot.model.prompts().getLast()).contains("the kettle is red", "what colour?");
            assertThat(bot.remembers(conversation(general))).hasSize(5);
        }
    }

    @Test
    void answersDirectMessagesWhichAreAConversationOfTheirOwn() {
        try (Bot bot = Bot.ofMentions(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci in public"));
            ada.awaitsReplyTo(ada.whispers("in private"));
            assertThat(bot.model.prompts().getLast()).contains("in private").doesNotContain("in public");
        }
    }

    @Test
    void otherBotsAreNotHeard() {
        try (Bot bot = Bot.on(server)) {
            Person parrot = garden.member(server.otherBot("parrot").name());
            parrot.says(general, "@loci hi");
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            assertThat(bot.model.prompts()).hasSize(1);
            assertThat(bot.remembers(conversation(general))).containsExactly("hi", "ok");
        }
    }

    @Test
    void aThreadContinuesTheChannelsConversationAndIsAnsweredInTheThread() {
        try (Bot bot = Bot.on(server)) {
            Message first = ada.says(general, "@loci the code word is xylophone");
            ada.awaitsReplyTo(first);
            Channel thread = ada.opensThread(first, "aside");
            Message reply = ada.awaitsReplyTo(ada.says(thread, "@loci which word?"));
            assertThat(reply.channel()).isEqualTo(thread);
            assertThat(bot.model.prompts().getLast()).contains("xylophone");
            Message further = ada.says(thread, "and now without a mention");
            assertThat(ada.awaitsReplyTo(further).text()).isEqualTo("ok");
            assertThat(bot.remembers(conversation(general))).hasSize(6);
        }
    }

    @Test
    void aForumPostContinuesTheForumsConversation() {
        try (Bot bot = Bot.on(server)) {
            Channel forum = garden.forum("questions");
            Channel post = ada.posts(forum, "Kettles", "@loci which colour?");
            assertThat(ada.awaits(post, message -> message.text().equals("ok")).channel())
                    .isEqualTo(post);
            assertThat(bot.remembers(conversation(forum))).containsExactly("which colour?", "ok");
        }
    }

    @Test
    void aPrivateThreadIsAConversationOfItsOwn() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci the code word is xylophone"));
            Channel secret = ada.opensPrivateThread(general, "secret", server.bot());
            ada.awaitsReplyTo(ada.says(secret, "@loci which word?"));
            assertThat(bot.model.prompts().getLast()).doesNotContain("xylophone");
            assertThat(bot.remembers(conversation(general))).hasSize(2);
        }
    }

    @Test
    void aChannelMayKeepItsThreadsApart() {
        try (Bot bot = Bot.withThreadsApart(server)) {
            Message first = ada.says(general, "@loci the code word is xylophone");
            ada.awaitsReplyTo(first);
            Channel thread = ada.opensThread(first, "aside");
            ada.awaitsReplyTo(ada.says(thread, "@loci which word?"));
            assertThat(bot.model.prompts().getLast()).doesNotContain("xylophone");
        }
    }

    @Test
    void withoutMessageContentOnlyMentionsAreHeard() {
        try (Bot bot = Bot.ofMentions(server)) {
            bob.says(general, "the kettle is red");
            Message question = ada.says(general, "@loci hi");
            ada.awaitsReplyTo(question);
            assertThat(bot.remembers(conversation(general))).containsExactly("hi", "ok");
        }
    }

    @Test
    void stickersAreReadByTheirNames() {
        try (Bot bot = Bot.on(server)) {
            ada.sticks(ada.direct(), "Waving Cat", "Red[Kettle]");
            server.until("an answer", () -> !bot.model.prompts().isEmpty());
            assertThat(bot.model.prompts().getLast()).contains("[sticker Waving Cat]", "[sticker Red Kettle]");
        }
    }
}
