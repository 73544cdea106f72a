package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Someone in front of a client: what they do, and what they see. */
public final class Person {
    private final World world;
    private final Account account;

    Person(World world, Account account) {
        this.world = world;
        this.account = account;
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

    /** Types this into a channel: {@code @name} and {@code #channel} become mentions. */
    public Message says(Channel channel, String text, Attachment... files) {
        return post(channel, text, null, files);
    }

    /** Replies to a message, which notifies its author. */
    public Message replies(Message to, String text, Attachment... files) {
        return post(to.channel(), text, to, files);
    }

    private Message post(Channel channel, String text, @Nullable Message to, Attachment... files) {
        return world.locked(() -> {
            need(channel, channel.kind().isThread() ? Permission.SEND_MESSAGES_IN_THREADS : Permission.SEND_MESSAGES);
            Draft draft = Draft.typed(Mentions.typed(channel, text).strip(), to, List.of(files));
            return world.messages().post(channel, account, draft);
        });
    }

    /** Sends a message with stickers of these names and nothing else. */
    public Message sticks(Channel channel, String... stickers) {
        return world.locked(() -> {
            need(channel, Permission.SEND_MESSAGES);
            Draft draft = Draft.typed("", null, List.of());
            Message message = world.messages().make(channel, account, draft).with(List.of(stickers));
            world.messages().keep(message);
            return message;
        });
    }

    /** Sends a direct message to the bot. */
    public Message whispers(String text) {
        return says(direct(), text);
    }

    /** The direct conversation with the bot. */
    public Channel direct() {
        return world.locked(() -> world.places().direct(account));
    }

    /** No longer takes direct messages from bots. */
    public void refusesDirectMessages() {
        world.locked(() -> world.closedToDirect().add(account));
    }

    public void edits(Message message, String text) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        world.locked(() -> {
            must(message.author().equals(account), "only its author edits a message");
            fields.put("content", Mentions.typed(message.channel(), text));
            world.messages().edit(message, fields, List.of());
        });
    }

    public void deletes(Message message) {
        world.locked(() -> {
            if (!message.author().equals(account)) {
                need(message.channel(), Permission.MANAGE_MESSAGES);
            }
            world.messages().delete(message);
        });
    }

    /** Deletes many at once, as a moderator's tool does: one event tells of all. */
    public void deletesAll(Message... messages) {
        Channel channel = messages[0].channel();
        world.locked(() -> {
            need(channel, Permission.MANAGE_MESSAGES);
            world.messages().deleteAll(channel, List.of(messages));
        });
    }

    public void reacts(Message message, String emoji) {
        world.locked(() -> world.messages().react(message, account, emoji));
    }

    // ---- threads and channels

    /** Opens a public thread on a message. */
    public Channel opensThread(Message on, String title) {
        return thread(on.channel(), Channel.Kind.PUBLIC_THREAD, title, on, Permission.CREATE_PUBLIC_THREADS);
    }

    /** Opens a public thread that hangs from no message. */
    public Channel opensThread(Channel in, String title) {
        return thread(in, Channel.Kind.PUBLIC_THREAD, title, null, Permission.CREATE_PUBLIC_THREADS);
    }

    /** Opens a thread that only those inside see. */
    public Channel opensPrivateThread(Channel in, String title, Account... others) {
        Channel thread = thread(in, Channel.Kind.PRIVATE_THREAD, title, null, Permission.CREATE_PRIVATE_THREADS);
        for (Account other : others) {
            invites(thread, other);
        }
        return thread;
    }

    /** Takes another account into a thread. */
    public void invites(Channel thread, Account other) {
        world.locked(() -> world.places().enter(thread, other));
    }

    /** Puts someone out of a thread. */
    public void expels(Channel thread, Account other) {
        world.locked(() -> world.places().leave(thread, other));
    }

    /** Opens a post in a forum: a thread whose first message bears the thread's own id. */
    public Channel posts(Channel forum, String title, String text) {
        return world.locked(() -> {
            need(forum, Permission.SEND_MESSAGES);
            Channel post = world.places().openThread(forum, Channel.Kind.PUBLIC_THREAD, title, account, null);
            Draft draft = Draft.typed(Mentions.typed(post, text).strip(), null, List.of());
            world.messages().keep(world.messages().make(post.id(), post, account, draft));
            return post;
        });
    }

    private Channel thread(Channel in, Channel.Kind kind, String title, @Nullable Message on, Permission needed) {
        return world.locked(() -> {
            need(in, needed);
            return world.places().openThread(in, kind, title, account, on);
        });
    }

    /** Deletes a channel or a thread; the keeper of the guild does it where this person may not. */
    public void deletes(Channel channel) {
        world.locked(() -> world.places().delete(channel));
    }

    // ---- commands and buttons

