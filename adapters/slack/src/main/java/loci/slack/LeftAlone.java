package loci.slack;

import java.util.Set;

/** What Slack can tell of and the bot leaves alone, by name: so it is seen what was thought of. */
final class LeftAlone {

    /** Events that are acknowledged, should the app be subscribed to them, and nothing else. */
    static final Set<String> EVENTS = Set.of(
            // What was said stays, and so does what is remembered: the channel can come back, and the bot into it.
            "channel_archive",
            "channel_unarchive",
            "channel_left",
            "group_archive",
            "group_unarchive",
            "group_left",
            "member_joined_channel",
            "member_left_channel",
            "channel_shared",
            "channel_unshared",
            "grid_migration_started",
            "grid_migration_finished",
            // Nothing was said in it yet, or only its window was opened or closed.
            "channel_created",
            "group_open",
            "group_close",
            "im_created",
            "im_open",
            "im_close",
            // Somebody rewrote the past by other means; single deletions are told of one by one.
            "channel_history_changed",
            "group_history_changed",
            "im_history_changed",
            // Files come with the messages that they are shared in.
            "file_change",
            "file_created",
            "file_deleted",
            "file_public",
            "file_shared",
            "file_unshared",
            // About people, not said by them; names are learnt from user_change.
            "user_profile_changed",
            "user_status_changed",
            "user_huddle_changed",
            "dnd_updated",
            "dnd_updated_user",
            "team_join",
            "subteam_members_changed",
            "subteam_self_added",
            "subteam_self_removed",
            "invite_requested",
            // About messages, not said.
            "reaction_removed",
            "pin_added",
            "pin_removed",
            "star_added",
            "star_removed",
            "link_shared",
            "emoji_changed",
            // About the workspace.
            "team_rename",
            "team_domain_change",
            "email_domain_changed",
            // Other kinds of apps.
            "app_requested",
            "call_rejected",
            "resources_added",
            "resources_removed",
            "scope_denied",
            "scope_granted",
            "team_access_granted",
            "team_access_revoked",
            "user_resource_denied",
            "user_resource_granted",
            "user_resource_removed",
            "workflow_deleted",
            "workflow_published",
            "workflow_unpublished",
            "workflow_step_deleted",
            "workflow_step_execute",
            // Of the old sockets, and a sign that Slack drops events, which come later or are fetched.
            "goodbye",
            "app_rate_limited");

    /** Subtypes of messages in which nobody says anything, or no person. */
    static final Set<String> MESSAGES = Set.of(
            "bot_message",
            "channel_archive",
            "channel_join",
            "channel_leave",
            "channel_name",
            "channel_posting_permissions",
            "channel_purpose",
            "channel_topic",
            "channel_unarchive",
            "ekm_access_denied",
            "group_archive",
            "group_join",
            "group_leave",
            "group_name",
            "group_purpose",
            "group_topic",
            "group_unarchive",
            "message_replied");

    private LeftAlone() {}
}
