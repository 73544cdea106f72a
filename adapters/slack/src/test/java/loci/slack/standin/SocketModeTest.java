package loci.slack.standin;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aMentionArrivesTwice() throws Exception {
        bolt.connects();
        Message message = ada.says(general, "@loci hi, I am with @bob");
        bolt.awaitsHeard(2);
        String text = message.ts() + " " + server.bot().mention() + " hi, I am with @bob";
        assertThat(bolt.heard).containsExactlyInAnyOrder("message " + text, "app_mention " + text);
        server.awaitsAcknowledgements();
    }

    @Test
    void whereTheBotIsNotItHearsNothing() throws Exception {
        bolt.connects();
        ada.says(garden.channelWithoutBot("away"), "@loci hi");
        ada.whispers("hi");
        bolt.awaitsHeard(1);
        assertThat(bolt.heard).singleElement().asString().endsWith(" hi");
    }

    @Test
    void whatAHandlerThrewAtComesAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        bolt.app.message("storm", (message, context) -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
            bolt.hears("storm");
            return context.ack();
        });
        bolt.connects();
        ada.says(general, "calm");
        bolt.awaitsHeard(1);
        server.awaitsAcknowledgements();
        assertThat(server.socket().redeliversUnacknowledged()).isZero();
        assertThat(server.socket().redeliversAcknowledged()).isEqualTo(1);
        bolt.awaitsHeard(2);
    }

    @Test
    void commandsAreAnsweredWithTheAcknowledgement() throws Exception {
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
    void itComesBackAfterEachWayOfLosingTheConnection() throws Exception {
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
    void itReplacesAConnectionThatIsToBeReplaced() throws Exception {
        bolt.connects();
        server.socket().asksToReconnect();
        server.socket().awaitsOpened(2);
        server.socket().awaitsConnections(1);
        ada.says(general, "still there?");
        bolt.awaitsHeard(1);
    }

    @Test
    void severalConnectionsShareTheWork() throws Exception {
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
