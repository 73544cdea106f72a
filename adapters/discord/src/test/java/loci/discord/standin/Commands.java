package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commands a bot registered, for everywhere (0) or for one guild; all of it under the world's lock. */
final class Commands {
    static final int CHAT = 1;
    static final int ON_USER = 2;
    static final int ON_MESSAGE = 3;
    static final long EVERYWHERE = 0;

    private static final int MOST = 100;
    private static final Pattern CHAT_NAME = Pattern.compile("[-_'\\p{L}\\p{N}\\p{IsDeva}\\p{IsThai}]{1,32}");

    private final World world;
    private final Map<Long, List<ObjectNode>> byPlace = new LinkedHashMap<>();
    private final Set<String> opened = new LinkedHashSet<>();

    Commands(World world) {
        this.world = world;
    }

    List<ObjectNode> of(long place) {
        return byPlace.computeIfAbsent(place, any -> new ArrayList<>());
    }

    /** Replaces all; a command of the same name and type keeps its id. */
    List<ObjectNode> overwrite(long place, JsonNode definitions) {
        List<ObjectNode> old = of(place);
        List<ObjectNode> now = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode definition : definitions) {
            ObjectNode command = checked((ObjectNode) definition.deepCopy());
            if (!names.add(key(command))) {
                throw ApiError.form(
                        "name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
            }
            now.add(stored(place, command, same(old, command)));
        }
        if (now.size() > MOST) {
            throw new ApiError(400, 30032, "Maximum number of application commands reached (100).");
        }
        byPlace.put(place, now);
        return now;
    }

    /** Adds one, or replaces the one of the same name and type. */
    ObjectNode upsert(long place, ObjectNode definition) {
        ObjectNode command = checked(definition.deepCopy());
        List<ObjectNode> all = of(place);
        ObjectNode old = same(all, command);
        ObjectNode now = stored(place, command, old);
        if (old == null) {
            all.add(now);
        } else {
            all.set(all.indexOf(old), now);
        }
        return now;
    }

    ObjectNode change(long place, long id, ObjectNode fields) {
        ObjectNode old = byId(place, id);
        ObjectNode now = old.deepCopy();
        now.setAll(fields);
        ObjectNode changed = stored(place, checked(now), old);
        of(place).set(of(place).indexOf(old), changed);
        return changed;
    }

    void delete(long place, long id) {
        of(place).remove(byId(place, id));
    }

    ObjectNode byId(long place, long id) {
        return of(place).stream()
                .filter(one -> one.path("id").asLong() == id)
                .findFirst()
                .orElseThrow(() -> new ApiError(404, 10063, "Unknown application command"));
    }

    /** The command a member of this channel means by its name; a guild's own goes before one for everywhere. */
    @Nullable
    ObjectNode find(Channel channel, String name, int type) {
        Guild guild = channel.guildOrNull();
        List<ObjectNode> offered = new ArrayList<>(guild == null ? List.of() : of(guild.id()));
        offered.addAll(of(EVERYWHERE));
        return offered.stream()
                .filter(one -> one.path("name").asText().equals(name)
                        && one.path("type").asInt() == type
                        && fits(one, guild))
                .findFirst()
                .orElse(null);
    }

    /** Context 0 is guilds, 1 is direct messages with the bot; none named means both. */
    private static boolean fits(JsonNode command, @Nullable Guild guild) {
        JsonNode contexts = command.path("contexts");
        if (!contexts.isArray()) {
            return guild != null || command.path("dm_permission").asBoolean(true);
        }
        for (JsonNode context : contexts) {
            if (context.asInt() == (guild == null ? 1 : 0)) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode stored(long place, ObjectNode command, @Nullable ObjectNode old) {
        command.put(
                "id", old == null ? Shapes.id(world.nextId()) : old.path("id").asText());
        command.put("application_id", Shapes.id(world.bot().id()));
        command.put("version", Shapes.id(world.nextId()));
        if (place != EVERYWHERE) {
            command.put("guild_id", Shapes.id(place));
        }
        return command;
    }

    private static @Nullable ObjectNode same(List<ObjectNode> all, ObjectNode command) {
        return all.stream()
                .filter(one -> key(one).equals(key(command)))
                .findFirst()
                .orElse(null);
    }

    private static String key(JsonNode command) {
        return command.path("type").asInt(CHAT) + " " + command.path("name").asText();
    }

    private static ObjectNode checked(ObjectNode command) {
        if (!command.hasNonNull("type")) {
            command.put("type", CHAT);
        }
        boolean chat = command.path("type").asInt() == CHAT;
        String name = command.path("name").asText();
        if (chat && (!CHAT_NAME.matcher(name).matches() || !name.equals(name.toLowerCase(java.util.Locale.ROOT)))) {
            throw ApiError.form("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
        String description = command.path("description").asText();
        if (chat && (description.isEmpty() || description.length() > 100)) {
            throw ApiError.form("description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
        }
        if (!command.hasNonNull("description")) {
            command.put("description", "");
        }
        if (!command.has("default_member_permissions")) {
            command.putNull("default_member_permissions");
        }
        if (!command.has("nsfw")) {
            command.put("nsfw", false);
        }
        Tolerated.numbers(command.path("contexts"));
        Tolerated.numbers(command.path("integration_types"));
        options(command.path("options"));
        return command;
    }

    /** A command as it is listed where nobody asks for its translations. */
    static ObjectNode inOneLanguage(ObjectNode command) {
        ObjectNode plain = command.deepCopy();
        withoutTranslations(plain);
        return plain;
    }

    private static void withoutTranslations(JsonNode node) {
        if (node instanceof ObjectNode fields) {
            fields.remove(List.of("name_localizations", "description_localizations"));
        }
        node.path("options").forEach(Commands::withoutTranslations);
        node.path("choices").forEach(Commands::withoutTranslations);
    }

    /** Who keeps a guild opens a command to everybody there, whatever its bot asked for. */
    void open(long guild, String name) {
        opened.add(guild + " " + name);
    }

    boolean isOpen(@Nullable Guild guild, String name) {
        return guild != null && opened.contains(guild.id() + " " + name);
    }

    private static void options(JsonNode options) {
        boolean optional = false;
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode option : options) {
            boolean required = option.path("required").asBoolean();
            if (required && optional) {
                throw ApiError.form(
                        "options",
                        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                        "Required options must be placed before non-required options");
            }
            optional |= !required && option.path("type").asInt() > 2;
            if (!names.add(option.path("name").asText())) {
                throw ApiError.form(
                        "options", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists");
            }
            options(option.path("options"));
        }
        if (options.size() > 25) {
            throw ApiError.form("options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
        }
    }

    /** The names registered for a place, as a test wants to see them. */
    List<String> names(long place) {
        return of(place).stream()
                .map(one -> Objects.requireNonNull(one.path("name").asText()))
                .toList();
    }
}
