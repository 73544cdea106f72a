package loci.slack;

import com.slack.api.model.Conversation;
import com.slack.api.model.User;
import com.slack.api.model.Usergroup;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.slack.Web.Done;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people, user groups and channels are called, and who administers the workspace: asked of Slack, kept for a while, and known better by
 * what Slack tells of renaming. Thread-safe.
 */
final class People implements Names {

    private static final Logger LOG = LoggerFactory.getLogger(People.class);
    private static final int MOST = 20_000;
    private static final int MOST_AT_ONCE = 20;
    private static final Duration KEPT = Duration.ofHours(6);

    /** What could not be learnt is asked again after this. */
    private static final Duration UNKNOWN_KEPT = Duration.ofMinutes(2);

    /** Ids as they stand in texts and blocks. */
    private static final Pattern MENTIONED = Pattern.compile(
            "<([@#!])(?:subteam\\^)?([A-Z0-9]{2,30})|\"(user|channel|usergroup)_id\":\"([A-Z0-9]{2,30})\"");

    private final Web web;
    private final Executor executor;
    private final Duration patience;
    private final LongSupplier nanos;
    private final String self;
    private final Recent<String, Known> known = new Recent<>(MOST);

    /**
     * What is known of an id.
     *
     * @param name null where Slack does not tell
     */
    private record Known(
            @Nullable String name, boolean admin, @Nullable String team, long until) {}

    /** @param self the bot's own user id */
    People(Web web, Executor executor, Duration patience, LongSupplier nanos, String self) {
        this.web = web;
        this.executor = executor;
        this.patience = patience;
        this.nanos = nanos;
        this.self = self;
    }

    @Override
    public Optional<String> user(String id) {
        return name(id);
    }

    @Override
    public Optional<String> group(String id) {
        return name(id);
    }

    @Override
    public Optional<String> channel(String id) {
        return name(id);
    }

    @Override
    public boolean isBot(String userId) {
        return userId.equals(self);
    }

    private Optional<String> name(String id) {
        Known one = known.get(id);
        return one == null ? Optional.empty() : Optional.ofNullable(one.name());
    }

    /** Learns what those are called who are in a message, and waits for it, but not long. */
    void learn(String author, String json) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(author);
        Matcher mention = MENTIONED.matcher(json);
        while (ids.size() < MOST_AT_ONCE && mention.find()) {
            ids.add(mention.group(2) == null ? mention.group(4) : mention.group(2));
        }
        learn(ids);
    }

    /** Whether somebody administers this workspace, as far as it can be learnt in time: guests may administer their own. */
    boolean isAdmin(String user, String team) {
        learn(Set.of(user));
        Known one = known.get(user);
        return one != null && one.admin() && team.equals(one.team());
    }

    /** The name of somebody, learnt where it can be in time. */
    String named(String user) {
        learn(Set.of(user));
        return name(user).orElse(user);
    }

    /** The workspace that somebody belongs to, where it is known. */
    Optional<String> team(String user) {
        Known one = known.get(user);
        return one == null ? Optional.empty() : Optional.ofNullable(one.team());
    }

    private void learn(Set<String> ids) {
        List<CompletableFuture<Void>> asked = ids.stream()
                .filter(this::isToBeLearnt)
                .map(id -> CompletableFuture.runAsync(() -> ask(id), executor))
                .toList();
        try {
            CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException late) {
            if (late.getCause() instanceof TimeoutException) {
                LOG.debug("Slack does not tell in time who is who");
            } else {
                LOG.warn("it could not be learnt who is who: {}", late.toString());
            }
        }
    }

    private boolean isToBeLearnt(String id) {
        Known one = known.get(id);
        return !id.equals(self) && !id.isEmpty() && (one == null || one.until() - nanos.getAsLong() < 0);
    }

    private void ask(String id) {
        switch (id.charAt(0)) {
            case 'U', 'W' -> askUser(id);
            case 'S' -> askGroups(id);
            case 'C', 'G' -> askChannel(id);
            default -> {}
        }
    }

    private void askUser(String id) {
        Tried<?> asked = web.tried("users.info", client -> client.usersInfo(request -> request.user(id)));
        if (asked instanceof Done<?>(com.slack.api.methods.response.users.UsersInfoResponse found)) {
            named(found.getUser());
        } else {
            unknown(id);
        }
    }

    private void askChannel(String id) {
        Tried<?> asked =
                web.tried("conversations.info", client -> client.conversationsInfo(request -> request.channel(id)));
        Conversation channel =
                asked instanceof Done<?>(com.slack.api.methods.response.conversations.ConversationsInfoResponse found)
                        ? found.getChannel()
                        : null;
        if (channel == null || channel.getName() == null) {
            unknown(id);
        } else {
            channelNamed(id, channel.getName());
        }
    }

    private void askGroups(String id) {
        unknown(id);
        Tried<?> asked = web.tried("usergroups.list", client -> client.usergroupsList(request -> request));
        if (asked instanceof Done<?>(com.slack.api.methods.response.usergroups.UsergroupsListResponse found)) {
            for (Usergroup group : found.getUsergroups()) {
                keep(group.getId(), group.getHandle(), false, null);
            }
        }
    }

    /** Slack tells of somebody. */
    void named(@Nullable User user) {
        if (user == null || user.getId() == null) {
            return;
        }
        User.Profile profile = user.getProfile();
        String shown = profile == null ? null : firstWritten(profile.getDisplayName(), profile.getRealName());
        boolean admin = user.isAdmin() || user.isOwner() || user.isPrimaryOwner();
        keep(
                user.getId(),
                firstWritten(shown, firstWritten(user.getRealName(), user.getName())),
                admin,
                user.getTeamId());
    }

    void channelNamed(String id, String name) {
        keep(id, name, false, null);
    }

    void groupNamed(String id, String handle) {
        keep(id, handle, false, null);
    }

    private static @Nullable String firstWritten(@Nullable String one, @Nullable String other) {
        return one == null || one.isBlank() ? other : one;
    }

    private void keep(String id, @Nullable String name, boolean admin, @Nullable String team) {
        known.put(id, new Known(name, admin, team, nanos.getAsLong() + KEPT.toNanos()));
    }

    /** What was known stays, and is asked again later. */
    private void unknown(String id) {
        Known before = known.get(id);
        String name = before == null ? null : before.name();
        boolean admin = before != null && before.admin();
        String team = before == null ? null : before.team();
        known.put(id, new Known(name, admin, team, nanos.getAsLong() + UNKNOWN_KEPT.toNanos()));
    }
}
