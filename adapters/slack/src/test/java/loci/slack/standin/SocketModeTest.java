package loci.slack.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.event.ReactionAddedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Socket Mode as the real bolt lives it. */
@Timeout(60)
class SocketModeTest {
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

    @Test
    void aMentionArrivesTwice() {
        bolt.connects();
        Message message = ada.says(general, "@loci hi, I am with @bob");
        bolt.awaitsHeard(2);
        String text = message.ts() + " " + server.bot().mention() + " hi, I am with @bob";
        assertThat(bolt.heard).containsExactlyInAnyOrder("message " + text, "app_mention " + text);
        server.awaitsAcknowledgements();
    }

    @Test
    void whereTheBotIsNotItHearsNothing() {
        bolt.connects();
        ada.says(garden.channelWithoutBot("away"), "@loci hi");
        ada.whispers("hi");
        bolt.awaitsHeard(1);
        assertThat(bolt.heard).singleElement().asString().endsWith(" hi");
    }

    @Test
    void whatAHandlerThrewAtIsNotAcknowledgedAndComesAgain() {
        AtomicInteger tries = new AtomicInteger();
        bolt.app.event(ReactionAddedEvent.class, (event, context) -> {
            if (tries.incrementAndGet() == 1) {
                bolt.hears("failure");
                throw new IllegalStateException("not now");
            }
            bolt.hears("success");
            return context.ack();
        });
        bolt.connects();
        Message message = ada.says(general, "calm");
        bolt.awaitsHeard(1);
        server.awaitsAcknowledgements();
        ada.reacts(message, "eyes");
        bolt.awaitsHeard(2);
        assertThat(server.socket().redeliversUnacknowledged()).isEqualTo(1);
        bolt.awaitsHeard(3);
        server.awaitsAcknowledgements();
        assertThat(server.socket().redeliversUnacknowledged()).isZero();
        assertThat(server.socket().redeliversAcknowledged()).isEqualTo(2);
        bolt.awaitsHeard(5);
    }

    @Test
    void whatNobodyHandlesIsNotAcknowledged() {
        bolt.connects();
        ada.renames("Countess", "Ada King");
        ada.says(general, "hi");
        bolt.awaitsHeard(1);
        server.until("one acknowledgement", () -> server.unacknowledged() == 1);
    }

    @Test
    void aWarnedConnectionIsReplacedToo() {
        bolt.connects();
        server.socket().warns();
        server.socket().awaitsOpened(2);
        ada.says(general, "still there?");
        bolt.awaitsHeard(1);
    }

    @Test
    void aConnectionThatIsSwitchedOffStaysAway() {
        bolt.connects();
        server.socket().disablesLink();
        server.awaitsCall(
                "apps.connections.open",
                one -> server.calls("apps.connections.open").size() > 1);
        assertThat(server.socket().connections()).isZero();
    }

    @Test
    void commandsAreAnsweredWithTheAcknowledgement() {
        bolt.app.command(
                "/forget",
                (command, context) ->
                        context.ack("forgot " + command.getPayload().getText()));
        bolt.connects();
        Interaction run = ada.runs(general, "/forget here");
        Message answer = run.awaitAnswer();
        assertThat(answer.text()).isEqualTo("forgot here");
        assertThat(answer.ephemeral()).isTrue();
        assertThat(ada.whisperedTo(general)).containsExactly(answer);
        assertThat(garden.member("bob").sees(general)).isEmpty();
    }

    @Test
    void itComesBackAfterEachWayOfLosingTheConnection() {
        bolt.connects();
        server.socket().drops();
        server.socket().awaitsOpened(2);
        server.socket().awaitsConnections(1);
        server.socket().closes();
        server.socket().awaitsOpened(3);
        server.socket().awaitsConnections(1);
        ada.says(general, "still there?");
        bolt.awaitsHeard(1);
    }

    @Test
    void itReplacesAConnectionThatIsToBeReplaced() {
        bolt.connects();
        server.socket().asksToReconnect();
        server.socket().awaitsOpened(2);
        server.socket().awaitsConnections(1);
        ada.says(general, "still there?");
        bolt.awaitsHeard(1);
    }

    @Test
    void severalConnectionsShareTheWork() {
        List<String> threads = new CopyOnWriteArrayList<>();
        try (RealBolt second = new RealBolt(server)) {
            bolt.connects();
            second.connects();
            ada.says(general, "one");
            ada.says(general, "two");
            bolt.awaitsHeard(1);
            second.awaitsHeard(1);
            threads.addAll(bolt.heard);
            threads.addAll(second.heard);
        }
        assertThat(threads).hasSize(2);
    }
}
