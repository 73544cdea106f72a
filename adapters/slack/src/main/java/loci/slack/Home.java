package loci.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.view.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.slack.CommandLines.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The home of the app: what is remembered in the places that somebody is in, as Slack says at that moment, and buttons that run commands
 * there. Whoever has left a place sees nothing of it. Thread-safe.
 */
final class Home {

    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    private static final String TITLE = "Loci";

    private final Entrance entrance;
    private final Invocations invocations;
    private final CommandLines lines;
    private final ModalScreen screen;
    private final Membership membership;
    private final Web web;
    private final Executor executor;
    private final String bot;
    private final String team;

    /** @param bot what the bot is called */
    Home(
            Entrance entrance,
            Invocations invocations,
            CommandLines lines,
            ModalScreen screen,
            Membership membership,
            Web web,
            Executor executor,
            String bot,
            String team) {
        this.entrance = entrance;
        this.invocations = invocations;
        this.lines = lines;
        this.screen = screen;
        this.membership = membership;
        this.web = web;
        this.executor = executor;
        this.bot = bot;
        this.team = team;
    }

    void register(App app) {
        app.event(AppHomeOpenedEvent.class, (payload, context) -> {
            AppHomeOpenedEvent event = payload.getEvent();
            if ("home".equals(event.getTab())) {
                later(() -> publish(event.getUser(), event.getChannel()));
            }
            return context.ack();
        });
        app.blockAction(HomeView.BUTTONS, (request, context) -> {
            later(() -> pressed(request.getPayload()));
            return context.ack();
        });
    }

    private void later(Runnable action) {
        executor.execute(() -> {
            try {
                action.run();
            } catch (RuntimeException | Error failed) {
                LOG.error("a home could not be seen to", failed);
            }
        });
    }

    private void publish(String user, String direct) {
        Set<String> in = new HashSet<>(membership.channelsOf(user));
        in.add(direct);
        List<HomeView.Place> places = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (ConversationId conversation : entrance.conversations()) {
            String channel = conversation.channel();
            boolean shown = conversation.space().equals(team) && in.contains(channel) && seen.add(channel);
            if (shown && places.size() < HomeView.MOST_PLACES) {
                places.add(new HomeView.Place(channel, counted(channel)));
            }
        }
        View view = HomeView.of(bot, lines, direct, places, seen.size() > places.size());
        web.courtesy(
                "views.publish",
                client -> client.viewsPublish(request -> request.userId(user).view(view)));
    }

    /** How much of a channel's own conversation is remembered; of its threads, where they are kept apart, each keeps its own. */
    private int counted(String channel) {
        ConversationId own = ConversationId.ofChannel(SlackEvents.PLATFORM, team, channel);
        return entrance.inbox().lately(own, HomeView.MOST_COUNTED).size();
    }

    private void pressed(BlockActionPayload payload) {
        BlockActionPayload.Action action = payload.getActions().getFirst();
        Line line = HomeView.pressed(action.getActionId());
        if (line == null) {
            return;
        }
        String user = payload.getUser().getId();
        String channel = action.getValue();
        // The form first: what opens it is good for three seconds.
        @Nullable String view = screen.open(payload.getTriggerId(), Modals.waiting(TITLE));
        Owed owed = Owed.of(user, user, null, null).before(view, TITLE);
        if (membership.isIn(user, channel)) {
            invocations.run(
                    new EventId("c" + payload.getTriggerId()),
                    ConversationId.ofChannel(SlackEvents.PLATFORM, team, channel),
                    line,
                    null,
                    owed);
        } else {
            invocations.say(owed, "You are not in that channel any more, or I am not.");
        }
    }
}
