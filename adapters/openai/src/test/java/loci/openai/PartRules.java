package loci.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import loci.openai.RequestRules.Refusal;

/** The shape of what {@link RequestRules} finds inside a request: content parts, images, calls and descriptions of tools. */
final class PartRules {

    private static final Set<String> DETAILS = Set.of("auto", "low", "high");

    private PartRules() {}

    /** Parts of a message's content; only a user's may be images. */
    static Optional<Refusal> content(JsonNode parts, String role, String where) {
        if (parts.isEmpty()) {
            return refuse("Invalid '" + where + "': empty array.", where, "empty_array");
        }
        for (int i = 0; i < parts.size(); i++) {
            Optional<Refusal> refusal = part(parts.get(i), role, where + "[" + i + "]");
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> part(JsonNode part, String role, String where) {
        String type = part.path("type").asText();
        if (type.equals("text")) {
            return part.path("text").isTextual()
                    ? onlyFields(part, Set.of("type", "text"), where)
                    : refuse("Missing required parameter: '" + where + ".text'.", where, "missing_required_parameter");
        }
        if (!type.equals("image_url") || !role.equals("user")) {
            return refuse("Invalid value: '" + type + "'.", where + ".type", "invalid_value");
        }
        JsonNode image = part.path("image_url");
        String url = image.path("url").asText();
        if (!url.matches("(?s)https?://.+|data:image/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+=*")) {
            return refuse("Invalid image URL.", where + ".image_url.url", "invalid_image_url");
        }
        if (image.has("detail") && !DETAILS.contains(image.get("detail").asText())) {
            return refuse("Invalid value for detail.", where + ".image_url.detail", "invalid_value");
        }
        return onlyFields(part, Set.of("type", "image_url"), where)
                .or(() -> onlyFields(image, Set.of("url", "detail"), where + ".image_url"));
    }

    /** The calls of an assistant message. */
    static Optional<Refusal> calls(JsonNode calls, String where) {
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            if (!call.path("id").isTextual()
                    || !call.path("type").asText().equals("function")
                    || !function.path("name").isTextual()
                    || !function.path("arguments").isTextual()) {
                return refuse("Missing required parameter in '" + where + "'.", where, "missing_required_parameter");
            }
        }
        return Optional.empty();
    }

    /** The descriptions of tools. */
    static Optional<Refusal> tools(JsonNode body) {
        if (!body.has("tools")) {
            return body.has("tool_choice")
                    ? refuse("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice", "")
                    : Optional.empty();
        }
        JsonNode tools = body.get("tools");
        if (!tools.isArray() || tools.isEmpty()) {
            return refuse("Invalid 'tools': empty array.", "tools", "empty_array");
        }
        for (int i = 0; i < tools.size(); i++) {
            Optional<Refusal> refusal = tool(tools.get(i), "tools[" + i + "]");
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> tool(JsonNode tool, String where) {
        JsonNode function = tool.path("function");
        String name = function.path("name").asText();
        if (!tool.path("type").asText().equals("function")) {
            return refuse("Invalid value for type.", where + ".type", "invalid_value");
        }
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            return refuse(
                    "Invalid '" + where + ".function.name': string does not match pattern.",
                    where + ".function.name",
                    "invalid_value");
        }
        if (function.has("description") && !function.get("description").isTextual()) {
            return refuse("Invalid type: expected a string.", where + ".function.description", "invalid_type");
        }
        JsonNode parameters = function.path("parameters");
        if (function.has("parameters")
                && !(parameters.path("type").asText().equals("object")
                        && parameters.path("properties").isObject())) {
            return refuse(
                    "Invalid schema for function '" + name + "': object schema missing properties.",
                    where + ".function.parameters",
                    "invalid_function_parameters");
        }
        return onlyFields(tool, Set.of("type", "function"), where)
                .or(() -> onlyFields(
                        function, Set.of("name", "description", "parameters", "strict"), where + ".function"));
    }

    private static Optional<Refusal> onlyFields(JsonNode node, Set<String> known, String where) {
        return node.propertyStream()
                .map(Map.Entry::getKey)
                .filter(field -> !known.contains(field))
                .findFirst()
                .flatMap(field -> refuse(
                        "Unknown parameter: '" + where + "." + field + "'.", where + "." + field, "unknown_parameter"));
    }

    private static Optional<Refusal> refuse(String message, String param, String code) {
        return Optional.of(new Refusal(message, param, code));
    }
}
