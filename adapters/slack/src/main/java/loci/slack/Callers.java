package loci.slack;

import com.slack.api.methods.response.users.UsersInfoResponse;
import com.slack.api.model.User;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.Standing;
import loci.slack.Web.Done;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;

/**
 * Who gave a command, and what they are to the place: an administrator is who administers or owns the workspace, and everybody in their own
 * direct messages. Whoever made a channel is nothing more in it here, since Slack does not tell whether they still manage it; and who
 * administers another workspace, with which a channel is shared, is nothing more in this one. Slack is asked anew after some minutes.
 * Thread-safe.
 */
final class Callers {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 5_000;

    private final Web web;
    private final People people;
    private final InstantSource clock;
    private final String team;
    private final Recent<String, Known> known = new Recent<>(MOST);

    private record Known(Caller caller, Instant until) {}

    /** @param team the workspace that the bot is in */
    Callers(Web web, People people, InstantSource clock, String team) {
        this.web = web;
        this.people = people;
        this.clock = clock;
        this.team = team;
    }

    /** Who gave it. May ask Slack, and wait; what cannot be learnt counts for the least. */
    Caller of(String user, String channel) {
        Caller caller = inWorkspace(user);
        return SlackEvents.isDirect(channel)
                ? new Caller(caller.author(), Standing.ADMIN, caller.locale(), caller.zone())
                : caller;
    }

    /** The language of somebody, where it is known without asking. */
    Locale locale(String user) {
        Known one = known.get(user);
        return one == null ? Locale.ROOT : one.caller().locale();
    }

    private Caller inWorkspace(String user) {
        Known one = known.get(user);
        Instant now = clock.instant();
        if (one != null && now.isBefore(one.until())) {
            return one.caller();
        }
        Tried<UsersInfoResponse> asked = web.tried(
                "users.info",
                client -> client.usersInfo(request -> request.user(user).includeLocale(true)));
        if (asked instanceof Done<UsersInfoResponse>(UsersInfoResponse found) && found.getUser() != null) {
            people.named(found.getUser());
            Caller caller = caller(user, found.getUser());
            known.put(user, new Known(caller, now.plus(KEPT)));
            return caller;
        }
        return new Caller(new Author(user, named(user)), Standing.MEMBER, Locale.ROOT, ZoneId.systemDefault());
    }

    private String named(String user) {
        return people.user(user).orElse(user);
    }

    private Caller caller(String id, User user) {
        boolean administers =
                (user.isAdmin() || user.isOwner() || user.isPrimaryOwner()) && team.equals(user.getTeamId());
        return new Caller(
                new Author(id, named(id)),
                administers ? Standing.ADMIN : Standing.MEMBER,
                user.getLocale() == null ? Locale.ROOT : Locale.forLanguageTag(user.getLocale()),
                zone(user.getTz()));
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneId.systemDefault();
        }
    }
}
