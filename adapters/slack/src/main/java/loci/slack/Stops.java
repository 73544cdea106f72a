package loci.slack;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import loci.chat.Author;
import loci.chat.ChatEvent.StopRequested;
import loci.chat.EventId;
import loci.chat.MessageRef;
import loci.chat.ReplyPlace;

/**
 * The sign at a question by which its answer can be stopped while it is streamed, since a stream takes no buttons before its end: who asked,
 * or administers the workspace, clicks on it. Thread-safe.
 */
final class Stops {

    /** Slack's name of ⏹. */
    private static final String SIGN = "black_square_for_stop";

    private static final int MOST = 5_000;

    private final Web web;
    private final Executor executor;
    private final InstantSource clock;
    private final Entrance entrance;
    private final People people;
    private final String team;
    private final boolean heard;
    private final Recent<String, Stoppable> open = new Recent<>(MOST);
    private final Recent<MessageRef, Target> shown = new Recent<>(MOST);

    /** An answer that can be stopped. */
    private record Stoppable(ReplyPlace place, String asker) {}

    /**
     * @param team the workspace that the bot is in
     * @param heard whether the app is told of signs, which takes the scope reactions:read
     */
    Stops(
            Web web,
            Executor executor,
            InstantSource clock,
            Entrance entrance,
            People people,
            String team,
            boolean heard) {
        this.heard = heard;
        this.team = team;
        this.web = web;
        this.executor = executor;
        this.clock = clock;
        this.entrance = entrance;
        this.people = people;
    }

    private static String key(String channel, String ts) {
        return channel + "/" + ts;
    }

    /** @param asker who may, besides those who administer the workspace; empty where it is not known */
    void offer(ReplyPlace place, Target target, String asker) {
        if (heard && shown.get(place.question()) == null) {
            shown.put(place.question(), target);
            open.put(key(target.channel(), target.question()), new Stoppable(place, asker));
            sign(target, true);
        }
    }

    /** There is nothing to stop any more. */
    void over(MessageRef question) {
        Target target = shown.remove(question);
        if (target != null) {
            open.remove(key(target.channel(), target.question()));
            executor.execute(() -> sign(target, false));
        }
    }

    private void sign(Target target, boolean there) {
        if (there) {
            web.courtesy(
                    "reactions.add",
                    client -> client.reactionsAdd(request -> request.channel(target.channel())
                            .timestamp(target.question())
                            .name(SIGN)));
        } else {
            web.courtesy(
                    "reactions.remove",
                    client -> client.reactionsRemove(request -> request.channel(target.channel())
                            .timestamp(target.question())
                            .name(SIGN)));
        }
    }

    /** Somebody put a sign at a message. */
    void signed(String user, String sign, String channel, String ts, String eventTs) {
        Stoppable answer = sign.equals(SIGN) && !people.isBot(user) ? open.get(key(channel, ts)) : null;
        if (answer != null && (answer.asker().equals(user) || people.isAdmin(user, team))) {
            entrance.hand(new StopRequested(
                    new EventId("s" + user + "-" + eventTs),
                    answer.place().conversation(),
                    new Author(user, people.named(user)),
                    clock.instant(),
                    answer.place().question()));
        }
    }
}
