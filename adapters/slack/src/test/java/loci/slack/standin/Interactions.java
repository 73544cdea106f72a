package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands, buttons, forms and shortcuts: what the app is told of them, and what its answers do. All under the world's lock. */
final class Interactions {
    private final World world;
    private final Map<String, Interaction> all = new LinkedHashMap<>();

    Interactions(World world) {
        this.world = world;
    }

    private Interaction begin(String name, Account who, @Nullable Channel channel, @Nullable Message source) {
        Interaction interaction = new Interaction(world, world.id("I"), name, who, channel, source);
        all.put(interaction.id(), interaction);
        return interaction;
    }

    Interaction command(Account who, Channel channel, String command, String text) {
        Interaction run = begin((command + " " + text).strip(), who, channel, null);
        ObjectNode payload = World.json()
                .put("token", "verification-token")
                .put("team_id", world.home().id())
                .put("team_domain", domain())
                .put("channel_id", channel.id())
                .put("channel_name", channelName(channel))
                .put("user_id", who.id())
                .put("user_name", who.name())
                .put("command", command)
                .put("text", text)
                .put("api_app_id", World.APP_ID)
                .put("is_enterprise_install", "false")
                .put("response_url", run.responseUrl())
                .put("trigger_id", run.triggerId());
        world.deliveries().send(Envelope.Kind.COMMAND, payload, answer -> {
            run.acknowledge();
            if (run.says(answer)) {
                say(run, answer);
            }
        });
        return run;
    }

    private String domain() {
        return world.home().name().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }

    private static String channelName(Channel channel) {
        return switch (channel.kind()) {
            case DIRECT -> "directmessage";
            case PRIVATE, GROUP -> "privategroup";
            case PUBLIC -> channel.name();
        };
    }

    Interaction press(Account who, Message message, ObjectNode action) {
        Interaction pressed = begin("[" + action.at("/text/text").asText() + "]", who, message.channel(), message);
        ObjectNode payload = interactive("block_actions", pressed);
        ObjectNode container = payload.putObject("container")
                .put("type", "message")
                .put("message_ts", message.ts())
                .put("channel_id", message.channel().id())
                .put("is_ephemeral", message.ephemeral());
        if (message.threadTs() != null) {
            container.put("thread_ts", message.threadTs());
        }
        if (!message.ephemeral()) {
            payload.set("message", MessageShapes.message(world, message));
        }
        payload.putObject("state").putObject("values");
        payload.putArray("actions").add(action.put("action_ts", world.nextTs()));
        return send(pressed, payload);
    }

    Interaction pressInView(Account who, View view, ObjectNode action) {
        Interaction pressed = begin("[" + action.at("/text/text").asText() + "]", who, null, null);
        ObjectNode payload = interactive("block_actions", pressed);
        payload.remove("response_url");
        payload.putObject("container").put("type", "view").put("view_id", view.id());
        payload.set("view", view.shape(World.json()));
        payload.putArray("actions").add(action.put("action_ts", world.nextTs()));
        return send(pressed, payload);
    }

    Interaction shortcut(Account who, String callbackId, @Nullable Message on) {
        Interaction taken = begin(callbackId, who, on == null ? null : on.channel(), on);
        ObjectNode payload = interactive(on == null ? "shortcut" : "message_action", taken);
        payload.put("callback_id", callbackId).put("action_ts", world.nextTs());
        if (on == null) {
            payload.remove("response_url");
        } else {
            payload.put("message_ts", on.ts());
            payload.set("message", MessageShapes.message(world, on));
        }
        return send(taken, payload);
    }

    Interaction submit(Account who, View view, ObjectNode values) {
        return submit(who, view, values, null);
    }

    /** @param forged takes the place of its private metadata; null where they are as the app wrote them */
    Interaction submit(Account who, View view, ObjectNode values, @Nullable String forged) {
        Interaction sent = begin(view.title(), who, null, null);
        ObjectNode payload = interactive("view_submission", sent);
        payload.remove("response_url");
        ObjectNode shape = view.shape(values);
        payload.set("view", forged == null ? shape : shape.put("private_metadata", forged));
        payload.putArray("response_urls");
        world.deliveries().send(Envelope.Kind.INTERACTION, payload, answer -> {
            sent.acknowledge();
            world.views().answered(view, answer);
        });
        return sent;
    }

