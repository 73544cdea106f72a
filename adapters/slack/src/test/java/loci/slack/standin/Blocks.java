package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What a list of blocks may be, and what it says.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit</a>
 */
final class Blocks {
    private static final int MOST_IN_MESSAGE = 50;
    private static final int MOST_IN_VIEW = 100;
    private static final int LONGEST_SECTION = 3_000;
    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_MARKDOWN = 12_000;
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_LABEL = 75;
    private static final int LONGEST_VALUE = 2_000;
    private static final int MOST_ELEMENTS = 25;
    private static final int MOST_IN_CONTEXT = 10;
    private static final Set<String> IN_MESSAGES = Set.of(
            "actions",
            "context",
            "context_actions",
            "divider",
            "file",
            "header",
            "image",
            "input",
            "markdown",
            "rich_text",
            "section",
            "table",
            "video");

    private Blocks() {}

    /** Refuses what a message may not hold, and gives each block without an id one. */
    static ArrayNode checked(World world, ArrayNode blocks) {
        return checked(world, blocks, MOST_IN_MESSAGE);
    }

    /** Refuses what a view may not hold, and gives each block without an id one. */
    static ArrayNode checkedInView(World world, ArrayNode blocks) {
        return checked(world, blocks, MOST_IN_VIEW);
    }

    private static ArrayNode checked(World world, ArrayNode blocks, int most) {
        if (blocks.size() > most) {
            throw invalid("no more than " + most + " items allowed [json-pointer:/blocks]");
        }
        Set<String> ids = new HashSet<>();
        int markdown = 0;
        for (JsonNode block : blocks) {
            check(block);
            block.findParents("type").stream()
                    .filter(one -> one.path("type").asText().equals("mrkdwn"))
                    .filter(one -> !Violations.truth(one.path("verbatim")))
                    .forEach(
                            one -> world.violations().add("Slack makes names and channels of what is written: " + one));
            markdown += block.path("type").asText().equals("markdown")
                    ? block.path("text").asText().length()
                    : 0;
            if (!block.has("block_id")) {
                ((ObjectNode) block).put("block_id", world.id("b"));
            }
            String id = block.path("block_id").asText();
            if (id.length() > LONGEST_ID || !ids.add(id)) {
                throw invalid("`block_id` is too long or not unique: " + id);
            }
        }
        if (markdown > LONGEST_MARKDOWN) {
            throw new Refusal("msg_blocks_too_long");
        }
        return blocks;
    }

    private static void check(JsonNode block) {
        String type = block.path("type").asText();
        if (!IN_MESSAGES.contains(type)) {
            throw invalid("unsupported type: " + type + " [json-pointer:/blocks/0/type]");
        }
        JsonNode elements = block.path("elements");
        switch (type) {
            case "section" -> {
                if (!block.has("text") && !block.has("fields")) {
                    throw invalid("missing required field: text");
                }
                text(block.at("/text/text"), block.has("text"), LONGEST_SECTION);
                World.each(block.path("fields")).forEach(one -> text(one.path("text"), true, LONGEST_VALUE));
                element(block.path("accessory"));
            }
            case "header" -> text(block.at("/text/text"), true, LONGEST_HEADER);
            case "markdown" -> text(block.path("text"), true, Integer.MAX_VALUE);
            case "context" -> elements(elements, MOST_IN_CONTEXT);
            case "actions" -> {
                elements(elements, MOST_ELEMENTS);
                elements.forEach(Blocks::element);
            }
            case "input" -> {
                text(block.at("/label/text"), true, LONGEST_VALUE);
                element(block.path("element"));
            }
            default -> {}
        }
    }

    private static void elements(JsonNode elements, int most) {
        if (elements.isEmpty() || elements.size() > most) {
            throw invalid("between 1 and " + most + " items allowed [json-pointer:/elements]");
        }
    }

    private static void element(JsonNode element) {
        if (element.path("action_id").asText().length() > LONGEST_ID) {
            throw invalid("must be less than 256 characters [json-pointer:/action_id]");
        }
        if (element.path("type").asText().equals("button")) {
            text(element.at("/text/text"), true, LONGEST_LABEL);
            if (element.path("value").asText().length() > LONGEST_VALUE) {
                throw invalid("must be less than 2001 characters [json-pointer:/value]");
            }
        }
        int options = element.path("options").size();
        if (options > 100) {
            throw invalid("no more than 100 items allowed [json-pointer:/options]");
        }
        World.each(element.path("options")).forEach(one -> text(one.at("/text/text"), true, LONGEST_LABEL));
    }

    private static void text(JsonNode text, boolean required, int longest) {
        if (required && text.asText().isEmpty()) {
            throw invalid("must be more than 0 characters [json-pointer:/text]");
        }
        if (text.asText().length() > longest) {
            throw invalid("must be less than " + (longest + 1) + " characters [json-pointer:/text]");
        }
    }

    private static Refusal invalid(String why) {
        return new Refusal("invalid_blocks").saying(why);
    }

    /** What the blocks say, a line each. */
    static String text(JsonNode blocks) {
        StringBuilder all = new StringBuilder();
        for (JsonNode block : blocks) {
            StringBuilder one = new StringBuilder();
            switch (block.path("type").asText()) {
                case "markdown" -> one.append(block.path("text").asText());
                case "actions", "input" -> {}
                default -> collect(block, one);
            }
            if (!one.isEmpty()) {
                all.append(all.isEmpty() ? "" : "\n").append(one);
            }
        }
        return all.toString();
    }

    private static void collect(JsonNode node, StringBuilder into) {
        if (node.path("text").isTextual()) {
            into.append(node.path("text").asText());
            return;
        }
        switch (node.path("type").asText()) {
            case "user" ->
                into.append("<@").append(node.path("user_id").asText()).append('>');
            case "channel" ->
                into.append("<#").append(node.path("channel_id").asText()).append('>');
            case "broadcast" ->
                into.append("<!").append(node.path("range").asText()).append('>');
            case "link" -> into.append(node.path("url").asText());
            default -> {
                if (node.path("text").isObject()) {
                    collect(node.path("text"), into);
                }
                node.path("fields").forEach(one -> collect(one, into));
                node.path("rows").forEach(row -> row.forEach(cell -> collect(cell, into)));
                node.path("elements").forEach(one -> collect(one, into));
            }
        }
    }
}
