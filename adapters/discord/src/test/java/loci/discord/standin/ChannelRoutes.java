package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guilds, channels and threads. */
final class ChannelRoutes {
    private static final int PRIVATE_THREAD = 12;

    private final World world;
    private final Places places;

    ChannelRoutes(World world) {
        this.world = world;
        this.places = new Places(world);
    }

    void addTo(Routes routes) {
        routes.on("GET", "/guilds/*", (request, at) -> Answer.ok(GuildShapes.plain(places.guild(at.get(0)))))
                .on("GET", "/guilds/*/channels", this::channels)
                .on("GET", "/guilds/*/roles", this::roles)
                .on("GET", "/guilds/*/threads/active", this::activeThreads)
                .on("GET", "/guilds/*/members/*", this::member)
                .on("GET", "/channels/*", (request, at) -> Answer.ok(ChannelShapes.channel(places.channel(at.get(0)))))
                .on("PATCH", "/channels/*", this::change)
                .on("DELETE", "/channels/*", this::delete)
                .on("POST", "/channels/*/threads", this::openThread)
                .on("POST", "/channels/*/messages/*/threads", this::openThreadOn)
                .on("PUT", "/channels/*/thread-members/@me", this::enter)
                .on("DELETE", "/channels/*/thread-members/@me", this::leave);
    }

    private Answer channels(Request request, List<String> at) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        places.guild(at.get(0)).channels().stream()
                .filter(one -> !one.kind().isThread())
                .forEach(one -> all.add(ChannelShapes.channel(one)));
        return Answer.ok(all);
    }

    private Answer roles(Request request, List<String> at) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        places.guild(at.get(0)).roles().values().forEach(one -> all.add(GuildShapes.role(one)));
        return Answer.ok(all);
    }

    private Answer activeThreads(Request request, List<String> at) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode threads = json.putArray("threads");
        ArrayNode members = json.putArray("members");
        places.guild(at.get(0)).channels().stream()
                .filter(one -> one.kind().isThread() && !one.archived() && world.botSees(one))
                .forEach(one -> {
                    threads.add(ChannelShapes.channel(one));
                    if (one.holds(world.bot())) {
                        members.add(ChannelShapes.threadMember(one, world.bot()));
                    }
                });
        json.put("has_more", false);
        return Answer.ok(json);
    }

    private Answer member(Request request, List<String> at) {
        Member member = places.guild(at.get(0)).members().get(Places.id(at.get(1)));
        if (member == null) {
            throw new ApiError(404, 10007, "Unknown Member");
        }
        return Answer.ok(GuildShapes.member(member, true));
    }

    private Answer change(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0));
        JsonNode body = request.body();
        boolean own = channel.kind().isThread() && channel.owner().equals(world.bot());
        if (!own) {
            places.need(channel, channel.kind().isThread() ? Permission.MANAGE_THREADS : Permission.MANAGE_CHANNELS);
        }
        if (body.hasNonNull("name")) {
            channel.rename(body.path("name").asText());
        }
        channel.set(
                body.path("archived").asBoolean(channel.archived()),
                body.path("locked").asBoolean(channel.locked()));
        world.emit(Events.channel(channel.kind().isThread() ? "THREAD_UPDATE" : "CHANNEL_UPDATE", channel));
        return Answer.ok(ChannelShapes.channel(channel));
    }

    private Answer delete(Request request, List<String> at) {
        Channel channel = places.channel(at.get(0));
        if (channel.guildOrNull() != null) {
            places.need(channel, channel.kind().isThread() ? Permission.MANAGE_THREADS : Permission.MANAGE_CHANNELS);
            JsonNode last = ChannelShapes.channel(channel);
            world.places().delete(channel);
            return Answer.ok(last);
        }
        return Answer.ok(ChannelShapes.channel(channel));
    }

    private Answer openThread(Request request, List<String> at) {
        Channel parent = places.channel(at.get(0));
        JsonNode body = request.body();
        if (parent.kind() == Channel.Kind.FORUM) {
            places.need(parent, Permission.SEND_MESSAGES);
            Draft draft = Drafts.of(body.path("message"), request.files(), null);
            Channel post =
                    world.places().openThread(parent, Channel.Kind.PUBLIC_THREAD, title(body), world.bot(), null);
            Message first = world.messages().make(post.id(), post, world.bot(), draft);
            world.messages().keep(first);
            ObjectNode json = ChannelShapes.channel(post);
            json.set("message", MessageShapes.stored(first, Intents.ALL));
            return new Answer(201, json);
        }
        boolean shut = body.path("type").asInt(PRIVATE_THREAD) == PRIVATE_THREAD;
        places.need(parent, shut ? Permission.CREATE_PRIVATE_THREADS : Permission.CREATE_PUBLIC_THREADS);
        return opened(parent, shut ? Channel.Kind.PRIVATE_THREAD : Channel.Kind.PUBLIC_THREAD, body, null);
    }

    private Answer openThreadOn(Request request, List<String> at) {
        Channel parent = places.channel(at.get(0), Permission.CREATE_PUBLIC_THREADS);
        Message on = places.message(parent, at.get(1));
        if (on.thread() != null) {
            throw new ApiError(400, 160004, "A thread has already been created for this message");
        }
        return opened(parent, Channel.Kind.PUBLIC_THREAD, request.body(), on);
    }

    private Answer opened(Channel parent, Channel.Kind kind, JsonNode body, @Nullable Message on) {
        if (parent.kind().isThread() || parent.guildOrNull() == null) {
            throw new ApiError(400, 50024, "Cannot execute action on this channel type");
        }
        return new Answer(
                201, ChannelShapes.channel(world.places().openThread(parent, kind, title(body), world.bot(), on)));
    }

    private static String title(JsonNode body) {
        String title = body.path("name").asText();
        if (title.isEmpty() || title.length() > 100) {
            throw ApiError.form("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
        }
        return title;
    }

    private Answer enter(Request request, List<String> at) {
        world.places().enter(thread(at), world.bot());
        return Answer.NOTHING;
    }

    private Answer leave(Request request, List<String> at) {
        world.places().leave(thread(at), world.bot());
        return Answer.NOTHING;
    }

    private Channel thread(List<String> at) {
        Channel thread = places.channel(at.get(0));
        if (thread.archived()) {
            throw new ApiError(400, 50083, "Thread is archived");
        }
        return thread;
    }
}
