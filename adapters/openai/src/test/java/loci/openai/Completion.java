package loci.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loci.openai.Behaviour.Turn;
import org.jspecify.annotations.Nullable;

/** One reply in the making, as one JSON object or as a stream of chunks, whichever was asked for. */
final class Completion {

    /** A word with the blanks before it, so that the pieces put together are the text. */
    private static final Pattern WORD = Pattern.compile("\\s*\\S+|\\s+");

    private final Turn turn;
    private final StringBuilder written = new StringBuilder();

    private Completion(Turn turn) {
        this.turn = turn;
    }

    static Completion of(Turn turn) {
        return new Completion(turn);
    }

    void answer(String text, String reason) throws IOException {
        if (!turn.request().stream()) {
            written.append(text);
            whole(text, null, reason);
            return;
        }
        begin();
        content(text);
        end(reason, turn.request().wantsUsage());
    }

    void refuse(String words) throws IOException {
        if (!turn.request().stream()) {
            whole(null, words, "stop");
            return;
        }
        begin();
        Matcher word = WORD.matcher(words);
        while (word.find()) {
            delta("refusal", word.group());
        }
        end("stop", turn.request().wantsUsage());
    }

    void begin() throws IOException {
        turn.wire().beginStream();
        ObjectNode delta = JsonNodeFactory.instance.objectNode();
        delta.put("role", "assistant").put("content", "").putNull("refusal");
        turn.wire().event(chunk(delta, null).toString());
    }

    void content(String text) throws IOException {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            delta("content", word.group());
        }
    }

    void delta(String field, String text) throws IOException {
        written.append(text);
        turn.wire()
                .event(chunk(JsonNodeFactory.instance.objectNode().put(field, text), null)
                        .toString());
    }

    void end(String reason, boolean withUsage) throws IOException {
        turn.wire().event(chunk(JsonNodeFactory.instance.objectNode(), reason).toString());
        if (withUsage) {
            ObjectNode last = head("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage());
            turn.wire().event(last.toString());
        }
        turn.wire().event("[DONE]");
        turn.wire().endStream();
    }

    ObjectNode chunk(ObjectNode delta, @Nullable String reason) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0).putNull("logprobs").put("finish_reason", reason);
        choice.set("delta", delta);
        if (turn.request().wantsUsage()) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    ObjectNode usage() {
        int prompt = turn.request().promptTokens();
        int reply = TokenRule.counter(turn.request().model()).count(written.toString());
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("prompt_tokens", prompt).put("completion_tokens", reply).put("total_tokens", prompt + reply);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", 0);
        return usage;
    }

    private void whole(@Nullable String content, @Nullable String refusal, String reason) throws IOException {
        ObjectNode body = head("chat.completion");
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).putNull("logprobs").put("finish_reason", reason);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", content)
                .put("refusal", refusal);
        body.set("usage", usage());
        turn.wire()
                .respond(200, Map.of("Content-Type", "application/json", "x-request-id", "req_test"), body.toString());
    }

    private ObjectNode head(String object) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        return head.put("id", "chatcmpl-test")
                .put("object", object)
                .put("created", 1_767_225_600)
                .put("model", turn.request().model())
                .put("service_tier", "default")
                .put("system_fingerprint", "fp_test");
    }
}
