package loci.slack;

import java.util.Set;
import loci.chat.Delivery;
import org.jspecify.annotations.Nullable;

/** What Slack's words for why it does not do something mean here. Pure. */
final class Errors {

    /** The token is no good any more; with another one the same may be tried again. */
    private static final Set<String> TOKEN = Set.of(
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "org_login_required",
            "ekm_access_denied");

    private static final Set<String> PASSING = Set.of("message_limit_exceeded", "streaming_state_conflict");

    private Errors() {}

    static boolean isOfToken(String error) {
        return TOKEN.contains(error);
    }

    static Delivery delivery(String error, @Nullable String needed) {
        return TOKEN.contains(error) || PASSING.contains(error)
                ? new Delivery.TryLater("Slack refuses it: " + error)
                : new Delivery.Undeliverable(why(error, needed));
    }

    /** Why I may not do something there, in words that go on after a colon. */
    static String why(String error, @Nullable String needed) {
        return switch (error) {
            case "not_in_channel" -> "I am not in that channel; invite me there";
            case "channel_not_found" -> "that channel is gone, or out of my reach";
            case "is_archived" -> "that channel is archived";
            case "missing_scope" ->
                "this Slack app lacks the scope " + (needed == null ? "for it" : needed)
                        + "; who administers it can add that and install it again";
            case "restricted_action",
                    "restricted_action_read_only_channel",
                    "restricted_action_thread_only_channel",
                    "restricted_action_non_threadable_channel",
                    "restricted_action_thread_locked" -> "this workspace does not let me write there";
            case "thread_not_found" -> "the message it answers is gone";
            case "cannot_dm_bot", "user_not_found", "messages_tab_disabled" -> "I cannot write to that person";
            default -> "Slack refuses it: " + error;
        };
    }

    /** Whether whoever asked may not know it, and can have it changed. */
    static boolean isToBeTold(String error) {
        return Set.of("not_in_channel", "missing_scope", "restricted_action", "is_archived", "no_permission")
                        .contains(error)
                || error.startsWith("restricted_action");
    }
}
