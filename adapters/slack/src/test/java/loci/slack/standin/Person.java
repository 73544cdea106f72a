package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Someone in front of a client: what they do, and what they see. */
public final class Person {
    private final World world;
    private final Workspace workspace;
    private final Account account;
    private final AssistantPane pane;

    Person(World world, Workspace workspace, Account account) {
        this.world = world;
        this.workspace = workspace;
        this.account = account;
        this.pane = new AssistantPane(world, account);
    }

    public Account account() {
        return account;
    }

    public String name() {
        return account.name();
    }

    /** How a message names this person so that they are mentioned. */
    public String mention() {
        return account.mention();
    }

    // ---- messages

    /** Types this into a channel: {@code @name}, {@code #channel} and URLs become Slack's. */
    public Message says(Channel channel, String text) {
        return post(channel, text, null, false);
    }

    /** Replies in the thread of this message, or opens one on it. */
    public Message repliesInThread(Message to, String text) {
        return post(to.channel(), text, to.root(), false);
    }

    /** Replies in the thread, and sends the reply to the channel too. */
    public Message repliesInThreadAndChannel(Message to, String text) {
        return post(to.channel(), text, to.root(), true);
    }

    private Message post(Channel channel, String text, @Nullable String thread, boolean broadcast) {
        return world.locked(() -> {
            needToWrite(channel);
            String typed = Mentions.typed(world, workspace, text.strip());
            Message message = world.messages()
                    .draft(channel, account)
                    .inThread(thread)
                    .ofSubtype(broadcast ? "thread_broadcast" : null)
                    .fromClient(world.uuid())
                    .write(typed, Mentions.blocks(world, typed), Messages.none());
            world.messages().post(message);
            return message;
        });
    }

    /** Sends a direct message to the bot. */
    public Message whispers(String text) {
        return says(direct(), text);
    }

    /** The direct messages with the bot. */
    public Channel direct() {
        return world.locked(() -> world.home().direct(account));
    }

    /** Shares a text file, with a message beside it. */
    public Message uploads(Channel channel, String name, String content, String text) {
        return uploads(channel, name, content.getBytes(StandardCharsets.UTF_8), text);
    }

    /** Shares a file, with a message beside it. */
    public Message uploads(Channel channel, String name, byte[] bytes, String text) {
        return uploads(channel, name, bytes, text, file -> file);
    }

    /**
     * Shares a file that is out of the ordinary.
     *
     * @param how what is special about it
     */
    public Message uploads(Channel channel, String name, byte[] bytes, String text, UnaryOperator<SharedFile> how) {
        return world.locked(() -> {
            needToWrite(channel);
            return shares(channel, text, List.of(kept(name, bytes, how)));
        });
    }

    private SharedFile kept(String name, byte[] bytes, UnaryOperator<SharedFile> how) {
        String id = world.id("F");
        String url = world.base() + "/files/" + id + "/" + name;
        SharedFile file = how.apply(new SharedFile(id, name, name, bytes, url, account.id()));
        world.files().put(id, file);
        return file;
    }

    private Message shares(Channel channel, String text, List<SharedFile> files) {
        String typed = Mentions.typed(world, workspace, text);
        Message message = world.messages()
                .draft(channel, account)
                .ofSubtype("file_share")
                .fromClient(world.uuid())
                .attaching(files)
                .write(typed, Mentions.blocks(world, typed), Messages.none());
        world.messages().post(message);
        return message;
    }

    /** Shares several text files with one message, by their names. */
    public Message uploads(Channel channel, String text, Map<String, String> contents) {
        return world.locked(() -> {
            needToWrite(channel);
            List<SharedFile> files = contents.entrySet().stream()
                    .map(one -> kept(one.getKey(), one.getValue().getBytes(StandardCharsets.UTF_8), file -> file))
                    .toList();
            return shares(channel, text, files);
        });
    }

    /** Deletes the files of a message, which stays. */
    public void deletesFiles(Message message) {
        world.locked(() -> {
            must(message.author().equals(account), "only their owner deletes files");
            world.messages().takeFiles(message);
        });
    }

    public void edits(Message message, String text) {
        world.locked(() -> {
            must(message.author().equals(account), "only its author edits a message");
            String typed = Mentions.typed(world, workspace, text);
            world.messages().edit(message, typed, Mentions.blocks(world, typed), message.attachments());
        });
    }

    /** Deletes a message of one's own; above replies an empty one stays. */
    public void deletes(Message message) {
        world.locked(() -> {
            must(!message.deleted() && !message.tombstone(), "it is gone: " + message);
            world.messages().delete(message);
        });
    }

    public void reacts(Message message, String emoji) {
        world.locked(() -> world.messages().react(message, account, emoji, true));
    }

    // ---- commands, buttons, forms, shortcuts

    /** Runs a slash command, such as {@code /forget here}. It names a channel and never a thread: Slack takes no commands of apps in threads. */
    public Interaction runs(Channel channel, String command) {
        return world.locked(() -> {
            must(command.startsWith("/"), "a command starts with a slash: " + command);
            needToWrite(channel);
            int split = command.indexOf(' ');
            String name = split < 0 ? command : command.substring(0, split);
            return world.interactions().command(account, channel, name, split < 0 ? "" : command.substring(split + 1));
        });
    }

    /** Presses a button of a message that this person sees. */
    public Interaction presses(Button button) {
        return world.locked(() -> {
            Message message = button.message();
            must(sees(message.channel()).contains(message), name() + " does not see " + message);
            ObjectNode action = button.element().deepCopy();
            return world.interactions().press(account, message, action.put("block_id", button.blockId()));
        });
    }

