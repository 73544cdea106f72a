package loci.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.App;
import com.slack.api.model.view.View;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import loci.chat.ChatEvent.Picked;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.command.MessageCommand;
import loci.slack.CommandLines.Line;
import loci.slack.Owed.ResponseUrl;
import loci.slack.SlackEvents.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slash commands, what is picked on a message or from anywhere, and forms. Each is acknowledged to Slack before anything else, so that its
 * three seconds never pass. Thread-safe.
 */
final class Interactions {

    private static final Logger LOG = LoggerFactory.getLogger(Interactions.class);
    private static final Pattern ANY = Pattern.compile(".*");
    private static final Pattern PICKS = Pattern.compile("loci_(ask|forget|summary)");

    /** The commands that are answered in a form: in it one is confirmed, and the other shared. */
    private static final Set<String> IN_FORMS = Set.of("forget", "summary");

    private final Entrance entrance;
    private final Invocations invocations;
    private final Questions questions;
    private final CommandLines lines;
    private final ModalScreen screen;
    private final People people;
    private final Executor executor;
    private final InstantSource clock;
    private final String team;

    Interactions(
            Entrance entrance,
            Invocations invocations,
            Questions questions,
            CommandLines lines,
            ModalScreen screen,
            People people,
            Executor executor,
            InstantSource clock,
            String team) {
        this.entrance = entrance;
        this.invocations = invocations;
        this.questions = questions;
        this.lines = lines;
        this.screen = screen;
        this.people = people;
        this.executor = executor;
        this.clock = clock;
        this.team = team;
    }

    void register(App app) {
        app.command(ANY, (request, context) -> {
            later(() -> ran(request.getPayload()));
            return context.ack();
        });
        app.messageShortcut(PICKS, (request, context) -> {
            later(() -> picked(request.getPayload()));
            return context.ack();
        });
        app.globalShortcut(Modals.PRIVATE, (request, context) -> {
            later(() -> questions.privately(
                    request.getPayload().getUser().getId(), request.getPayload().getTriggerId()));
            return context.ack();
        });
        app.blockAction(Modals.BUTTONS, (request, context) -> {
            later(() -> pressed(request.getPayload()));
            return context.ack();
        });
        app.viewSubmission(Modals.SUBMISSIONS, (request, context) -> {
            later(() -> submitted(request.getPayload()));
            return context.ack();
        });
    }

    private void later(Runnable action) {
        executor.execute(() -> {
            try {
                action.run();
            } catch (RuntimeException | Error failed) {
                LOG.error("what somebody did on Slack could not be seen to", failed);
            }
        });
    }

    private void ran(SlashCommandPayload payload) {
        String written = payload.getText() == null ? "" : payload.getText();
        Owed owed = Owed.of(
                payload.getUserId(),
                payload.getChannelId(),
                null,
                ResponseUrl.of(payload.getResponseUrl(), clock.instant(), false));
        String command = lines.slashed(payload.getCommand(), written).name();
        // The form first: what opens it is good for three seconds.
        Owed before = inForm(owed, command, payload.getTriggerId());
        people.learn(payload.getUserId(), written);
        Line line = lines.slashed(payload.getCommand(), SlackMarkup.readable(written, people));
        ConversationId place = ConversationId.ofChannel(SlackEvents.PLATFORM, team, payload.getChannelId());
        invocations.run(new EventId("c" + payload.getTriggerId()), place, line, null, before);
    }

    private Owed inForm(Owed owed, String command, String trigger) {
        if (!IN_FORMS.contains(command)) {
            return owed;
        }
        String title = command.substring(0, 1).toUpperCase(Locale.ROOT) + command.substring(1);
        return owed.before(screen.open(trigger, Modals.waiting(title)), title);
    }

    private void picked(MessageShortcutPayload payload) {
        String user = payload.getUser().getId();
        String channel = payload.getChannel().getId();
        String ts = payload.getMessageTs();
        String above =
                payload.getMessage() == null ? null : payload.getMessage().getThreadTs();
        Place place = Place.of(team, channel, ts, above);
        Owed owed = Owed.of(
                user, channel, place.thread(), ResponseUrl.of(payload.getResponseUrl(), clock.instant(), false));
        MessageCommand command = MessageCommand.valueOf(
                payload.getCallbackId().substring("loci_".length()).toUpperCase(Locale.ROOT));
        if (command == MessageCommand.ASK) {
            if (payload.getMessage() != null) {
                questions.picked(owed, payload.getMessage(), payload.getTriggerId());
            }
            return;
        }
        Owed before = inForm(owed, command.command(), payload.getTriggerId());
        try {
            invocations.run(
                    new EventId("c" + payload.getTriggerId()),
                    place.conversation(entrance::inThread),
                    new Line(command.command(), command.arguments()),
                    new Picked(place.message(ts), SlackEvents.at(ts)),
                    before);
        } catch (RuntimeException | Error failed) {
            invocations.say(before, "⚠️ I could not take this up. Please try again.");
            throw failed;
        }
    }

    private void pressed(BlockActionPayload payload) {
        BlockActionPayload.Action action = payload.getActions().getFirst();
        BlockActionPayload.Container container = payload.getContainer();
        if (payload.getChannel() == null) {
            return;
        }
        boolean confirms = action.getActionId().equals(Modals.CONFIRM);
        Owed owed = Owed.of(
                payload.getUser().getId(),
                payload.getChannel().getId(),
                container == null ? null : container.getThreadTs(),
                ResponseUrl.of(payload.getResponseUrl(), clock.instant(), confirms));
        given(confirms, action.getValue(), owed);
    }

    private void submitted(ViewSubmissionPayload payload) {
        View view = payload.getView();
        String user = payload.getUser().getId();
        switch (view.getCallbackId()) {
            case Modals.ASK, Modals.PRIVATE ->
                questions.submitted(user, payload.getUser().getTeamId(), view);
            case Modals.CONFIRM -> given(true, view.getPrivateMetadata(), Owed.of(user, user, null, null));
            default -> given(false, view.getPrivateMetadata(), Owed.of(user, user, null, null));
        }
    }

    private void given(boolean confirms, String value, Owed owed) {
        String[] confirmed = confirms ? Modals.halves(value) : null;
        if (confirmed != null) {
            invocations.confirm(confirmed[0], confirmed[1], owed);
        } else if (!confirms) {
            invocations.share(value, owed);
        }
    }
}
