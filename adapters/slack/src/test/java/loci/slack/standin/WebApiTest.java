package loci.slack.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message.Metadata;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Web API as the real client sees it. */
@Timeout(60)
class WebApiTest {
    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final RealBolt bolt = new RealBolt(server);

    @AfterEach
    void closes() {
        bolt.close();
        server.close();
    }

    private ChatPostMessageResponse posts(String channel, String text) throws IOException, SlackApiException {
        return bolt.client.chatPostMessage(
                r -> r.channel(channel).text(text).unfurlLinks(false).unfurlMedia(false));
    }

    @Test
    void saysWhoTheBotIs() throws Exception {
        AuthTestResponse self = bolt.client.authTest(r -> r);
        assertThat(self.getUserId()).isEqualTo(server.bot().id());
        assertThat(self.getTeamId()).isEqualTo(garden.id());
        assertThat(self.getBotId()).startsWith("B");
        assertThat(self.getHttpResponseHeaders().getOrDefault("x-oauth-scopes", List.of()))
                .singleElement()
                .asString()
                .contains("chat:write");
    }

    @Test
    void whatIsPostedStandsAndCanBeChangedAndDeleted() throws Exception {
        ChatPostMessageResponse posted = posts(general.id(), "hello &amp; welcome");
        assertThat(posted.getError()).isNull();
        Message message = general.lastMessage();
        assertThat(message.ts()).isEqualTo(posted.getTs());
        assertThat(message.shown()).isEqualTo("hello & welcome");
        var updated = bolt.client.chatUpdate(
                r -> r.channel(general.id()).ts(posted.getTs()).text("goodbye"));
        assertThat(updated.getError()).isNull();
        assertThat(message.history()).containsExactly("hello &amp; welcome", "goodbye");
        bolt.client.chatDelete(r -> r.channel(general.id()).ts(posted.getTs()));
        assertThat(general.messages()).isEmpty();
        assertThat(server.violations()).isEmpty();
    }

    @Test
    void refusesAsSlackDoes() throws Exception {
        assertThat(posts("C000", "hi").getError()).isEqualTo("channel_not_found");
        assertThat(posts(garden.channelWithoutBot("away").id(), "hi").getError())
                .isEqualTo("not_in_channel");
        assertThat(posts(general.id(), "").getError()).isEqualTo("no_text");
        assertThat(posts(general.id(), "x".repeat(40_001)).getError()).isEqualTo("msg_too_long");
        Message hers = ada.says(general, "mine");
        assertThat(bolt.client
                        .chatUpdate(r -> r.channel(general.id()).ts(hers.ts()).text("mine now"))
                        .getError())
                .isEqualTo("cant_update_message");
        assertThat(bolt.client
                        .chatUpdate(r -> r.channel(general.id()).ts("1.000000").text("x"))
                        .getError())
                .isEqualTo("message_not_found");
        ada.in(general).archives();
        assertThat(posts(general.id(), "hi").getError()).isEqualTo("is_archived");
        server.withoutScopes("chat:write");
        ChatPostMessageResponse unscoped = posts(general.id(), "hi");
        assertThat(unscoped.getError()).isEqualTo("missing_scope");
        assertThat(unscoped.getNeeded()).isEqualTo("chat:write");
        assertThat(unscoped.getProvided()).contains("users:read").doesNotContain("chat:write");
        server.refusesTokens("token_revoked");
        assertThat(posts(general.id(), "hi").getError()).isEqualTo("token_revoked");
    }

    @Test
    void holdsBlocksToTheirLimits() throws Exception {
        assertThat(blocks("[" + "{\"type\":\"divider\"},".repeat(50) + "{\"type\":\"divider\"}]"))
                .isEqualTo("invalid_blocks");
        assertThat(blocks("[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"" + "x".repeat(3_001)
                        + "\"}}]"))
                .isEqualTo("invalid_blocks");
        String half = "{\"type\":\"markdown\",\"text\":\"" + "x".repeat(6_001) + "\"}";
        assertThat(blocks("[" + half + "," + half + "]")).isEqualTo("msg_blocks_too_long");
        assertThat(blocks("[" + half + "]")).isNull();
        assertThat(general.lastMessage().shown()).isEqualTo("x".repeat(6_001));
    }

