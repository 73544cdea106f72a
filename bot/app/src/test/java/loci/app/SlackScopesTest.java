package loci.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.MethodsClient;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import loci.slack.SlackNeeds;
import org.junit.jupiter.api.Test;

/**
 * The scopes are those that the compiled adapter's calls and the subscribed events take, and no other.
 *
 * @see <a href="https://docs.slack.dev/reference/methods">Which scope each method takes</a>
 * @see <a href="https://docs.slack.dev/reference/events">Which scope each event takes</a>
 */
class SlackScopesTest {

    private static final List<String> HISTORY = each("history");
    private static final List<String> READ = each("read");

    /** What a method takes for every kind of channel; a new call of the adapter's is to be entered here. */
    private static final Map<String, List<String>> METHODS = Map.ofEntries(
            Map.entry("authTest", List.of()),
            Map.entry("appsConnectionsOpen", List.of()), // the app-level token's own scope
            Map.entry("assistantThreadsSetStatus", List.of("chat:write")),
            Map.entry("assistantThreadsSetSuggestedPrompts", List.of("assistant:write")),
            Map.entry("assistantThreadsSetTitle", List.of("assistant:write")),
            Map.entry("chatAppendStream", List.of("chat:write")),
            Map.entry("chatDelete", List.of("chat:write")),
            Map.entry("chatGetPermalink", List.of()),
            Map.entry("chatPostEphemeral", List.of("chat:write")),
            Map.entry("chatPostMessage", List.of("chat:write")),
            Map.entry("chatStartStream", List.of("chat:write")),
            Map.entry("chatStopStream", List.of("chat:write")),
            Map.entry("chatUpdate", List.of("chat:write")),
            Map.entry("conversationsHistory", HISTORY),
            Map.entry("conversationsInfo", READ),
            Map.entry("conversationsMembers", READ),
            Map.entry("conversationsOpen", List.of("im:write")),
            Map.entry("conversationsReplies", HISTORY),
            Map.entry("filesInfo", List.of("files:read")),
            Map.entry("filesUploadV2", List.of("files:write")),
            Map.entry("reactionsAdd", List.of("reactions:write")),
            Map.entry("reactionsRemove", List.of("reactions:write")),
            Map.entry("teamInfo", List.of("team:read")),
            Map.entry("usergroupsList", List.of("usergroups:read")),
            Map.entry("usersConversations", READ),
            Map.entry("usersInfo", List.of("users:read")),
            Map.entry("viewsOpen", List.of()),
            Map.entry("viewsPublish", List.of()),
            Map.entry("viewsPush", List.of()),
            Map.entry("viewsUpdate", List.of()));

    private static final Map<String, List<String>> EVENTS = Map.ofEntries(
            Map.entry("app_home_opened", List.of()),
            Map.entry("app_context_changed", List.of()),
            Map.entry("app_mention", List.of("app_mentions:read")),
            Map.entry("app_uninstalled", List.of()),
            Map.entry("assistant_thread_context_changed", List.of("assistant:write")),
            Map.entry("assistant_thread_started", List.of("assistant:write")),
            Map.entry("channel_archive", List.of("channels:read")),
            Map.entry("channel_deleted", List.of("channels:read")),
            Map.entry("channel_id_changed", READ),
            Map.entry("channel_left", List.of("channels:read")),
            Map.entry("channel_rename", List.of("channels:read")),
            Map.entry("group_archive", List.of("groups:read")),
            Map.entry("group_deleted", List.of("groups:read")),
            Map.entry("group_left", List.of("groups:read")),
            Map.entry("group_rename", List.of("groups:read")),
            Map.entry("member_joined_channel", List.of("channels:read", "groups:read")),
            Map.entry("member_left_channel", List.of("channels:read", "groups:read")),
            Map.entry("message.channels", List.of("channels:history")),
            Map.entry("message.groups", List.of("groups:history")),
            Map.entry("message.im", List.of("im:history")),
            Map.entry("message.mpim", List.of("mpim:history")),
            Map.entry("reaction_added", List.of("reactions:read")),
            Map.entry("subteam_created", List.of("usergroups:read")),
            Map.entry("subteam_updated", List.of("usergroups:read")),
            Map.entry("tokens_revoked", List.of()),
            Map.entry("user_change", List.of("users:read")));

    /** Slash commands and shortcuts; being an agent; and fetching a file, which is no method. */
    private static final List<String> OTHERWISE = List.of("commands", "assistant:write", "files:read");

    private static List<String> each(String what) {
        return Stream.of("channels", "groups", "im", "mpim")
                .map(kind -> kind + ":" + what)
                .toList();
    }

    @Test
    void each_scope_is_used_and_all_that_is_used_is_asked_for() {
        Set<String> used = new TreeSet<>(OTHERWISE);
        Set<String> called = called();
        assertThat(called).contains("authTest", "chatPostMessage");
        assertThat(METHODS.keySet())
                .as("a method whose scopes are not entered above")
                .containsAll(called);
        called.forEach(method -> used.addAll(METHODS.getOrDefault(method, List.of())));
        assertThat(EVENTS.keySet())
                .as("an event whose scopes are not entered above")
                .containsAll(SlackNeeds.events());
        SlackNeeds.events().forEach(event -> used.addAll(EVENTS.getOrDefault(event, List.of())));

        assertThat(SlackNeeds.scopes()).containsExactlyElementsOf(used);
    }

    private static Set<String> called() {
        JavaClasses adapter = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("loci.slack");
        Set<String> called = new TreeSet<>();
        adapter.stream()
                .filter(one -> !one.getPackageName().contains("standin"))
                .flatMap(one -> one.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(MethodsClient.class))
                .map(JavaAccess::getName)
                .forEach(called::add);
        return called;
    }
}
