package loci.openai;

import java.util.List;
import loci.model.TokenCounter;

/**
 * The published rule by which chat messages are counted: three tokens for each message, its role, content and name, one more for a name,
 * and three at the end that prime the reply. From
 * <a href="https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken">OpenAI's cookbook</a>. Tool calls are not covered by it;
 * they are counted as their name and arguments and three tokens each.
 */
final class TokenRule {

    private TokenRule() {}

    static int prompt(String model, List<ChatRequest.Message> messages) {
        TokenCounter counter = counter(model);
        int tokens = 3;
        for (ChatRequest.Message message : messages) {
            tokens += 3 + counter.count(message.role()) + counter.count(message.content());
            tokens += message.name() == null ? 0 : 1 + counter.count(message.name());
            for (ChatRequest.Call call : message.toolCalls()) {
                tokens += 3 + counter.count(call.name()) + counter.count(call.arguments());
            }
        }
        return tokens;
    }

    static TokenCounter counter(String model) {
        boolean old = model.startsWith("gpt-3.5") || model.equals("gpt-4") || model.startsWith("gpt-4-");
        return JtokkitCounters.forEncoding(old ? "cl100k_base" : "o200k_base");
    }
}
