package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what someone filled into a command into the interaction's data, as that command was registered. */
final class Filled {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SUBCOMMAND = 1;
    private static final int GROUP = 2;

    private final Channel channel;
    private final ObjectNode resolved = JSON.objectNode();

    private Filled(Channel channel) {
        this.channel = channel;
    }

    /**
     * @param words the command's name, then those of its group and subcommand
     * @param focused the option that is being typed, where it is
     */
    static ObjectNode in(
            Channel channel, JsonNode command, String[] words, List<Option> options, @Nullable String focused) {
        Filled filled = new Filled(channel);
        ObjectNode data = about(command);
        ArrayNode given = filled.level(command, words, 1, options, focused);
        if (!given.isEmpty()) {
            data.set("options", given);
        }
        if (!filled.resolved.isEmpty()) {
            data.set("resolved", filled.resolved);
        }
        return data;
    }

    /** What every interaction says of the command itself. */
    static ObjectNode about(JsonNode command) {
        ObjectNode data = JSON.objectNode()
                .put("id", command.path("id").asText())
                .put("name", command.path("name").asText())
                .put("type", command.path("type").asInt());
        return command.has("guild_id")
                ? data.put("guild_id", command.path("guild_id").asText())
                : data;
    }

    private ArrayNode level(
            JsonNode definition, String[] words, int at, List<Option> options, @Nullable String focused) {
        ArrayNode given = JSON.arrayNode();
        if (at < words.length) {
            JsonNode nested = named(definition, words[at]);
            ObjectNode inner = given.addObject()
                    .put("name", words[at])
                    .put("type", nested.path("type").asInt());
            inner.set("options", level(nested, words, at + 1, options, focused));
            return given;
        }
        for (JsonNode expected : definition.path("options")) {
            int type = expected.path("type").asInt();
            if (type == SUBCOMMAND || type == GROUP) {
                throw new IllegalArgumentException(words[at - 1] + " wants a subcommand");
            }
            boolean filled = options.stream()
                    .anyMatch(one -> one.name().equals(expected.path("name").asText()));
            if (expected.path("required").asBoolean() && !filled && focused == null) {
                throw new IllegalArgumentException(words[at - 1] + " wants " + expected.path("name"));
            }
        }
        for (Option option : options) {
            ObjectNode value = value(named(definition, option.name()), option);
            if (option.name().equals(focused)) {
                value.put("focused", true);
            }
            given.add(value);
        }
        return given;
    }

    private static JsonNode named(JsonNode definition, String name) {
        for (JsonNode option : definition.path("options")) {
            if (option.path("name").asText().equals(name)) {
                return option;
            }
        }
        throw new IllegalArgumentException(definition.path("name") + " has no " + name);
    }

    private ObjectNode value(JsonNode expected, Option option) {
        ObjectNode json = JSON.objectNode()
                .put("name", option.name())
                .put("type", expected.path("type").asInt());
        Guild guild = channel.guildOrNull();
        switch (option.value()) {
            case Person person -> {
                put("users", person.account().id(), Shapes.user(person.account()));
                if (guild != null) {
                    put(
                            "members",
                            person.account().id(),
                            GuildShapes.member(guild.member(person.account()), false)
                                    .put("permissions", Long.toString(Permission.of(person.account(), channel))));
                }
                json.put("value", Shapes.id(person.account().id()));
            }
            case Channel place -> {
                put(
                        "channels",
                        place.id(),
                        ChannelShapes.channel(place)
                                .put(
                                        "permissions",
                                        Long.toString(
                                                Permission.of(channel.world().bot(), place))));
                json.put("value", Shapes.id(place.id()));
            }
            case Role role -> {
                put("roles", role.id(), GuildShapes.role(role));
                json.put("value", Shapes.id(role.id()));
            }
            case Attachment file -> {
                Attachment uploaded = channel.world().upload(channel, file);
                put("attachments", uploaded.id(), MessageShapes.attachment(uploaded));
                json.put("value", Shapes.id(uploaded.id()));
            }
            case Boolean truth -> json.put("value", truth);
            case Double number -> json.put("value", number);
            case Number number -> json.put("value", number.longValue());
            default -> json.put("value", option.value().toString());
        }
        return json;
    }

    private void put(String kind, long id, ObjectNode what) {
        resolved.withObjectProperty(kind).set(Shapes.id(id), what);
    }
}
