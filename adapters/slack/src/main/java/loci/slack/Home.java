package loci.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.bolt.App;
import com.slack.api.methods.response.users.UsersConversationsResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
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
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The home of the app: what is remembered in the places that somebody is in, as Slack says at that moment, and buttons that run commands
 * there. Whoever has left a place sees nothing of it. Thread-safe.
 */
final class Home {

    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;
    private static final String TITLE = "Loci";
    private static final List<ConversationType> ALL =
            List.of(ConversationType.PUBLIC_CHANNEL, ConversationType.PRIVATE_CHANNEL, ConversationType.MPIM);

    private final Entrance entrance;
    private final Invocations invocations;
    private final CommandLines lines;
    private final ModalScreen screen;
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
            Web web,
            Executor executor,
            String bot,
            String team) {
        this.entrance = entrance;
        this.invocations = invocations;
        this.lines = lines;
        this.screen = screen;
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
            } catch (RuntimeException failed) {
                LOG.error("a home could not be seen to", failed);
            }
        });
    }

    private void publish(String user, String direct) {
        Set<String> in = new HashSet<>(placesOf(user));
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

    /** The channels and groups that somebody is in and the bot can see; where Slack does not tell, none. */
    private Set<String> placesOf(String user) {
        Set<String> channels = new HashSet<>();
        List<ConversationType> types = ALL;
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = cursor;
            List<ConversationType> asked = types;
            Tried<UsersConversationsResponse> found = web.tried(
                    "users.conversations",
                    client -> client.usersConversations(request ->
                            request.user(user).types(asked).limit(PAGE).cursor(from.isEmpty() ? null : from)));
            if (found instanceof Refused<UsersConversationsResponse>(String error, String _)
                    && error.equals("missing_scope")
                    && types.size() > 1) {
                types = List.of(ConversationType.PUBLIC_CHANNEL);
                continue;
            }
            if (!(found instanceof Done<UsersConversationsResponse>(UsersConversationsResponse done))
                    || done.getChannels() == null) {
                return channels;
            }
            done.getChannels().stream().map(Conversation::getId).forEach(channels::add);
            cursor = next(done);
            if (cursor.isEmpty()) {
                return channels;
            }
        }
        return channels;
    }

    private static String next(UsersConversationsResponse page) {
        String cursor = page.getResponseMetadata() == null
                ? null
                : page.getResponseMetadata().getNextCursor();
        return cursor == null ? "" : cursor;
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
        if (SlackEvents.isDirect(channel) || placesOf(user).contains(channel)) {
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