    @Test
    void textAloneDoesNotReplaceBlocks() throws Exception {
        blocks("[{\"type\":\"markdown\",\"text\":\"before\"}]");
        Message message = general.lastMessage();
        bolt.client.chatUpdate(r -> r.channel(general.id()).ts(message.ts()).text("after"));
        assertThat(message.shown()).isEqualTo("before");
        bolt.client.chatUpdate(
                r -> r.channel(general.id()).ts(message.ts()).text("after").blocks(List.of()));
        assertThat(message.shown()).isEqualTo("after");
    }

    private String blocks(String json) throws IOException, SlackApiException {
        return bolt.client
                .chatPostMessage(r -> r.channel(general.id()).text("x").blocksAsString(json))
                .getError();
    }

    @Test
    void pingsAndUnfurlingAreNoticed() throws Exception {
        posts(general.id(), "hello " + ada.mention());
        posts(general.id(), "<!channel>");
        posts(general.id(), "&lt;!channel&gt;");
        bolt.client.chatPostMessage(r -> r.channel(general.id()).text("x").unfurlLinks(true));
        assertThat(server.violations())
                .hasSize(3)
                .first()
                .isEqualTo("chat.postMessage pings with " + ada.mention() + " in text");
    }

    @Test
    void threadsAreReadAsTheyStand() throws Exception {
        Message root = ada.says(general, "root");
        Message reply = ada.repliesInThread(root, "reply");
        Metadata metadata = Metadata.builder()
                .eventType("loci_reply")
                .eventPayload(Map.of("key", "k1"))
                .build();
        bolt.client.chatPostMessage(r -> r.channel(general.id())
                .text("answer")
                .threadTs(root.ts())
                .unfurlLinks(false)
                .metadata(metadata));
        ConversationsRepliesResponse replies = bolt.client.conversationsReplies(
                r -> r.channel(general.id()).ts(root.ts()).includeAllMetadata(true));
        assertThat(replies.getMessages())
                .extracting(com.slack.api.model.Message::getText)
                .containsExactly("root", "reply", "answer");
        assertThat(replies.getMessages().getLast().getMetadata().getEventPayload())
                .containsEntry("key", "k1");
        ConversationsHistoryResponse history =
                bolt.client.conversationsHistory(r -> r.channel(general.id()).limit(1));
        assertThat(history.getMessages())
                .extracting(com.slack.api.model.Message::getText)
                .containsExactly("root");
        assertThat(history.getMessages().getFirst().getReplyCount()).isEqualTo(2);
        ada.deletes(root);
        assertThat(general.messages().getFirst().tombstone()).isTrue();
        assertThat(reply.threadTs()).isEqualTo(root.ts());
        assertThat(bolt.client
                        .chatPostMessage(r -> r.channel(general.id()).text("x").threadTs("1.000000"))
                        .getError())
                .isEqualTo("thread_not_found");
    }

    @Test
    void tooManyCallsAreToldWhenToComeBack() throws Exception {
        server.faults().next("chat.postMessage").answers(429, Duration.ofSeconds(7));
        assertThatThrownBy(() -> posts(general.id(), "hi")).isInstanceOfSatisfying(SlackApiException.class, too -> {
            assertThat(too.getResponse().code()).isEqualTo(429);
            assertThat(too.getResponse().header("Retry-After")).isEqualTo("7");
        });
        assertThat(posts(general.id(), "hi").isOk()).isTrue();
        assertThat(server.calls("chat.postMessage")).hasSize(2);
    }

