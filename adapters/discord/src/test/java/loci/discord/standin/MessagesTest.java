package loci.discord.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.dv8tion.jda.api.entities.Message.MentionType;
import net.dv8tion.jda.api.entities.channel.concrete.PrivateChannel;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import net.dv8tion.jda.api.events.channel.ChannelDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageBulkDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.utils.FileUpload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages as the real JDA hears of them and sends them. */
@Timeout(60)
class MessagesTest {
    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private RealJda jda = RealJda.in(
            server, GatewayIntent.GUILD_MESSAGES, GatewayIntent.DIRECT_MESSAGES, GatewayIntent.MESSAGE_CONTENT);

    @BeforeEach
    void patience() {
        server.patience(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        jda.close();
        assertThat(server.violations()).isEmpty();
        assertThat(server.ownViolations()).isEmpty();
        server.close();
    }

    private TextChannel channel() {
        return java.util.Objects.requireNonNull(jda.jda().getTextChannelById(general.id()));
    }

    @Test
    void what_a_person_says_is_heard_and_what_the_bot_says_is_seen() {
        Message question = ada.says(general, "@loci hi");
        MessageReceivedEvent heard = jda.nextMessage();
        assertThat(heard.getMessage().getContentRaw()).isEqualTo(server.bot().mention() + " hi");
        assertThat(heard.getMessage().getMentions().isMentioned(jda.jda().getSelfUser()))
                .isTrue();
        heard.getMessage()
                .reply("hello **you**")
                .setAllowedMentions(List.of())
                .mentionRepliedUser(false)
                .complete();
        Message reply = ada.awaitsReplyTo(question);
        assertThat(reply.text()).isEqualTo("hello **you**");
        assertThat(reply.pings().none()).isTrue();
        assertThat(ada.sees(general)).containsExactly(question, reply);
        assertThat(question.shown()).isEqualTo("@loci hi");
    }

    @Test
    void pings_follow_what_is_allowed() {
        // Said outright: the adapter's tests, in the same JVM, have JDA ping nobody by default.
        channel()
                .sendMessage("hey " + ada.mention() + " @everyone")
                .setAllowedMentions(List.of(MentionType.values()))
                .complete();
        assertThat(general.lastMessage().pings().accounts()).containsExactly(ada.account());
        assertThat(general.lastMessage().pings().everyone())
                .as("the bot may not mention everyone")
                .isFalse();
        channel()
                .sendMessage("hey " + ada.mention())
                .setAllowedMentions(List.of(MentionType.ROLE))
                .complete();
        assertThat(general.lastMessage().pings().none()).isTrue();
        channel().sendMessage("`" + ada.mention() + "`").complete();
        assertThat(general.lastMessage().pings().none()).as("in code").isTrue();
    }

    @Test
    void edits_deletions_and_embeds_are_told() {
        Message first = ada.says(general, "one");
        Message second = ada.says(general, "two");
        Message third = ada.says(general, "three");
        ada.edits(first, "uno");
        MessageUpdateEvent edit = jda.next(MessageUpdateEvent.class);
        assertThat(edit.getMessage().getContentRaw()).isEqualTo("uno");
        assertThat(edit.getMessage().isEdited()).isTrue();
        assertThat(first.history()).containsExactly("one", "uno");
        server.embedArrives(second, "A page", "what it says");
        MessageUpdateEvent unfurled = jda.next(MessageUpdateEvent.class);
        assertThat(unfurled.getMessage().getEmbeds()).hasSize(1);
        assertThat(unfurled.getMessage().isEdited()).isFalse();
        ada.deletes(first);
        assertThat(jda.next(MessageDeleteEvent.class).getMessageIdLong()).isEqualTo(first.id());
        Person keeper = garden.keeper();
        keeper.deletesAll(second, third);
        assertThat(jda.next(MessageBulkDeleteEvent.class).getMessageIds()).hasSize(2);
        assertThat(ada.sees(general)).isEmpty();
    }

    @Test
    void history_is_listed_newest_first_in_pages() {
        for (int i = 0; i < 7; i++) {
            ada.says(general, "m" + i);
        }
        Message middle = general.messages().get(3);
        assertThat(channel().getHistory().retrievePast(3).complete())
                .extracting(net.dv8tion.jda.api.entities.Message::getContentRaw)
                .containsExactly("m6", "m5", "m4");
        assertThat(channel().getHistoryBefore(middle.id(), 2).complete().getRetrievedHistory())
                .extracting(net.dv8tion.jda.api.entities.Message::getContentRaw)
                .containsExactly("m2", "m1");
        assertThat(channel().getHistoryAfter(middle.id(), 2).complete().getRetrievedHistory())
                .extracting(net.dv8tion.jda.api.entities.Message::getContentRaw)
                .containsExactly("m5", "m4");
        assertThat(channel().getHistoryAround(middle.id(), 3).complete().getRetrievedHistory())
                .extracting(net.dv8tion.jda.api.entities.Message::getContentRaw)
                .containsExactly("m4", "m3", "m2");
    }

    @Test
    void the_same_nonce_gives_the_same_message() {
        channel().sendMessage("once").setNonce("k1").complete();
        channel().sendMessage("once").setNonce("k1").complete();
        assertThat(general.messages()).hasSize(1);
        server.advance(Messages.NONCES_LAST);
        channel().sendMessage("once").setNonce("k1").complete();
        assertThat(general.messages()).hasSize(2);
    }

    @Test
    void files_go_both_ways() throws Exception {
        byte[] bytes = "notes ✓".getBytes(StandardCharsets.UTF_8);
        ada.says(general, "see", Attachment.file("notes.txt", "text/plain", bytes));
        var attachment = jda.nextMessage().getMessage().getAttachments().getFirst();
        assertThat(attachment.getContentType()).isEqualTo("text/plain");
        try (var stream = attachment.getProxy().download().get()) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
        channel()
                .sendFiles(FileUpload.fromData(bytes, "export.md").setDescription("all of it"))
                .setContent("here")
                .complete();
        Message sent = general.lastMessage();
        assertThat(sent.text()).isEqualTo("here");
        assertThat(sent.attachments().getFirst().bytes()).isEqualTo(bytes);
        assertThat(sent.attachments().getFirst().name()).isEqualTo("export.md");
        assertThat(sent.attachments().getFirst().description()).isEqualTo("all of it");
    }

    @Test
    void typing_reactions_and_direct_messages() {
        Message question = ada.says(general, "hm");
        channel().sendTyping().complete();
        assertThat(general.typings()).isEqualTo(1);
        jda.nextMessage().getMessage().addReaction(Emoji.fromUnicode("👀")).complete();
        assertThat(question.reactions()).containsKey("👀");
        ada.whispers("psst");
        MessageReceivedEvent secret = jda.nextMessage();
        assertThat(secret.isFromGuild()).isFalse();
        secret.getChannel().sendMessage("yes?").complete();
        assertThat(ada.direct().lastMessage().text()).isEqualTo("yes?");
        ada.refusesDirectMessages();
        PrivateChannel direct = secret.getChannel().asPrivateChannel();
        assertThatThrownBy(() -> direct.sendMessage("hello?").complete())
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(50007));
    }

