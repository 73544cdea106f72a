package loci.slack;

import com.slack.api.methods.response.conversations.ConversationsInfoResponse;
import com.slack.api.methods.response.users.UsersConversationsResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import loci.slack.Web.Done;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;

/**
 * Who is in which place, as Slack says at that moment: what buttons and forms name is not believed, since whoever sends one may have written
 * into it what they like. Where Slack does not tell, nobody is anywhere. It waits for Slack. Thread-safe.
 */
final class Membership {

    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;
    private static final List<ConversationType> ALL =
            List.of(ConversationType.PUBLIC_CHANNEL, ConversationType.PRIVATE_CHANNEL, ConversationType.MPIM);

    private final Web web;

    Membership(Web web) {
        this.web = web;
    }

    /** Whether somebody is in a channel that the bot can see; in direct messages only those that are theirs with the bot. */
    boolean isIn(String user, String channel) {
        return SlackEvents.isDirect(channel)
                ? isWith(user, channel)
                : channelsOf(user).contains(channel);
    }

    private boolean isWith(String user, String direct) {
        Tried<ConversationsInfoResponse> asked =
                web.tried("conversations.info", client -> client.conversationsInfo(request -> request.channel(direct)));
        return asked instanceof Done<ConversationsInfoResponse>(ConversationsInfoResponse found)
                && found.getChannel() != null
                && found.getChannel().isIm()
                && user.equals(found.getChannel().getUser());
    }

    /** The channels and groups that somebody is in and the bot can see. */
    Set<String> channelsOf(String user) {
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
}