    /** Presses the first button with this label of a modal or a home that this person sees. */
    public Interaction presses(View view, String label) {
        return world.locked(() -> {
            must(view.open() && view.owner().equals(account), "no such view before " + name() + ": " + view);
            return world.interactions().pressInView(account, view, view.button(label));
        });
    }

    /** The same, but with another value than the app gave the button, as somebody can who does not use Slack's own client. */
    public Interaction presses(View view, String label, String forged) {
        return world.locked(() -> world.interactions()
                .pressInView(account, view, view.button(label).put("value", forged)));
    }

    /** Sends a modal with other private metadata than the app gave it, as somebody can who does not use Slack's own client. */
    public Interaction submits(View view, Map<String, String> values, String forged) {
        return world.locked(() -> world.interactions().submit(account, view, Views.state(view, values), forged));
    }

    /** Sends the topmost modal with these fields filled in, by their labels. */
    public Interaction submits(Map<String, String> values) {
        return world.locked(() -> submits(modal(), values));
    }

    /** Sends a modal with these fields filled in, by their labels; of a choice, the option's text. */
    public Interaction submits(View view, Map<String, String> values) {
        return world.locked(() -> {
            must(view.open() && view.owner().equals(account), "no such form before " + name() + ": " + view);
            return world.interactions().submit(account, view, Views.state(view, values));
        });
    }

    /** Closes a modal without sending it. */
    public void dismisses(View view) {
        world.locked(() -> world.interactions().dismiss(account, view));
    }

    /** Takes a shortcut of the app from a message's menu. */
    public Interaction usesShortcut(Message message, String callbackId) {
        return world.locked(() -> world.interactions().shortcut(account, callbackId, message));
    }

    /** Takes a shortcut of the app from anywhere. */
    public Interaction usesGlobalShortcut(String callbackId) {
        return world.locked(() -> world.interactions().shortcut(account, callbackId, null));
    }

    // ---- the app's own pages

    /** Opens the home of the app. */
    public void opensHome() {
        world.locked(() -> {
            ObjectNode event = World.json()
                    .put("type", "app_home_opened")
                    .put("user", account.id())
                    .put("channel", direct().id())
                    .put("tab", "home")
                    .put("event_ts", world.nextTs());
            View home = world.views().home(account);
            if (home != null) {
                event.set("view", home.shape(World.json()));
            }
            world.deliveries().event(event, null);
        });
    }

    /** The pane beside the channels in which the app is an assistant. */
    public AssistantPane assistant() {
        return pane;
    }

    /** The home of the app as this person sees it; null where the app published none. */
    public @Nullable View home() {
        return world.locked(() -> world.views().home(account));
    }

    /** Waits, bounded by the server's patience, for a home. */
    public View awaitsHome() {
        return world.insist(() -> "a home for " + name(), this::home);
    }

    /** The modals before this person, the topmost last. */
    public List<View> modals() {
        return world.locked(() -> world.views().modals(account));
    }

    /** The topmost modal. */
    public View modal() {
        List<View> all = modals();
        must(!all.isEmpty(), "no form is before " + name());
        return all.getLast();
    }

    /** Chooses this language, such as {@code de-DE}. */
    public void speaks(String locale) {
        world.locked(() -> account.speaks(locale));
    }

    // ---- channels

    /** Renames oneself, and the app is told. */
    public void renames(String displayName, String realName) {
        world.locked(() -> {
            account.named(displayName, realName);
            ObjectNode event = World.json().put("type", "user_change").put("event_ts", world.nextTs());
            event.set("user", account.shape());
            world.emit("users:read", event);
        });
    }

    /** What this person does to channels and to who is in them. */
    public Housekeeping in(Channel channel) {
        return new Housekeeping(world, account, channel);
    }

    // ---- what is seen

    /** The messages that stand in a channel before this person's eyes, oldest first, those in threads too. */
    public List<Message> sees(Channel channel) {
        return world.locked(() -> {
            if (!channel.members().contains(account)) {
                return List.of();
            }
            return channel.stored().values().stream()
                    .filter(one -> !one.deleted())
                    .filter(one -> one.visibleTo() == null || one.visibleTo().equals(account))
                    .toList();
        });
    }

    /** The messages in a channel that only this person sees, oldest first. */
    public List<Message> whisperedTo(Channel channel) {
        return sees(channel).stream().filter(Message::ephemeral).toList();
    }

    /** Waits, bounded by the server's patience, until this person sees such a message; the newest one counts. */
    public Message awaits(Channel channel, Predicate<Message> such) {
        return world.insist(
                () -> "a message that " + name() + " would see in " + channel + ", where there is " + sees(channel),
                () -> sees(channel).reversed().stream().filter(such).findFirst().orElse(null));
    }

    /**
     * Waits, bounded by the server's patience, for the bot's first message after this one that is in its thread, or beside it where it is in
     * none, and that is not being streamed into any more.
     */
    public Message awaitsReplyTo(Message message) {
        return world.insist(
                () -> "a reply to " + message + ", where there is " + sees(message.channel()),
                () -> sees(message.channel()).stream()
                        .filter(one -> one.author().equals(world.bot()) && !one.streaming())
                        .filter(one -> one.ts().compareTo(message.ts()) > 0 && !one.ephemeral())
                        .filter(one -> message.root().equals(one.threadTs())
                                || (one.threadTs() == null && message.threadTs() == null))
                        .findFirst()
                        .orElse(null));
    }

    private void needToWrite(Channel channel) {
        must(channel.members().contains(account), name() + " is not in " + channel);
        must(!channel.archived() && !channel.deleted(), channel + " is archived or gone");
    }

    private static void must(boolean so, String otherwise) {
        if (!so) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
