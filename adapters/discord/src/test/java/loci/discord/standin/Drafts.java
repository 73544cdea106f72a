package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request to post or edit a message, within Discord's limits. */
final class Drafts {
    private static final int LONGEST_CONTENT = 2000;
    private static final int LONGEST_NONCE = 25;
    private static final int MOST_EMBEDS = 10;
    private static final int MOST_EMBEDDED = 6000;
    private static final int MOST_FILES = 10;
    private static final int LARGEST_FILE = 10 << 20;

    private Drafts() {}

    static Draft of(JsonNode body, List<Attachment> files, @Nullable Message replyTo) {
        check(body, files);
        String nonce = body.hasNonNull("nonce") ? body.get("nonce").asText() : null;
        if (nonce != null && nonce.length() > LONGEST_NONCE) {
            throw ApiError.form("nonce", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
        }
        return new Draft(
                body.path("content").asText("").strip(),
                array(body, "embeds"),
                array(body, "components"),
                named(body, files),
                body.hasNonNull("allowed_mentions") ? body.get("allowed_mentions") : null,
                replyTo,
                nonce,
                body.path("enforce_nonce").asBoolean(),
                body.path("flags").asInt() & (Message.SUPPRESS_EMBEDS | Message.EPHEMERAL | 1 << 12));
    }

    static void check(JsonNode body, List<Attachment> files) {
        String content = body.path("content").asText("");
        if (content.codePointCount(0, content.length()) > LONGEST_CONTENT) {
            throw ApiError.form("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.");
        }
        int embedded = 0;
        for (JsonNode embed : array(body, "embeds")) {
            embedded += embed.path("title").asText().length()
                    + embed.path("description").asText().length();
            if (embed.path("description").asText().length() > 4096) {
                throw ApiError.form("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 4096 or fewer in length.");
            }
        }
        if (array(body, "embeds").size() > MOST_EMBEDS) {
            throw ApiError.form("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
        }
        if (embedded > MOST_EMBEDDED) {
            throw ApiError.form("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
        }
        if (files.stream().anyMatch(file -> file.size() > LARGEST_FILE)) {
            throw new ApiError(413, 40005, "Request entity too large");
        }
        if (files.size() > MOST_FILES) {
            throw ApiError.form("files", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
        }
    }

    static ArrayNode array(JsonNode body, String name) {
        return body.path(name) instanceof ArrayNode found ? found : JsonNodeFactory.instance.arrayNode();
    }

    /** The files, with the names and descriptions that the JSON beside them gives: {@code files[0]} is the attachment of id 0. */
    static List<Attachment> named(JsonNode body, List<Attachment> files) {
        List<Attachment> named = new ArrayList<>();
        for (Attachment file : files) {
            Attachment now = file;
            for (JsonNode about : array(body, "attachments")) {
                if (file.url().equals("files[" + about.path("id").asText() + "]")) {
                    now = file.described(text(about, "filename"), text(about, "description"));
                }
            }
            named.add(now);
        }
        return named;
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Objects.requireNonNull(node.get(name)).asText() : null;
    }
}
