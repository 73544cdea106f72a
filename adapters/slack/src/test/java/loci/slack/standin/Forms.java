package loci.slack.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Forms and JSON, in and out. */
final class Forms {
    static final JsonMapper JSON = new JsonMapper();

    private static final Set<String> WRITTEN_IN_JSON =
            Set.of("attachments", "blocks", "chunks", "files", "loading_messages", "metadata", "prompts", "view");

    private Forms() {}

    /** The arguments of a call, whether it is a form or JSON. */
    static ObjectNode arguments(String type, byte[] bytes) {
        String body = new String(bytes, StandardCharsets.UTF_8);
        if (!type.startsWith("application/json")) {
            return form(body);
        }
        if (json(body) instanceof ObjectNode object) {
            return object;
        }
        throw new Refusal("json_not_object");
    }

    static ObjectNode form(String encoded) {
        ObjectNode arguments = World.json();
        for (String pair : encoded.split("&", -1)) {
            int split = pair.indexOf('=');
            if (split > 0) {
                String name = decode(pair.substring(0, split));
                String value = decode(pair.substring(split + 1));
                if (WRITTEN_IN_JSON.contains(name) && !value.isEmpty()) {
                    arguments.set(name, jsonOrText(value));
                } else {
                    arguments.put(name, value);
                }
            }
        }
        return arguments;
    }

    private static JsonNode jsonOrText(String value) {
        if (!value.startsWith("[") && !value.startsWith("{")) {
            return World.json().textNode(value);
        }
        return json(value);
    }

    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException broken) {
            throw new Refusal("invalid_json");
        }
    }

    /** An object whose fields are texts, as a form. */
    static String encode(ObjectNode fields) {
        return StreamSupport.stream(fields.properties().spliterator(), false)
                .map(one -> encode(one.getKey()) + "=" + encode(one.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
