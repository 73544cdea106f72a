package loci.discord.standin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Discord's refusal: an HTTP status and a JSON body with a code of its own. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final transient @Nullable ObjectNode errors;

    ApiError(int status, int code, String message) {
        this(status, code, message, null);
    }

    private ApiError(int status, int code, String message, @Nullable ObjectNode errors) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
    }

    /** An invalid field in the body. */
    static ApiError form(String field, String code, String message) {
        ObjectNode errors = JsonNodeFactory.instance.objectNode();
        errors.putObject(field)
                .putArray("_errors")
                .addObject()
                .put("code", code)
                .put("message", message);
        return new ApiError(400, 50035, "Invalid Form Body", errors);
    }

    static ApiError missingAccess() {
        return new ApiError(403, 50001, "Missing Access");
    }

    static ApiError missingPermissions() {
        return new ApiError(403, 50013, "Missing Permissions");
    }

    static ApiError unknownChannel() {
        return new ApiError(404, 10003, "Unknown Channel");
    }

    static ApiError unknownMessage() {
        return new ApiError(404, 10008, "Unknown Message");
    }

    static ApiError unknownInteraction() {
        return new ApiError(404, 10062, "Unknown interaction");
    }

    Answer answer() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("message", getMessage())
                .put("code", code);
        if (errors != null) {
            body.set("errors", errors);
        }
        return new Answer(status, body);
    }
}
