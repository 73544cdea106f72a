package loci.slack.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns names into mentions as a client does, and back as it shows them. */
final class Mentions {
    static final Pattern USER = Pattern.compile("<@([UW][A-Z0-9]+)(?:\\|[^>]*)?>");
    private static final Pattern CHANNEL = Pattern.compile("<#(C[A-Z0-9]+)(?:\\|[^>]*)?>");
    private static final Pattern BROADCAST = Pattern.compile("<!(here|channel|everyone)(?:\\|[^>]*)?>");
    private static final Pattern LINK = Pattern.compile("<((?:https?|mailto):[^|>]+)(?:\\|([^>]*))?>");
    private static final Pattern NAME = Pattern.compile("(?<![\\w<])@([\\w-]+)");
    private static final Pattern CHANNEL_NAME = Pattern.compile("(?<![\\w<])#([\\w-]+)");
    private static final Pattern URL = Pattern.compile("(?<![<\\w])https?://[^\\s<>|]+");

    private Mentions() {}

    /** What a client sends when a person types this: {@code @name}, {@code #channel}, URLs and {@code & < >} become Slack's. */
    static String typed(World world, Workspace workspace, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String linked = URL.matcher(escaped).replaceAll(at -> Matcher.quoteReplacement("<" + at.group() + ">"));
        String named = NAME.matcher(linked)
                .replaceAll(at -> Matcher.quoteReplacement(mentionOf(world, workspace, at.group(1), at.group())));
        return CHANNEL_NAME
                .matcher(named)
                .replaceAll(at -> Matcher.quoteReplacement(workspace.channels().stream()
                        .filter(one -> one.kind() == Channel.Kind.PUBLIC)
                        .filter(one -> one.name().equals(at.group(1)))
                        .findFirst()
                        .map(Channel::mention)
                        .orElse(at.group())));
    }

    private static String mentionOf(World world, Workspace workspace, String name, String otherwise) {
        if (name.equals("here") || name.equals("channel") || name.equals("everyone")) {
            return "<!" + name + ">";
        }
        if (name.equals(world.bot().name())) {
            return world.bot().mention();
        }
        if (workspace.groups().containsKey(name)) {
            return "<!subteam^" + workspace.groups().get(name) + ">";
        }
        return world.accounts().values().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(Account::mention)
                .orElse(otherwise);
    }

    /** The blocks that a client sends along with such a text. */
    static ArrayNode blocks(World world, String text) {
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        if (text.isEmpty()) {
            return blocks;
        }
        ObjectNode block = blocks.addObject().put("type", "rich_text").put("block_id", world.id("b"));
        ObjectNode section = block.putArray("elements").addObject().put("type", "rich_text_section");
        ArrayNode elements = section.putArray("elements");
        Matcher at = USER.matcher(text);
        int done = 0;
        while (at.find()) {
            plain(elements, text.substring(done, at.start()));
            elements.addObject().put("type", "user").put("user_id", at.group(1));
            done = at.end();
        }
        plain(elements, text.substring(done));
        return blocks;
    }

    private static void plain(ArrayNode elements, String text) {
        if (!text.isEmpty()) {
            elements.addObject().put("type", "text").put("text", unescaped(text));
        }
    }

    /** The text as a client shows it. */
    static String shown(World world, String text) {
        String users = USER.matcher(text).replaceAll(at -> {
            Account account = world.accounts().get(at.group(1));
            return Matcher.quoteReplacement(account == null ? "@unknown" : "@" + account.displayName());
        });
        String channels = CHANNEL.matcher(users).replaceAll(at -> {
            Channel channel = world.channels().get(at.group(1));
            return Matcher.quoteReplacement(channel == null ? "#unknown" : "#" + channel.name());
        });
        String broadcasts = BROADCAST.matcher(channels).replaceAll("@$1");
        String links = LINK.matcher(broadcasts)
                .replaceAll(at -> Matcher.quoteReplacement(at.group(2) == null ? at.group(1) : at.group(2)));
        return unescaped(links);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
