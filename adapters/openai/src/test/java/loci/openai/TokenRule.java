package loci.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import loci.model.TokenCounter;

/**
 * The published rule by which chat messages are counted: three tokens for each message, its role, content and name, one more for a name,
 * and three at the end that prime the reply. From
 * <a href="https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken">OpenAI's cookbook</a>. Tools are
 * counted by its second rule, which knows flat properties only. Tool calls are covered by neither; they are counted as their name and
 * arguments and three tokens each. An image is 85 tokens, as gpt-4o counts one in low detail: nobody here looks at it.
 */
final class TokenRule {

    private static final int IMAGE = 85;

    private TokenRule() {}

    static int prompt(String model, List<ChatRequest.Message> messages) {
        TokenCounter counter = counter(model);
        int tokens = 3;
        for (ChatRequest.Message message : messages) {
            tokens += 3 + counter.count(message.role()) + counter.count(message.content());
            tokens += message.name() == null ? 0 : 1 + counter.count(message.name());
            tokens += IMAGE * message.images().size();
            for (ChatRequest.Call call : message.toolCalls()) {
                tokens += 3 + counter.count(call.name()) + counter.count(call.arguments());
            }
        }
        return tokens;
    }

    static int tools(String model, List<ChatRequest.Tool> tools) {
        TokenCounter counter = counter(model);
        int tokens = tools.isEmpty() ? 0 : 12;
        for (ChatRequest.Tool tool : tools) {
            tokens += counter.encoding().equals("o200k_base") ? 7 : 10;
            tokens += counter.count(tool.name() + ":" + withoutFullStop(tool.description()));
            JsonNode properties = tool.parameters().path("properties");
            tokens += properties.isEmpty() ? 0 : 3;
            for (var property : properties.properties()) {
                JsonNode schema = property.getValue();
                tokens += 3
                        + counter.count(property.getKey() + ":"
                                + schema.path("type").asText() + ":"
                                + withoutFullStop(schema.path("description").asText()));
                tokens += schema.has("enum") ? -3 : 0;
                for (JsonNode item : schema.path("enum")) {
                    tokens += 3 + counter.count(item.asText());
                }
            }
        }
        return tokens;
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    static TokenCounter counter(String model) {
        boolean old = model.startsWith("gpt-3.5") || model.equals("gpt-4") || model.startsWith("gpt-4-");
        return JtokkitCounters.forEncoding(old ? "cl100k_base" : "o200k_base");
    }
}
