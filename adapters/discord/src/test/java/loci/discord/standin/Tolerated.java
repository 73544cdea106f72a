package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What JDA sends and Discord takes though Discord's OpenAPI document says otherwise; each by name and with its reason. */
final class Tolerated {
    private Tolerated() {}

    /** The body as the document would have it. */
    static JsonNode body(Request request) {
        JsonNode copy = request.body().deepCopy();
        for (JsonNode holder : List.of(copy, copy.path("data"), copy.path("message"))) {
            holder.path("attachments").forEach(Tolerated::attachment);
        }
        if (request.path().endsWith("/commands") || request.path().contains("/commands/")) {
            (copy.isArray() ? copy : List.of(copy)).forEach(Tolerated::command);
        }
        return copy;
    }

    /** JDA asks for {@code wait} with every webhook request; the document has it only where a message is created. */
    static boolean query(Request request, String name) {
        return "wait".equals(name) && request.path().startsWith("/webhooks/");
    }

    /** JDA numbers the files of a multipart body, as Discord's guide "Uploading Files" does itself; the document wants a snowflake's text. */
    private static void attachment(JsonNode attachment) {
        if (attachment.path("id").isInt()) {
            ((ObjectNode) attachment).put("id", attachment.path("id").asText());
        }
    }

    /**
     * JDA sends {@code contexts} and {@code integration_types} as text; Discord reads either. It sends {@code
     * default_member_permissions} as text too, and there Discord's reference says text while the document says integer; and {@code
     * nsfw}, which the reference has and the document forgets.
     */
    private static void command(JsonNode command) {
        if (command instanceof ObjectNode fields) {
            fields.remove("nsfw");
        }
        numbers(command.path("contexts"));
        numbers(command.path("integration_types"));
        if (command.path("default_member_permissions").isTextual()) {
            ((ObjectNode) command)
                    .put(
                            "default_member_permissions",
                            command.path("default_member_permissions").asLong());
        }
    }

    static void numbers(JsonNode list) {
        for (int i = 0; i < list.size(); i++) {
            ((ArrayNode) list).set(i, list.get(i).asInt());
        }
    }
}
