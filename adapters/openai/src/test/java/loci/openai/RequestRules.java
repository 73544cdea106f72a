package loci.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The shape that a Chat Completions request must have, after
 * <a href="https://platform.openai.com/docs/api-reference/chat/create">the public reference</a>. Stricter servers than OpenAI's refuse
 * what OpenAI ignores, so every deviation is refused.
 */
final class RequestRules {

    /** A refusal as the real API words it. */
    record Refusal(String message, String param, String code) {}

    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "seed",
            "user",
            "reasoning_effort");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final Set<String> MESSAGE_FIELDS =
            Set.of("role", "content", "name", "tool_calls", "tool_call_id", "refusal");

    private RequestRules() {}

    /** The first thing wrong with a body; empty where it is in order. */
    static Optional<Refusal> check(JsonNode body) {
        if (!body.isObject()) {
            return refuse("We could not parse the JSON body of your request.", "", "");
        }
        for (String field : iterable(body)) {
            if (!FIELDS.contains(field)) {
                return refuse("Unrecognized request argument supplied: " + field, field, "unknown_parameter");
            }
        }
        if (!body.path("model").isTextual()) {
            return refuse("you must provide a model parameter", "model", "");
        }
        return limits(body)
                .or(() -> sampling(body))
                .or(() -> PartRules.tools(body))
                .or(() -> messages(body.path("messages")));
    }

    private static Optional<Refusal> limits(JsonNode body) {
        if (body.has("max_tokens") && body.has("max_completion_tokens")) {
            return refuse(
                    "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
                    "max_tokens",
                    "invalid_parameter_combination");
        }
        for (String field : Set.of("max_tokens", "max_completion_tokens")) {
            if (body.has(field) && !(body.get(field).isInt() && body.get(field).asInt() > 0)) {
                return refuse("Invalid type for '" + field + "': expected an integer.", field, "invalid_type");
            }
        }
        if (reasoning(body) && body.has("max_tokens")) {
            return refuse(
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                            + " instead.",
                    "max_tokens",
                    "unsupported_parameter");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> sampling(JsonNode body) {
        JsonNode temperature = body.path("temperature");
        if (!temperature.isMissingNode()
                && !(temperature.isNumber() && temperature.asDouble() >= 0 && temperature.asDouble() <= 2)) {
            return refuse("Invalid 'temperature'.", "temperature", "decimal_above_max_value");
        }
        if (reasoning(body) && temperature.isNumber() && temperature.asDouble() != 1) {
            return refuse(
                    "Unsupported value: 'temperature' does not support " + temperature
                            + " with this model. Only the default (1) value is supported.",
                    "temperature",
                    "unsupported_value");
        }
        if (body.has("stream") && !body.get("stream").isBoolean()) {
            return refuse("Invalid type for 'stream': expected a boolean.", "stream", "invalid_type");
        }
        if (body.has("stream_options")) {
            if (!body.path("stream").asBoolean(false)) {
                return refuse(
                        "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                        "stream_options",
                        "");
            }
            for (String field : iterable(body.get("stream_options"))) {
                if (!Set.of("include_usage", "include_obfuscation").contains(field)) {
                    return refuse("Unknown parameter: 'stream_options." + field + "'.", field, "unknown_parameter");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> messages(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            return refuse("Invalid 'messages': empty array.", "messages", "empty_array");
        }
        Set<String> open = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            String where = "messages[" + i + "]";
            JsonNode message = messages.get(i);
            Optional<Refusal> refusal = message(message, where);
            if (refusal.isPresent()) {
                return refusal;
            }
            if (message.get("role").asText().equals("tool")) {
                if (!open.remove(message.path("tool_call_id").asText())) {
                    return refuse(
                            "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
                            where,
                            "");
                }
            } else if (!open.isEmpty()) {
                return unanswered(where);
            }
            message.path("tool_calls").forEach(call -> open.add(call.path("id").asText()));
        }
        return open.isEmpty() ? Optional.empty() : unanswered("messages");
    }

    private static Optional<Refusal> message(JsonNode message, String where) {
        for (String field : iterable(message)) {
            if (!MESSAGE_FIELDS.contains(field)) {
                return refuse(
                        "Unknown parameter: '" + where + "." + field + "'.", where + "." + field, "unknown_parameter");
            }
        }
        String role = message.path("role").asText();
        if (!ROLES.contains(role)) {
            return refuse("Invalid value: '" + role + "'.", where + ".role", "invalid_value");
        }
        JsonNode content = message.path("content");
        boolean callsTools = message.path("tool_calls").isArray();
        if (callsTools && !role.equals("assistant")) {
            return refuse("Only assistants call tools.", where + ".tool_calls", "invalid_value");
        }
        if (!content.isTextual() && !content.isArray() && !callsTools) {
            return refuse(
                    "Invalid value for 'content': expected a string, got null.", where + ".content", "invalid_type");
        }
        Optional<Refusal> calls =
                callsTools ? PartRules.calls(message.get("tool_calls"), where + ".tool_calls") : Optional.empty();
        return calls.or(
                () -> content.isArray() ? PartRules.content(content, role, where + ".content") : Optional.empty());
    }

    private static Optional<Refusal> unanswered(String where) {
        return refuse(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                        + " 'tool_call_id'.",
                where,
                "");
    }

    /** OpenAI's reasoning models take neither the old limit nor a temperature. */
    private static boolean reasoning(JsonNode body) {
        String model = body.path("model").asText();
        return model.matches("o\\d.*") || (model.startsWith("gpt-5") && !model.contains("chat"));
    }

    private static Iterable<String> iterable(JsonNode node) {
        return node::fieldNames;
    }

    private static Optional<Refusal> refuse(String message, String param, String code) {
        return Optional.of(new Refusal(message, param, code));
    }
}