    @Test
    void whatIsCutOffOkhttpSendsAgainByItself() throws Exception {
        bolt.client.authTest(r -> r);
        server.faults().next(2, "chat.postMessage").isCutAfter();
        assertThat(posts(general.id(), "hi").isOk()).isTrue();
        assertThat(general.messages()).hasSize(3);
        server.faults().next(9, "chat.postMessage").isCutAfter();
        assertThatThrownBy(() -> posts(general.id(), "hi")).isInstanceOf(IOException.class);
        server.faults().none();
        server.faults().next("chat.postMessage").fails("internal_error");
        assertThat(posts(general.id(), "hi").getError()).isEqualTo("internal_error");
    }

    @Test
    void streamsGrowUntilTheyStop() throws Exception {
        Message question = ada.says(general, "@loci tell me");
        var missing = bolt.client.chatStartStream(r -> r.channel(general.id()).threadTs(question.ts()));
        assertThat(missing.getError()).isEqualTo("missing_recipient_team_id");
        var started = bolt.client.chatStartStream(r -> r.channel(general.id())
                .threadTs(question.ts())
                .recipientTeamId(garden.id())
                .recipientUserId(ada.account().id())
                .markdownText("once "));
        assertThat(started.getError()).isNull();
        bolt.client.chatAppendStream(
                r -> r.channel(general.id()).ts(started.getTs()).markdownText("upon "));
        assertThat(general.lastMessage().streaming()).isTrue();
        bolt.client.chatStopStream(
                r -> r.channel(general.id()).ts(started.getTs()).markdownText("a time"));
        Message reply = ada.awaitsReplyTo(question);
        assertThat(reply.text()).isEqualTo("once upon a time");
        assertThat(reply.pieces()).containsExactly("once ", "upon ", "a time");
        assertThat(bolt.client
                        .chatAppendStream(
                                r -> r.channel(general.id()).ts(started.getTs()).markdownText("x"))
                        .getError())
                .isEqualTo("message_not_in_streaming_state");
    }

    @Test
    void filesAreUploadedAndFetched() throws Exception {
        var uploaded = bolt.client.filesUploadV2(r -> r.filename("export.txt")
                .fileData(new byte[] {1, 2, 3})
                .channel(general.id())
                .initialComment("here"));
        assertThat(uploaded.getError()).isNull();
        assertThat(general.lastMessage().files().getFirst().bytes()).containsExactly(1, 2, 3);
        Message hers = ada.uploads(general, "notes.txt", "the kettle is red", "look");
        SharedFile file = hers.files().getFirst();
        assertThat(bolt.client.filesInfo(r -> r.file(file.id())).getFile().getUrlPrivate())
                .isEqualTo(file.url());
        assertThat(List.of(file.mediaType(), hers.text())).containsExactly("text/plain", "look");
    }

    @Test
    void peopleAndChannelsAreDescribed() throws Exception {
        garden.admin("ada");
        ada.renames("Ada L.", "Ada Lovelace");
        var user = bolt.client.usersInfo(r -> r.user(ada.account().id())).getUser();
        assertThat(user.getProfile().getDisplayName()).isEqualTo("Ada L.");
        assertThat(user.isAdmin()).isTrue();
        var channel =
                bolt.client.conversationsInfo(r -> r.channel(general.id())).getChannel();
        assertThat(channel.getName()).isEqualTo("general");
        assertThat(channel.isPrivate()).isFalse();
        assertThat(bolt.client
                        .conversationsOpen(r -> r.users(List.of(ada.account().id())))
                        .getChannel()
                        .getId())
                .isEqualTo(ada.direct().id());
        var page = bolt.client.conversationsMembers(r -> r.channel(general.id()).limit(1));
        assertThat(page.getMembers()).containsExactly(server.bot().id());
        assertThat(bolt.client
                        .conversationsMembers(r -> r.channel(general.id())
                                .cursor(page.getResponseMetadata().getNextCursor()))
                        .getMembers())
                .containsExactly(ada.account().id());
        assertThat(bolt.client.usersConversations(r -> r).getChannels()).hasSize(1);
        assertThat(bolt.client.teamInfo(r -> r).getTeam().getName()).isEqualTo("Garden");
    }
}
