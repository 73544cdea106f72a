package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client did that Slack would not take, or that could notify people or fetch what a text links to. */
final class Violations {
    private static final Pattern PING =
            Pattern.compile("<(?:!(?:channel|here|everyone)(?:\\|[^>]*)?|!subteam\\^[^>]*|@[UW][A-Z0-9]+[^>]*)>");

    private final List<String> found = new ArrayList<>();

    List<String> found() {
        return List.copyOf(found);
    }

    void add(String what) {
        found.add(what);
    }

    /** Looks at what is shown to more than one person. */
    void look(String method, JsonNode args) {
        for (String field : List.of("text", "markdown_text", "blocks", "attachments", "chunks", "view")) {
            strings(method, field, args.path(field));
        }
        if (truth(args.path("link_names")) || args.path("parse").asText().equals("full")) {
            add(method + " turns names into mentions");
        }
    }

    /** Looks whether links in a new message would be fetched. */
    void lookAtUnfurling(String method, JsonNode args) {
        if (!args.has("unfurl_links") || truth(args.path("unfurl_links"))) {
            add(method + " lets links unfurl");
        }
        if (!args.has("unfurl_media") || truth(args.path("unfurl_media"))) {
            add(method + " lets media unfurl");
        }
    }

    static boolean truth(JsonNode value) {
        return value.asText().equals("1") || value.asBoolean();
    }

    private static boolean isPing(JsonNode node) {
        return node.path("type").asText().equals("broadcast")
                || (node.path("type").asText().equals("user") && node.has("user_id"))
                || node.has("usergroup_id");
    }

    /** Whether a text, or something in blocks, calls somebody. */
    static boolean pings(JsonNode node) {
        boolean found = node.isTextual() ? PING.matcher(node.asText()).find() : isPing(node);
        for (JsonNode one : node) {
            found |= pings(one);
        }
        return found;
    }

    private void strings(String method, String field, JsonNode node) {
        if (node.isTextual()) {
            Matcher at = PING.matcher(node.asText());
            if (at.find()) {
                add(method + " pings with " + at.group() + " in " + field);
            }
        } else if (isPing(node)) {
            add(method + " pings with a rich text element in " + field);
        } else {
            node.forEach(one -> strings(method, field, one));
        }
    }
}
