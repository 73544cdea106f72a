package loci.slack.standin;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The arguments each method knows.
 *
 * @see <a href="https://docs.slack.dev/reference/methods">Slack's methods</a>
 */
final class MethodTable {
    private static final String MESSAGE = " text blocks attachments markdown_text metadata link_names parse username"
            + " icon_emoji icon_url as_user";
    private static final String VIEW = " view trigger_id interactivity_pointer";
    private static final String PAGE = " cursor limit";

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("auth.test", ""),
            Map.entry("apps.connections.open", ""),
            Map.entry(
                    "chat.postMessage", "channel thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn" + MESSAGE),
            Map.entry(
                    "chat.update",
                    "channel ts text blocks attachments markdown_text metadata link_names parse as_user file_ids"
                            + " reply_broadcast"),
            Map.entry("chat.delete", "channel ts as_user"),
            Map.entry("chat.postEphemeral", "channel user thread_ts" + MESSAGE),
            Map.entry("chat.getPermalink", "channel message_ts"),
            Map.entry(
                    "chat.startStream",
                    "channel thread_ts markdown_text chunks recipient_user_id recipient_team_id task_display_mode"
                            + " username icon_emoji icon_url"),
            Map.entry("chat.appendStream", "channel ts markdown_text chunks"),
            Map.entry("chat.stopStream", "channel ts markdown_text chunks blocks metadata"),
            Map.entry("conversations.info", "channel include_locale include_num_members"),
            Map.entry("conversations.history", "channel latest oldest inclusive include_all_metadata" + PAGE),
            Map.entry("conversations.replies", "channel ts latest oldest inclusive include_all_metadata" + PAGE),
            Map.entry("conversations.open", "channel users return_im prevent_creation"),
            Map.entry("conversations.members", "channel" + PAGE),
            Map.entry("conversations.list", "exclude_archived types team_id" + PAGE),
            Map.entry("users.info", "user include_locale"),
            Map.entry("users.conversations", "user exclude_archived types team_id" + PAGE),
            Map.entry("team.info", "team domain"),
            Map.entry("bots.info", "bot team_id"),
            Map.entry("views.open", VIEW),
            Map.entry("views.push", VIEW),
            Map.entry("views.update", "view view_id external_id hash"),
            Map.entry("views.publish", "view user_id hash"),
            Map.entry(
                    "assistant.threads.setStatus",
                    "channel_id thread_ts status loading_messages" + " username icon_emoji icon_url"),
            Map.entry("assistant.threads.setTitle", "channel_id thread_ts title"),
            Map.entry("assistant.threads.setSuggestedPrompts", "channel_id thread_ts title prompts"),
            Map.entry("files.info", "file count page" + PAGE),
            Map.entry("files.getUploadURLExternal", "filename length alt_txt snippet_type"),
            Map.entry("files.completeUploadExternal", "files channel_id channels thread_ts initial_comment blocks"),
            Map.entry("reactions.add", "channel name timestamp"),
            Map.entry("reactions.remove", "channel name timestamp file file_comment"),
            Map.entry("usergroups.list", "include_count include_disabled include_users team_id"));

    private MethodTable() {}

    static boolean knows(String method) {
        return KNOWN.containsKey(method);
    }

    /** What of a call the method does not know. */
    static Set<String> strange(Call call) {
        Set<String> known = Set.of(
                (KNOWN.getOrDefault(call.method(), "") + " token").strip().split(" +"));
        return call.args().properties().stream()
                .map(Map.Entry::getKey)
                .filter(one -> !known.contains(one))
                .collect(Collectors.toSet());
    }
}
