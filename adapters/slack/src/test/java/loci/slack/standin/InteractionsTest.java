package loci.slack.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.app_backend.slash_commands.response.SlashCommandResponse;
import com.slack.api.bolt.response.Response;
import com.slack.api.methods.response.views.ViewsOpenResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands, buttons, forms, shortcuts and homes as the real bolt handles them. */
@Timeout(60)
class InteractionsTest {
    private static final String BUTTON =
            "[{\"type\":\"actions\",\"elements\":[{\"type\":\"button\",\"action_id\":\"again\","
                    + "\"value\":\"7\",\"text\":{\"type\":\"plain_text\",\"text\":\"Again\"}}]}]";
    private static final String MODAL = "{\"type\":\"modal\",\"callback_id\":\"persona\","
            + "\"title\":{\"type\":\"plain_text\",\"text\":\"Persona\"},"
            + "\"submit\":{\"type\":\"plain_text\",\"text\":\"Save\"},"
            + "\"blocks\":[{\"type\":\"input\",\"block_id\":\"text\","
            + "\"label\":{\"type\":\"plain_text\",\"text\":\"Text\"},"
            + "\"element\":{\"type\":\"plain_text_input\",\"action_id\":\"it\"}}]}";

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
    void aCommandIsAnsweredLaterThroughItsResponseUrl() {
        bolt.app.command("/summary", (command, context) -> {
            Response ack = context.ack();
            context.respond("done");
            context.respond(SlashCommandResponse.builder()
                    .responseType("in_channel")
                    .text("for all")
                    .build());
            return ack;
        });
        bolt.connects();
        Interaction run = ada.runs(general, "/summary");
        run.awaitAcknowledged();
        Message first = run.awaitAnswer();
        assertThat(first.text()).isEqualTo("done");
        assertThat(first.ephemeral()).isTrue();
        assertThat(run.awaitAnswer(2).text()).isEqualTo("for all");
        assertThat(general.messages()).singleElement().isEqualTo(run.awaitAnswer(2));
    }

    @Test
    void aButtonTellsWhoPressedItWhereAndWhatItBears() throws Exception {
        bolt.app.blockAction("again", (action, context) -> {
            bolt.hears(action.getPayload().getActions().getFirst().getValue() + " by "
                    + action.getPayload().getUser().getId() + " on "
                    + action.getPayload().getMessage().getTs());
            return context.ack();
        });
        bolt.connects();
        bolt.client.chatPostMessage(r -> r.channel(general.id())
                .text("here")
                .blocksAsString(BUTTON)
                .unfurlLinks(false)
                .unfurlMedia(false));
        Message message = general.lastMessage();
        ada.presses(message.button("Again")).awaitAcknowledged();
        assertThat(bolt.heard).contains("7 by " + ada.account().id() + " on " + message.ts());
    }

    @Test
    void aFormIsOpenedRefusedAndAccepted() {
        bolt.app.globalShortcut("persona", (shortcut, context) -> {
            ViewsOpenResponse opened = context.client()
                    .viewsOpen(r -> r.triggerId(context.getTriggerId()).viewAsString(MODAL));
            assertThat(opened.getError()).isNull();
            return context.ack();
        });
        bolt.app.viewSubmission("persona", (submission, context) -> {
            String text = submission
                    .getPayload()
                    .getView()
                    .getState()
                    .getValues()
                    .getOrDefault("text", Map.of())
                    .values()
                    .iterator()
                    .next()
                    .getValue();
            return text.length() > 5
                    ? context.ack(r -> r.responseAction("errors").errors(Map.of("text", "too long")))
                    : context.ack();
        });
        bolt.connects();
        View form = ada.usesGlobalShortcut("persona").awaitForm();
        assertThat(form.labels()).containsExactly("Text");
        ada.submits(form, Map.of("Text", "much too long")).awaitAcknowledged();
        assertThat(form.errors()).containsEntry("text", "too long");
        assertThat(form.open()).isTrue();
        ada.submits(Map.of("Text", "short")).awaitAcknowledged();
        assertThat(form.open()).isFalse();
        assertThatThrownBy(() -> ada.submits(form, Map.of("Text", "x"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aShortcutOnAMessageBearsTheMessage() {
        bolt.app.messageShortcut("forget", (shortcut, context) -> {
            bolt.hears("forget " + shortcut.getPayload().getMessage().getText());
            return context.ack();
        });
        bolt.connects();
        Message message = ada.says(general, "the kettle is red");
        ada.usesShortcut(message, "forget").awaitAcknowledged();
        assertThat(bolt.heard).contains("forget the kettle is red");
    }

    @Test
    void aTriggerIsGoodOnceAndForThreeSeconds() throws Exception {
        Interaction used = ada.usesGlobalShortcut("any");
        Interaction late = ada.usesGlobalShortcut("any");
        assertThat(opens(used)).isNull();
        assertThat(opens(used)).isEqualTo("exchanged_trigger_id");
        server.advance(Duration.ofSeconds(4));
        assertThat(opens(late)).isEqualTo("expired_trigger_id");
        assertThat(late.failed()).isTrue();
        assertThat(ada.modals()).hasSize(1);
        View form = ada.modal();
        var updated = bolt.client.viewsUpdate(r -> r.viewId(form.id()).viewAsString(MODAL.replace("Persona", "Other")));
        assertThat(updated.getError()).isNull();
        assertThat(form.title()).isEqualTo("Other");
    }

    private String opens(Interaction interaction) throws Exception {
        return bolt.client
                .viewsOpen(r -> r.triggerId(interaction.triggerId()).viewAsString(MODAL))
                .getError();
    }

    @Test
    void aHomeIsPublishedToWhoOpensIt() {
        bolt.app.event(com.slack.api.model.event.AppHomeOpenedEvent.class, (event, context) -> {
            context.client()
                    .viewsPublish(r -> r.userId(event.getEvent().getUser())
                            .viewAsString("{\"type\":\"home\",\"blocks\":[{\"type\":\"section\","
                                    + "\"text\":{\"type\":\"mrkdwn\",\"verbatim\":true,\"text\":\"Welcome\"}}]}"));
            return context.ack();
        });
        bolt.connects();
        ada.opensHome();
        assertThat(ada.awaitsHome().shown()).isEqualTo("Welcome");
        assertThat(garden.member("bob").home()).isNull();
    }
}
