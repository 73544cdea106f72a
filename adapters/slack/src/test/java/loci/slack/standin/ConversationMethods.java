package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code conversations.*} and {@code users.conversations}. */
final class ConversationMethods {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final World world;
    private final Lookup lookup;

    ConversationMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("conversations.info", this::one);
        methods.put("conversations.history", this::history);
        methods.put("conversations.replies", this::replies);
        methods.put("conversations.open", this::open);
        methods.put("conversations.members", this::members);
        methods.put("conversations.list", call -> list(call, any -> true));
        methods.put("users.conversations", call -> {
            Account who = call.has("user") ? lookup.account(call.text("user")) : world.bot();
            return list(call, one -> one.members().contains(who));
        });
    }

    private ObjectNode one(Call call) {
        Channel channel = lookup.channel(call.required("channel"));
        world.grants().need(channel.kind().scope("read"));
        ObjectNode answer = World.json();
        answer.set("channel", channel.shape());
        return answer;
    }

    private ObjectNode history(Call call) {
        Channel channel = lookup.readable(call.required("channel"));
        List<Message> found = between(
                        call,
                        channel.messages().stream()
                                .filter(one -> one.threadTs() == null
                                        || one.ts().equals(one.threadTs())
                                        || "thread_broadcast".equals(one.subtype())))
                .toList()
                .reversed();
        return page(call, "messages", found, one -> shape(call, one));
    }

    private ObjectNode replies(Call call) {
        Channel channel = lookup.readable(call.required("channel"));
        Message of = lookup.message(channel, call.required("ts"), "thread_not_found");
        Message parent = lookup.message(channel, of.root(), "thread_not_found");
        Stream<Message> replies = between(call, world.messages().replies(parent).stream());
        List<Message> found = Stream.concat(Stream.of(parent), replies).toList();
        return page(call, "messages", found, one -> shape(call, one));
    }

    private ObjectNode shape(Call call, Message message) {
        return MessageShapes.message(world, message, call.flag("include_all_metadata"));
    }

    private static Stream<Message> between(Call call, Stream<Message> messages) {
        String latest = call.has("latest") ? call.text("latest") : "9999999999.999999";
        String oldest = call.has("oldest") ? call.text("oldest") : "0";
        boolean inclusive = call.flag("inclusive");
        return messages.filter(one -> {
            int above = one.ts().compareTo(oldest);
            int below = latest.compareTo(one.ts());
            return inclusive ? above >= 0 && below >= 0 : above > 0 && below > 0;
        });
    }

    private ObjectNode open(Call call) {
        Channel channel;
        if (call.has("channel")) {
            channel = lookup.channel(call.text("channel"));
        } else {
            String[] users = call.required("users").split(" *, *");
            List<Account> with = Stream.of(users).map(lookup::account).toList();
            channel = with.size() == 1 ? world.home().direct(with.getFirst()) : group(with);
        }
        world.grants().need(channel.kind().scope("write"));
        ObjectNode answer = World.json();
        answer.set(
                "channel",
                call.flag("return_im") ? channel.shape() : World.json().put("id", channel.id()));
        return answer;
    }

    private Channel group(List<Account> with) {
        return world.home().channels().stream()
                .filter(one -> one.kind() == Channel.Kind.GROUP)
                .filter(one ->
                        one.members().size() == with.size() + 1 && one.members().containsAll(with))
                .findFirst()
                .orElseGet(() -> world.home()
                        .group(with.stream()
                                .map(one -> world.home().person(one))
                                .toArray(Person[]::new)));
    }

    private ObjectNode members(Call call) {
        Channel channel = lookup.channel(call.required("channel"));
        world.grants().need(channel.kind().scope("read"));
        return page(call, "members", List.copyOf(channel.members()), one -> TextNode.valueOf(one.id()));
    }

    private ObjectNode list(Call call, Predicate<Channel> such) {
        List<Channel> found = world.home().channels().stream()
                .filter(one -> Lookup.wanted(one, call.text("types")))
                .filter(one -> !(call.flag("exclude_archived") && one.archived()) && !one.deleted())
                .filter(one ->
                        one.kind() == Channel.Kind.PUBLIC || one.members().contains(world.bot()))
                .filter(such)
                .toList();
        found.forEach(one -> world.grants().need(one.kind().scope("read")));
        return page(call, "channels", found, Channel::shape);
    }

    /** One page, and the cursor of the next where there is one. */
    private static <T> ObjectNode page(Call call, String name, List<T> all, Function<T, JsonNode> shape) {
        int limit = call.limit(PAGE, LARGEST_PAGE);
        int from = 0;
        if (call.has("cursor")) {
            if (!call.text("cursor").matches("cursor-\\d{1,9}")) {
                throw new Refusal("invalid_cursor");
            }
            from = Math.min(all.size(), Integer.parseInt(call.text("cursor").substring("cursor-".length())));
        }
        int to = Math.min(all.size(), from + limit);
        ObjectNode answer = World.json();
        ArrayNode page = answer.putArray(name);
        all.subList(from, to).forEach(one -> page.add(shape.apply(one)));
        boolean more = to < all.size();
        answer.put("has_more", more);
        answer.putObject("response_metadata").put("next_cursor", more ? "cursor-" + to : "");
        return answer;
    }
}
