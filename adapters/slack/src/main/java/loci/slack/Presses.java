package loci.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import loci.chat.Caller;
import loci.chat.ChatEvent.RegenerateRequested;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Standing;
import loci.command.Commands;
import loci.slack.Buttons.Again;
import loci.slack.Buttons.Feedback;
import loci.slack.Buttons.Stop;
import loci.slack.SlackEvents.Located;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is pressed under answers: stop, answer anew, good, not good. It is acknowledged at once and done after that. Only who asked, or who
 * administers the workspace, may stop and have answered anew; after a restart it is not known here who asked, and only the latter may stop.
 * Thread-safe.
 */
final class Presses {

    private static final Logger LOG = LoggerFactory.getLogger(Presses.class);
    private static final int MOST = 20_000;
    private static final String NOT_NOW = "⚠️ That could not be done. Please try again.";

    private final Entrance entrance;
    private final Callers callers;
    private final Drafts drafts;
    private final Whispers whispers;
    private final Commands commands;
    private final Executor executor;
    private final InstantSource clock;
    private final String team;
    /** What people said last of answers, by person and question. */
    private final Recent<String, Feedback> given = new Recent<>(MOST);

    /**
     * Somebody pressed something.
     *
     * @param thread the thread that it stands in; null outside of threads
     */
    private record Press(
            String id,
            String user,
            String channel,
            @Nullable String thread,
            Buttons button) {}

    Presses(
            Entrance entrance,
            Callers callers,
            Drafts drafts,
            Whispers whispers,
            Commands commands,
            Executor executor,
            InstantSource clock,
            String team) {
        this.entrance = entrance;
        this.callers = callers;
        this.drafts = drafts;
        this.whispers = whispers;
        this.commands = commands;
        this.executor = executor;
        this.clock = clock;
        this.team = team;
    }

    void register(App app) {
        app.blockAction(Buttons.ACTIONS, (request, context) -> {
            pressed(request.getPayload());
            return context.ack();
        });
    }

    private void pressed(BlockActionPayload payload) {
        BlockActionPayload.Action action = payload.getActions().getFirst();
        Buttons button = Buttons.read(action.getActionId(), action.getValue());
        if (button != null && payload.getChannel() != null) {
            Press press = new Press(
                    payload.getUser().getId() + "-" + action.getActionTs(),
                    payload.getUser().getId(),
                    payload.getChannel().getId(),
                    payload.getContainer() == null
                            ? null
                            : payload.getContainer().getThreadTs(),
                    button);
            executor.execute(() -> {
                try {
                    act(press);
                } catch (RuntimeException | Error failed) {
                    LOG.error("what was pressed in {} could not be seen to", press.channel(), failed);
                    say(press, NOT_NOW);
                }
            });
        }
    }

    private void act(Press press) {
        MessageRef question = press.button().question();
        Caller caller = callers.of(press.user(), press.channel());
        switch (press.button()) {
            case Stop _ -> stop(press, question, caller);
            case Again _ ->
                entrance.hand(new RegenerateRequested(
                        new EventId("r" + press.id()),
                        conversation(press, question),
                        caller,
                        question,
                        clock.instant()));
            case Feedback feedback -> noted(press, feedback, caller);
        }
    }

    private void stop(Press press, MessageRef question, Caller caller) {
        Asker asker = drafts.asker(question);
        boolean theirs = asker != null && asker.user().equals(press.user());
        if (!theirs && caller.standing() != Standing.ADMIN) {
            say(press, commands.notTheirs(caller.locale()));
            return;
        }
        entrance.hand(new StopRequested(
                new EventId("s" + press.id()),
                conversation(press, question),
                caller.author(),
                clock.instant(),
                question));
    }

    /** Kept nowhere but in the log, for operators to count; without a word of the answer, and without who it was. */
    private void noted(Press press, Feedback feedback, Caller caller) {
        MessageRef question = feedback.question();
        Feedback before = given.replace(press.user() + " " + press.channel() + " " + question.id(), feedback);
        LOG.info(
                "feedback: conversation={} question={} answer={} before={}",
                conversation(press, question),
                question.id(),
                feedback.word(),
                before == null ? "none" : before.word());
        say(press, commands.feedback(feedback.good(), caller.locale()));
    }

    private void say(Press press, String sentence) {
        whispers.say(press.channel(), press.thread(), press.user(), sentence);
    }

    private ConversationId conversation(Press press, MessageRef question) {
        Located at = Located.of(question);
        return SlackEvents.Place.of(team, press.channel(), at.ts(), at.thread()).conversation(entrance::inThread);
    }
}
