package loci.slack.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.bolt.handler.BoltEventHandler;
import com.slack.api.model.event.AppUninstalledEvent;
import com.slack.api.model.event.AssistantThreadStartedEvent;
import com.slack.api.model.event.ChannelRenameEvent;
import com.slack.api.model.event.Event;
import com.slack.api.model.event.MemberJoinedChannelEvent;
import com.slack.api.model.event.MessageChangedEvent;
import com.slack.api.model.event.MessageDeletedEvent;
import com.slack.api.model.event.MessageFileShareEvent;
import com.slack.api.model.event.TokensRevokedEvent;
import com.slack.api.model.event.UserChangeEvent;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real bolt reads in the events of the stand-in. */
@Timeout(60)
class EventsTest {
    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final RealBolt bolt = new RealBolt(server);

    @AfterEach
    void closes() {
        bolt.close();
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private <E extends Event> void hears(Class<E> type, Function<E, Object> what) {
        BoltEventHandler<E> handler = (event, context) -> {
            bolt.hears(type.getSimpleName() + " " + what.apply(event.getEvent()));
            return context.ack();
        };
        bolt.app.event(type, handler);
    }

    @Test
    void editsUnfurlingAndDeletionsAreTold() {
        hears(
                MessageChangedEvent.class,
                one -> one.getMessage().getText() + " "
                        + one.getMessage().getSubtype() + " "
                        + (one.getMessage().getEdited() != null));
        hears(MessageDeletedEvent.class, MessageDeletedEvent::getDeletedTs);
        bolt.connects();
        Message message = ada.says(general, "one");
        bolt.awaitsHeard(1);
        ada.edits(message, "two");
        bolt.awaitsHeard(2);
        Message reply = ada.repliesInThread(message, "reply");
        bolt.awaitsHeard(3);
        ada.deletes(message);
        bolt.awaitsHeard(4);
        ada.deletes(reply);
        bolt.awaitsHeard(5);
        Message other = ada.says(general, "see https://example.org");
        server.unfurls(other, "https://example.org", "Example");
        bolt.awaitsHeard(7);
        assertThat(bolt.heard)
                .contains(
                        "MessageChangedEvent two null true",
                        "MessageChangedEvent This message was deleted. tombstone true",
                        "MessageDeletedEvent " + reply.ts(),
                        "MessageChangedEvent see <https://example.org> null false");
        assertThat(general.messages()).containsExactly(other);
        server.awaitsAcknowledgements();
    }

    @Test
    void whatHappensToChannelsAndPeopleIsTold() {
        hears(ChannelRenameEvent.class, one -> one.getChannel().getName());
        hears(MemberJoinedChannelEvent.class, MemberJoinedChannelEvent::getUser);
        hears(UserChangeEvent.class, one -> one.getUser().getProfile().getDisplayName());
        hears(AppUninstalledEvent.class, one -> "gone");
        hears(TokensRevokedEvent.class, one -> one.getTokens().getBot());
        Channel other = garden.channelWithoutBot("other");
        bolt.connects();
        ada.in(general).renames("lounge");
        ada.in(other).invitesBot();
        ada.renames("Countess", "Ada King");
        bolt.awaitsHeard(3);
        server.uninstallsApp();
        bolt.awaitsHeard(5);
        assertThat(bolt.heard)
                .contains(
                        "ChannelRenameEvent lounge",
                        "MemberJoinedChannelEvent " + server.bot().id(),
                        "UserChangeEvent Countess",
                        "TokensRevokedEvent [" + server.bot().id() + "]",
                        "AppUninstalledEvent gone");
        assertThat(garden.channel("lounge")).isEqualTo(general);
    }

    @Test
    void theAssistantsPaneIsAThreadOfTheDirectMessages() throws Exception {
        hears(
                AssistantThreadStartedEvent.class,
                one -> one.getAssistantThread().getContext().getChannelId());
        bolt.connects();
        Message root = ada.assistant().opens(general);
        bolt.awaitsHeard(1);
        Message question = ada.repliesInThread(root, "hello");
        bolt.awaitsHeard(2);
        assertThat(bolt.heard)
                .containsExactly("AssistantThreadStartedEvent " + general.id(), "message " + question.ts() + " hello");
        bolt.client.assistantThreadsSetStatus(
                r -> r.channelId(root.channel().id()).threadTs(root.ts()).status("is thinking…"));
        bolt.client.assistantThreadsSetTitle(
                r -> r.channelId(root.channel().id()).threadTs(root.ts()).title("Greeting"));
        assertThat(server.statuses(root)).containsExactly("is thinking…");
        assertThat(server.title(root)).isEqualTo("Greeting");
    }

    @Test
    void aSharedFileComesWithItsMessage() {
        hears(
                MessageFileShareEvent.class,
                one -> one.getText() + " " + one.getFiles().getFirst().getUrlPrivate());
        bolt.connects();
        Message message = ada.uploads(general, "notes.txt", "the kettle is red", "look");
        bolt.awaitsHeard(1);
        assertThat(bolt.heard)
                .containsExactly("MessageFileShareEvent look "
                        + message.files().getFirst().url());
    }
}