    /** Runs a command: {@code "/memory show"} names the command and its subcommand. */
    public Interaction runs(Channel channel, String command, Option... options) {
        return world.locked(() -> {
            String[] words = words(command);
            ObjectNode data =
                    Filled.in(channel, offered(channel, words[0], Commands.CHAT), words, List.of(options), null);
            return world.interactions().begin(Interaction.Kind.COMMAND, account, channel, null, null, command, data);
        });
    }

    /** Types into an option of a command and looks what is offered; the last option is the one being typed. */
    public Interaction types(Channel channel, String command, Option... options) {
        return world.locked(() -> {
            String[] words = words(command);
            JsonNode definition = offered(channel, words[0], Commands.CHAT);
            String focused = options[options.length - 1].name();
            ObjectNode data = Filled.in(channel, definition, words, List.of(options), focused);
            return world.interactions()
                    .begin(Interaction.Kind.AUTOCOMPLETE, account, channel, null, null, command, data);
        });
    }

    /** Picks a command from a message's context menu. */
    public Interaction picks(String command, Message on) {
        return world.locked(() -> {
            ObjectNode data = Filled.about(offered(on.channel(), command, Commands.ON_MESSAGE))
                    .put("target_id", Shapes.id(on.id()));
            data.putObject("resolved")
                    .putObject("messages")
                    .set(Shapes.id(on.id()), MessageShapes.stored(on, Intents.ALL));
            return world.interactions().begin(Interaction.Kind.COMMAND, account, on.channel(), on, null, command, data);
        });
    }

    /** Presses a button; of a message this person cannot see there is none. */
    public Interaction presses(Button button) {
        return world.locked(() -> {
            Message message = button.message();
            must(sees(message.channel()).contains(message), "cannot see " + message);
            must(!button.disabled(), button + " is disabled");
            ObjectNode data = JsonNodeFactory.instance
                    .objectNode()
                    .put("custom_id", button.id())
                    .put("component_type", 2)
                    .put("id", 1);
            return world.interactions()
                    .begin(
                            Interaction.Kind.COMPONENT,
                            account,
                            message.channel(),
                            message,
                            null,
                            button.toString(),
                            data);
        });
    }

    /** Fills in the one text of a form that a command or a button brought up. */
    public Interaction submits(Interaction asked, String text) {
        return submits(asked, asked.channel(), text);
    }

    /** The same with a client that says that the form is in another channel than it is. */
    public Interaction submits(Interaction asked, Channel where, String text) {
        return world.locked(() -> {
            ObjectNode form = asked.form();
            if (form == null) {
                throw new IllegalStateException("no form was put before " + name());
            }
            ObjectNode data = Forms.filled(form, text);
            return world.interactions()
                    .begin(Interaction.Kind.MODAL, account, where, asked.source(), asked, asked.name(), data);
        });
    }

    private static String[] words(String command) {
        must(command.startsWith("/"), "a command starts with a slash: " + command);
        return command.substring(1).split(" ", -1);
    }

    private JsonNode offered(Channel channel, String name, int type) {
        need(channel, Permission.USE_APPLICATION_COMMANDS);
        JsonNode command = world.commands().find(channel, name, type);
        if (command == null) {
            throw new IllegalStateException("no command " + name + " is registered here");
        }
        JsonNode wanted = command.path("default_member_permissions");
        long needed = wanted.isNull() ? 0 : wanted.asLong();
        long has = Permission.of(account, channel);
        boolean byDefault =
                (has & needed) == needed && (needed != 0 || !wanted.asText().equals("0") || has == Permission.ALL);
        must(
                byDefault || world.commands().isOpen(channel.guildOrNull(), name),
                "Discord does not offer " + name + " to " + name());
        return command;
    }

    // ---- what is seen

    /** The messages that stand in a channel before this person's eyes, oldest first. */
    public List<Message> sees(Channel channel) {
        return world.locked(() -> Permission.VIEW_CHANNEL.in(Permission.of(account, channel))
                ? channel.stored().values().stream().filter(this::mine).toList()
                : List.of());
    }

    private boolean mine(Message message) {
        Interaction interaction = message.interaction();
        return !message.ephemeral()
                || (interaction != null && interaction.invoker().equals(account));
    }

    /** Waits, bounded by the server's patience, until this person sees such a message; the newest one counts. */
    public Message awaits(Channel channel, Predicate<Message> such) {
        return world.insist(
                () -> "a message that " + name() + " would see in " + channel + ", where there is " + sees(channel),
                () -> sees(channel).reversed().stream().filter(such).findFirst().orElse(null));
    }

    /** Waits, bounded by the server's patience, for a message that replies to this one. */
    public Message awaitsReplyTo(Message message) {
        return awaits(message.channel(), one -> message.equals(one.repliesTo()));
    }

    private void need(Channel channel, Permission permission) {
        must(
                permission.in(Permission.of(account, channel)),
                name() + " may not " + permission + " in " + channel + (channel.deleted() ? ", which is gone" : ""));
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
