package loci.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import loci.openai.Behaviour.Turn;

/** Things a provider does, good and bad. */
public final class Behaviours {

    private Behaviours() {}

    /** Answers with a text, streamed word by word or in one piece, as asked. */
    public static Behaviour text(String text) {
        return turn -> Completion.of(turn).answer(text, "stop");
    }

    /** The text, cut off by the output limit. */
    public static Behaviour length(String text) {
        return turn -> Completion.of(turn).answer(text, "length");
    }

    /** Some text, then the provider's filter. */
    public static Behaviour contentFilter(String text) {
        return turn -> Completion.of(turn).answer(text, "content_filter");
    }

    /** Ends with any finish reason. */
    public static Behaviour finishing(String text, String reason) {
        return turn -> Completion.of(turn).answer(text, reason);
    }

    /** A refusal in the field for refusals. */
    public static Behaviour refusal(String words) {
        return turn -> Completion.of(turn).refuse(words);
    }

    /** Reasoning in a field of its own, as DeepSeek and vLLM send it, then the answer. */
    public static Behaviour reasoning(String thoughts, String text) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            reply.delta("reasoning_content", thoughts);
            reply.delta("reasoning", thoughts);
            reply.content(text);
            reply.end("stop", true);
        };
    }

    /** Content in exactly these pieces. */
    public static Behaviour pieces(String... pieces) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            for (String piece : pieces) {
                reply.delta("content", piece);
            }
            reply.end("stop", true);
        };
    }

    /** A stream that tells no usage, whatever was asked. */
    public static Behaviour noUsage(String text) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            reply.content(text);
            reply.end("stop", false);
        };
    }

    /** Usage in the chunk that carries the finish reason, as some servers put it. */
    public static Behaviour usageInLastChunk(String text) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            reply.content(text);
            ObjectNode last = reply.chunk(JsonNodeFactory.instance.objectNode(), "stop");
            last.set("usage", reply.usage());
            turn.wire().event(last.toString());
            turn.wire().event("[DONE]");
            turn.wire().endStream();
        };
    }

    /** An error object as OpenAI sends it. */
    public static Behaviour error(int status, String type, String code, String message) {
        return error(status, type, code, message, Map.of());
    }

    /** The same with headers. */
    public static Behaviour error(int status, String type, String code, String message, Map<String, String> headers) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("message", message).put("type", type).putNull("param").put("code", code);
        return body(
                status,
                headers,
                JsonNodeFactory.instance.objectNode().set("error", error).toString());
    }

    /** Any body. */
    public static Behaviour body(int status, Map<String, String> headers, String body) {
        return turn -> {
            Map<String, String> all = new java.util.LinkedHashMap<>(
                    Map.of("Content-Type", "application/json", "x-request-id", "req_test"));
            all.putAll(headers);
            turn.wire().respond(status, all, body);
        };
    }

    /** Too many requests, with the wait in seconds. */
    public static Behaviour rateLimited(String retryAfter) {
        return error(
                429,
                "requests",
                "rate_limit_exceeded",
                "Rate limit reached for requests",
                Map.of("Retry-After", retryAfter));
    }

    public static Behaviour insufficientQuota() {
        return error(
                429,
                "insufficient_quota",
                "insufficient_quota",
                "You exceeded your current quota, please check your plan and billing details.");
    }

    public static Behaviour serverError() {
        return error(500, "server_error", "", "The server had an error while processing your request.");
    }

    /** The prompt is too long, as OpenAI says it. */
    public static Behaviour contextLengthExceeded(int counted, int limit) {
        return error(
                400,
                "invalid_request_error",
                "context_length_exceeded",
                "This model's maximum context length is " + limit + " tokens. However, your messages resulted in "
                        + counted + " tokens. Please reduce the length of the messages.");
    }

    public static Behaviour redirect(String location) {
        return body(307, Map.of("Location", location), "");
    }

    /** Says nothing until the server is closed or {@link OpenAiServer#release} is called. */
    public static Behaviour stall() {
        return turn -> turn.server().awaitRelease();
    }

    /** Sends headers and some text and then nothing until the server is closed or released. */
    public static Behaviour stallAfter(String text) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            reply.content(text);
            turn.server().awaitRelease();
        };
    }

    /** Sends the first text, waits for the latch, sends the second. */
    public static Behaviour paused(String first, CountDownLatch latch, String second) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            reply.content(first);
            turn.server().await(latch);
            reply.content(second);
            reply.end("stop", true);
        };
    }

    /** Behaves as another does until the connection breaks, after so many bytes of the response, status line and headers included. */
    public static Behaviour cutAfter(long bytes, Behaviour other) {
        return turn -> {
            turn.wire().cutAfter(bytes);
            other.act(turn);
        };
    }

    /** Some good text, then anything inside the stream, then a proper end. */
    public static Behaviour rawAfter(String text, String raw) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            reply.content(text);
            turn.wire().raw(raw);
            turn.wire().endStream();
        };
    }

    /** An answer that is no HTTP. */
    public static Behaviour noise(byte[] bytes) {
        return turn -> {
            turn.wire().bytes(bytes);
            throw new IOException("no more to say");
        };
    }

    /** Text without end, until the client goes away. */
    public static Behaviour flood(String piece) {
        return turn -> {
            Completion reply = Completion.of(turn);
            reply.begin();
            while (true) {
                reply.delta("content", piece);
            }
        };
    }

    /** One line without end, until the client goes away. */
    public static Behaviour endlessLine() {
        return turn -> {
            turn.wire().beginStream();
            turn.wire().raw("data: {\"x\":\"");
            while (true) {
                turn.wire().raw("aaaaaaaa".repeat(512));
            }
        };
    }

    static void answer(Turn turn, String text) throws IOException {
        Completion.of(turn).answer(text, "stop");
    }
}
