package loci.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.Executor;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.RegenerateRequested;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.Standing;
import loci.slack.Buttons.Again;
import loci.slack.Buttons.Feedback;
import loci.slack.Buttons.Stop;
import loci.slack.SlackEvents.Located;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is pressed under answers: stop, answer anew, good, not good. It is acknowledged at once and done after that. Only who asked, or who
 * administers the workspace, may stop and have answered anew. Thread-safe.
 */
final class Presses {

    private static final Logger LOG = LoggerFactory.getLogger(Presses.class);
    private static final String NOT_YOURS = "Only who asked, or who administers this workspace, can do that.";
    private static final String NOT_NOW = "⚠️ That could not be done. Please try again.";
    private static final String THANKS = "Thank you, that is noted.";

    private final Entrance entrance;
    private final People people;
    private final Whispers whispers;
    private final Executor executor;
    private final InstantSource clock;
    private final String team;

    /** Somebody pressed something. */
    private record Press(String id, String user, String channel, Buttons button) {}

    Presses(Entrance entrance, People people, Whispers whispers, Executor executor, InstantSource clock, String team) {
        this.entrance = entrance;
        this.people = people;
        this.whispers = whispers;
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
                    button);
            executor.execute(() -> act(press));
        }
    }

    private void act(Press press) {
        switch (press.button()) {
            case Stop(String asker, MessageRef question) -> {
                if (isAllowed(press, asker, question)) {
                    hand(
                            press,
                            question,
                            new StopRequested(
                                    new EventId("s" + press.id()),
                                    conversation(press, question),
                                    author(press),
                                    clock.instant(),
                                    question));
                }
            }
            case Again(String asker, MessageRef question) -> {
                if (isAllowed(press, asker, question)) {
                    hand(
                            press,
                            question,
                            new RegenerateRequested(
                                    new EventId("r" + press.id()),
                                    conversation(press, question),
                                    new Caller(author(press), standing(press), Locale.ROOT, ZoneId.systemDefault()),
                                    question,
                                    clock.instant()));
                }
            }
            case Feedback(MessageRef question, boolean good) -> {
                LOG.info(
                        "feedback on the answer to {} in {}: {}",
                        question,
                        press.channel(),
                        good ? "good" : "not good");
                say(press, question, THANKS);
            }
        }
    }

    private boolean isAllowed(Press press, String asker, MessageRef question) {
        boolean allowed = asker.equals(press.user()) || standing(press) == Standing.ADMIN;
        if (!allowed) {
            say(press, question, NOT_YOURS);
        }
        return allowed;
    }

    private void hand(Press press, MessageRef question, ChatEvent event) {
        try {
            entrance.hand(event);
        } catch (RuntimeException notStored) {
            LOG.error("{}: what was pressed could not be handed in", event.conversation(), notStored);
            say(press, question, NOT_NOW);
        }
    }

    private void say(Press press, MessageRef question, String sentence) {
        whispers.say(
                press.channel(),
                Located.of(question).thread(),
                press.user(),
                CommandAnswer.of(sentence).text());
    }

    private ConversationId conversation(Press press, MessageRef question) {
        Located at = Located.of(question);
        return SlackEvents.Place.of(team, press.channel(), at.ts(), at.thread()).conversation(entrance::inThread);
    }

    private Author author(Press press) {
        return new Author(press.user(), people.named(press.user()));
    }

    private Standing standing(Press press) {
        return people.isAdmin(press.user(), team) ? Standing.ADMIN : Standing.MEMBER;
    }
}
