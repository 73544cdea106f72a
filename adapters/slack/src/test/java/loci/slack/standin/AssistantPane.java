package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The pane beside the channels in which the app is an assistant: each conversation in it is a thread of the direct messages.
 *
 * @see <a href="https://docs.slack.dev/reference/events/assistant_thread_started">assistant_thread_started</a>
 */
public final class AssistantPane {
    private final World world;
    private final Account who;

    AssistantPane(World world, Account who) {
        this.world = world;
        this.who = who;
    }

    /** Opens the pane while looking at a channel; gives the message that the new thread hangs from. */
    public Message opens(@Nullable Channel lookingAt) {
        return world.locked(() -> {
            Channel direct = world.home().direct(who);
            Message root = world.messages()
                    .draft(direct, world.bot())
                    .ofSubtype("assistant_app_thread")
                    .write("New Assistant Thread", Messages.none(), Messages.none());
            root.inThread(root.ts());
            direct.stored().put(root.ts(), root);
            tell("assistant_thread_started", root, lookingAt);
            return root;
        });
    }

    /** Looks at another channel while a thread of the pane is open. */
    public void looksAt(Message root, Channel channel) {
        world.locked(() -> tell("assistant_thread_context_changed", root, channel));
    }

    private void tell(String type, Message root, @Nullable Channel lookingAt) {
        ObjectNode event = World.json().put("type", type);
        ObjectNode thread = event.putObject("assistant_thread")
                .put("user_id", who.id())
                .put("channel_id", root.channel().id())
                .put("thread_ts", root.ts());
        ObjectNode context = thread.putObject("context");
        if (lookingAt != null) {
            context.put("channel_id", lookingAt.id())
                    .put("team_id", world.home().id())
                    .putNull("enterprise_id");
        }
        event.put("event_ts", world.nextTs());
        world.emit("assistant:write", event);
    }
}
