package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call of the Web API as it came in: of a form, arguments that are JSON are read.
 *
 * @param at when it came, by the server's clock
 */
public record Call(String method, ObjectNode args, String token, Instant at) {

    /** The argument of this name; empty where it is missing. */
    public String text(String name) {
        return args.path(name).asText();
    }

    boolean has(String name) {
        return args.hasNonNull(name)
                && !text(name).equals("null")
                && !(text(name).isEmpty() && args.get(name).isValueNode());
    }

    boolean flag(String name) {
        return Violations.truth(args.path(name));
    }

    /** The argument of this name, which the method cannot do without. */
    String required(String name) {
        if (!has(name)) {
            throw new Refusal("invalid_arguments").saying("missing required field: " + name);
        }
        return text(name);
    }

    @Nullable
    String orNull(String name) {
        return has(name) ? text(name) : null;
    }

    JsonNode json(String name) {
        return args.path(name);
    }

    ArrayNode array(String name) {
        return args.path(name) instanceof ArrayNode array ? array.deepCopy() : Messages.none();
    }

    int limit(int normally, int most) {
        int asked = has("limit") ? args.path("limit").asInt() : normally;
        if (asked < 1 || asked > most) {
            throw new Refusal("invalid_limit");
        }
        return asked;
    }

    @Override
    public String toString() {
        return method + args;
    }
}