    Interaction dismiss(Account who, View view) {
        Interaction closed = begin(view.title(), who, null, null);
        view.close();
        if (view.content().path("notify_on_close").asBoolean()) {
            ObjectNode payload = interactive("view_closed", closed).put("is_cleared", false);
            payload.remove("response_url");
            payload.remove("trigger_id");
            payload.set("view", view.shape(World.json()));
            send(closed, payload);
        }
        return closed;
    }

    private Interaction send(Interaction interaction, ObjectNode payload) {
        world.deliveries().send(Envelope.Kind.INTERACTION, payload, answer -> interaction.acknowledge());
        return interaction;
    }

    private ObjectNode interactive(String type, Interaction interaction) {
        Account who = interaction.invoker();
        ObjectNode payload = World.json().put("type", type);
        payload.putObject("user")
                .put("id", who.id())
                .put("username", who.name())
                .put("name", who.name())
                .put("team_id", who.team());
        payload.putObject("team").put("id", world.home().id()).put("domain", domain());
        payload.put("api_app_id", World.APP_ID)
                .put("token", "verification-token")
                .put("trigger_id", interaction.triggerId())
                .put("response_url", interaction.responseUrl())
                .put("is_enterprise_install", false);
        payload.putNull("enterprise");
        Channel channel = interaction.channel();
        if (channel != null) {
            payload.putObject("channel").put("id", channel.id()).put("name", channelName(channel));
        }
        return payload;
    }

    /** The interaction a trigger belongs to, whose trigger is thereby used. */
    Interaction triggered(String triggerId) {
        Interaction found = all.values().stream()
                .filter(one -> one.triggerId().equals(triggerId))
                .findFirst()
                .orElseThrow(() -> new Refusal("invalid_trigger_id"));
        found.useTrigger();
        return found;
    }

    /** Something posted to a response URL. */
    void respond(String id, JsonNode answer) {
        Interaction interaction = all.get(id);
        if (interaction == null || interaction.channel() == null) {
            throw new Refusal("invalid_url");
        }
        interaction.useUrl();
        Message shown = shown(interaction);
        if (answer.path("delete_original").asBoolean()) {
            if (shown == null) {
                throw new Refusal("message_not_found");
            }
            remove(shown);
        } else if (answer.path("replace_original").asBoolean() && shown != null) {
            replace(shown, answer);
        } else {
            say(interaction, answer);
        }
    }

    /** What "original" means: the message the button was on, or else the first answer. */
    private static @Nullable Message shown(Interaction interaction) {
        Message source = interaction.source();
        return source == null ? interaction.answer() : source;
    }

    private void remove(Message message) {
        if (message.ephemeral()) {
            message.markDeleted();
        } else {
            world.messages().delete(message);
        }
    }

    private void replace(Message message, JsonNode answer) {
        checkText(answer);
        ArrayNode blocks = blocks(answer);
        String text = answer.path("text").asText();
        world.violations().look("response_url", answer);
        if (message.ephemeral()) {
            message.write(text, blocks, Messages.none());
        } else {
            world.messages().edit(message, text, blocks, Messages.none());
        }
    }

    private void say(Interaction interaction, @Nullable JsonNode answer) {
        Channel channel = interaction.channel();
        if (answer == null || channel == null) {
            return;
        }
        checkText(answer);
        Message message = world.messages()
                .draft(channel, world.bot())
                .answering(interaction)
                .write(answer.path("text").asText(), blocks(answer), Messages.none());
        if (answer.hasNonNull("thread_ts")) {
            message.inThread(answer.path("thread_ts").asText());
        }
        interaction.answeredBy(message);
        if (answer.path("response_type").asText().equals("in_channel")) {
            world.violations().look("response_url", answer);
            if (answer.toString().contains("://")) {
                world.violations().lookAtUnfurling("response_url", answer);
            }
            world.messages().post(message);
        } else {
            world.messages().whisper(message, interaction.invoker());
        }
    }

    private static void checkText(JsonNode answer) {
        if (answer.path("text").asText().isEmpty() && answer.path("blocks").isEmpty()) {
            throw new Refusal("no_text");
        }
        if (answer.path("text").asText().length() > ChatMethods.LONGEST_TEXT) {
            throw new Refusal("msg_too_long");
        }
    }

    private ArrayNode blocks(JsonNode answer) {
        return answer.path("blocks") instanceof ArrayNode blocks
                ? Blocks.checked(world, blocks.deepCopy())
                : Messages.none();
    }
}
