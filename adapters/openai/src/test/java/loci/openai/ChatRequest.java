package loci.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A request as {@link OpenAiServer} received it.
 *
 * @param headers by lower-case name
 * @param outputLimit {@code max_completion_tokens} or {@code max_tokens}, whichever was given
 * @param raw the body as it came
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        List<Tool> tools,
        boolean stream,
        boolean wantsUsage,
        OptionalInt outputLimit,
        OptionalDouble temperature,
        Map<String, String> headers,
        String raw) {

    /**
     * One message of a request.
     *
     * @param content the text; empty where it was null or absent
     * @param toolCallId for a tool message, the call it answers
     */
    public record Message(
            String role,
            String content,
            @Nullable String name,
            List<Image> images,
            List<Call> toolCalls,
            @Nullable String toolCallId) {

        public Message(
                String role, String content, @Nullable String name, List<Call> toolCalls, @Nullable String toolCallId) {
            this(role, content, name, List.of(), toolCalls, toolCallId);
        }
    }

    /** An image of a user message; {@code detail} is empty where it was left to the model. */
    public record Image(String url, String detail) {}

    /** A tool call of an assistant message. */
    public record Call(String id, String name, String arguments) {}

    /** A tool that was described; {@code parameters} is its schema. */
    public record Tool(String name, String description, JsonNode parameters) {}

    /** The tokens of the messages and tools, by the published rule in the model's encoding; the first count in a JVM takes a second. */
    public int promptTokens() {
        return TokenRule.prompt(model, messages) + TokenRule.tools(model, tools);
    }

    /** The last user message's text; empty where there is none. */
    public String lastUser() {
        for (Message message : messages.reversed()) {
            if (message.role().equals("user")) {
                return message.content();
            }
        }
        return "";
    }

    /** All texts, one after another. */
    public String text() {
        return String.join("\n", messages.stream().map(Message::content).toList());
    }

    static ChatRequest read(JsonNode body, Map<String, String> headers, String raw) {
        List<Message> messages =
                body.get("messages").valueStream().map(ChatRequest::message).toList();
        JsonNode limit =
                body.hasNonNull("max_completion_tokens") ? body.get("max_completion_tokens") : body.path("max_tokens");
        JsonNode temperature = body.path("temperature");
        String model = body.get("model").asText();
        return new ChatRequest(
                model,
                messages,
                body.path("tools").valueStream().map(ChatRequest::tool).toList(),
                body.path("stream").asBoolean(false),
                body.path("stream_options").path("include_usage").asBoolean(false),
                limit.isInt() ? OptionalInt.of(limit.asInt()) : OptionalInt.empty(),
                temperature.isNumber() ? OptionalDouble.of(temperature.asDouble()) : OptionalDouble.empty(),
                headers,
                raw);
    }

    private static Message message(JsonNode node) {
        List<Call> calls = node.path("tool_calls")
                .valueStream()
                .map(call -> new Call(
                        call.path("id").asText(),
                        call.path("function").path("name").asText(),
                        call.path("function").path("arguments").asText()))
                .toList();
        return new Message(
                node.get("role").asText(),
                content(node.path("content")),
                textOrNull(node, "name"),
                images(node.path("content")),
                calls,
                textOrNull(node, "tool_call_id"));
    }

    private static String content(JsonNode content) {
        return content.isArray()
                ? String.join(
                        "",
                        content.valueStream()
                                .map(part -> part.path("text").asText())
                                .toList())
                : content.isTextual() ? content.asText() : "";
    }

    private static List<Image> images(JsonNode content) {
        return !content.isArray()
                ? List.of()
                : content.valueStream()
                        .map(part -> part.path("image_url"))
                        .filter(JsonNode::isObject)
                        .map(image -> new Image(
                                image.path("url").asText(), image.path("detail").asText()))
                        .toList();
    }

    private static Tool tool(JsonNode node) {
        JsonNode function = node.path("function");
        return new Tool(
                function.path("name").asText(), function.path("description").asText(), function.path("parameters"));
    }

    private static @Nullable String textOrNull(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.get(field).asText() : null;
    }
}