    @Test
    void threads_and_forums() {
        Message question = ada.says(general, "a matter");
        Channel thread = ada.opensThread(question, "the matter");
        jda.nextMessage();
        assertThat(jda.nextMessage().getMessage().getType())
                .as("Discord's own first message in a thread")
                .isEqualTo(net.dv8tion.jda.api.entities.MessageType.THREAD_STARTER_MESSAGE);
        ada.says(thread, "in here, @loci");
        MessageReceivedEvent inside = jda.nextMessage();
        assertThat(inside.getChannel().getIdLong()).isEqualTo(thread.id()).isEqualTo(question.id());
        inside.getChannel().sendMessage("here I am").complete();
        assertThat(thread.lastMessage().text()).isEqualTo("here I am");

        Channel post = ada.posts(garden.forum("help"), "It broke", "what now, @loci?");
        MessageReceivedEvent posted = jda.nextMessage();
        assertThat(posted.getMessageIdLong()).isEqualTo(post.id());

        Channel secret = ada.opensPrivateThread(general, "secret");
        ada.says(secret, "nobody hears this");
        ada.invites(secret, server.bot());
        ada.says(secret, "now you do");
        assertThat(jda.nextMessage().getMessage().getContentRaw())
                .as("the bot's role may manage threads, so it sees private ones too")
                .isEqualTo("nobody hears this");

        garden.keeper().deletes(thread);
        assertThat(jda.next(ChannelDeleteEvent.class).getChannel().getIdLong()).isEqualTo(thread.id());
        garden.keeper().deletes(general);
        assertThat(jda.next(ChannelDeleteEvent.class)).isNotNull();
    }
}
