package loci.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What a server said in refusing a call. Its message may quote the prompt or the key, so it is read here and goes no further.
 *
 * @param status the HTTP status; 200 where the error came inside a stream
 * @param code the provider's code, such as {@code insufficient_quota}; empty where it gave none
 * @param type the provider's type; empty where it gave none
 * @param param the request field it complains of; empty where it gave none
 * @param message its sentence, cut to a bounded length; empty where it gave none
 * @param requestId the provider's id for the call; empty where it gave none
 */
record ServerError(
        int status,
        String code,
        String type,
        String param,
        String message,
        OptionalInt promptTokens,
        OptionalInt window,
        String requestId) {

    private static final int LONGEST_MESSAGE = 2_000;
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads an error body of any dialect; what is no JSON is kept as the message. Never fails. */
    static ServerError read(int status, String body, @Nullable String requestId) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            root = null;
        }
        if (root == null || !root.isContainerNode()) {
            return new ServerError(
                    status, "", "", "", cut(body), OptionalInt.empty(), OptionalInt.empty(), orEmpty(requestId));
        }
        // Gemini wraps the object in a list; vLLM before 0.10 and FastAPI put the fields at the top.
        JsonNode top = root.isArray() && !root.isEmpty() ? root.get(0) : root;
        return of(status, top.has("error") ? top.get("error") : top, requestId);
    }

    /** Reads an error object, or the bare sentence that Ollama and LM Studio put in its place. */
    static ServerError of(int status, JsonNode error, @Nullable String requestId) {
        boolean bare = error.isTextual();
        String message = bare ? error.asText() : text(error, "message");
        if (message.isEmpty() && error.has("detail")) {
            message = error.get("detail").toString();
        }
        return new ServerError(
                status,
                bare ? "" : text(error, "code"),
                bare ? "" : text(error, "type"),
                bare ? "" : text(error, "param"),
                cut(message),
                number(error, "n_prompt_tokens"),
                number(error, "n_ctx"),
                orEmpty(requestId));
    }

    /** Whether the account has no credit left. OpenAI answers so with 429, others with 402. */
    boolean outOfQuota() {
        return status == 402
                || is("insufficient_quota")
                || is("billing_hard_limit_reached")
                || is("billing_not_active")
                || is("insufficient_balance");
    }

    /** Whether a filter or a policy turned the prompt down. */
    boolean declined() {
        return is("content_filter") || is("content_policy_violation") || (is("invalid_prompt") && status == 400);
    }

    /** Whether the same request can never succeed, so that the SDK need not repeat it. */
    boolean isFinal() {
        return outOfQuota()
                || declined()
                || says("request too large for")
                || RequestForm.concernsRoles(this)
                || TooLong.read(this).isPresent();
    }

    /** The kind of failure, for a server error that is neither a too long prompt nor a refusal to answer. */
    Cause cause() {
        if (outOfQuota()) {
            return Cause.OUT_OF_QUOTA;
        }
        if (status == 401 || status == 403 || is("invalid_api_key")) {
            return Cause.UNAUTHORISED;
        }
        if (status == 429 || is("rate_limit_exceeded")) {
            return Cause.RATE_LIMITED;
        }
        if (status == 408 || status == 504) {
            return Cause.TIMED_OUT;
        }
        return status >= 500 || status < 300 || status == 409 || status == 425
                ? Cause.SERVER_FAILED
                : Cause.REQUEST_REFUSED;
    }

    /** One line for the operator: status, code, type and request id, each only where it is a plain word without the key in it. */
    String line(@Nullable String apiKey) {
        StringBuilder line = new StringBuilder(status < 300 ? "error in the stream" : "status " + status);
        append(line, ", code ", code, apiKey);
        append(line, ", type ", type, apiKey);
        append(line, ", request ", requestId, apiKey);
        return line.toString();
    }

    boolean is(String word) {
        return code.equalsIgnoreCase(word) || type.equalsIgnoreCase(word);
    }

    boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words);
    }

    boolean names(String field) {
        return param.contains(field) || message.contains(field);
    }

    /** Whether the server does not take a field at all, as opposed to disliking its value. */
    boolean refusesParameter(String field) {
        boolean unsupported = is("unsupported_parameter")
                || is("unsupported_value")
                || says("unsupported parameter")
                || says("not supported")
                || says("does not support")
                || says("unrecognized request argument")
                || says("extra inputs are not permitted")
                || says("extra_forbidden");
        // "max_tokens is not supported, use max_completion_tokens" names both: the first named is the refused one.
        String quoted = param.isEmpty() ? firstNamed(field) : param;
        return unsupported && quoted.endsWith(field);
    }

    /** Never the message: it may quote anybody. */
    @Override
    public String toString() {
        return "ServerError[" + line(null) + "]";
    }

    ModelOutcome.Unavailable unavailable(String sentence, @Nullable String apiKey, String partial, boolean begun) {
        return new ModelOutcome.Unavailable(cause(), sentence + " (" + line(apiKey) + ")", partial, begun);
    }

    private String firstNamed(String field) {
        int old = message.indexOf("max_tokens");
        int current = message.indexOf("max_completion_tokens");
        if (field.startsWith("max_") && old >= 0 && current >= 0) {
            return old < current ? "max_tokens" : "max_completion_tokens";
        }
        return message.contains(field) ? field : "";
    }

    private static void append(StringBuilder line, String label, String word, @Nullable String apiKey) {
        boolean touchesKey = apiKey != null && (word.contains(apiKey) || (word.length() >= 6 && apiKey.contains(word)));
        if (PLAIN_WORD.matcher(word).matches() && !touchesKey) {
            line.append(label).append(word);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? "" : cut(value.isValueNode() ? value.asText() : value.toString());
    }

    private static OptionalInt number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.canConvertToInt() && value.isIntegralNumber() && value.intValue() > 0
                ? OptionalInt.of(value.intValue())
                : OptionalInt.empty();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
