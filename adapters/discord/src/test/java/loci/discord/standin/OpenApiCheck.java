package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import loci.SharedData;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Holds requests, and the stand-in's own answers, against Discord's description of its API, where that stands beside this clone. */
final class OpenApiCheck {
    private static final String DOCUMENT = "discord-openapi/openapi.json";
    private static final Pattern FILE_PART = Pattern.compile("files\\[\\d+]");

    private static final class Shared {
        static final @Nullable OpenApiDocument DOCUMENT_OR_NONE = read();

        private static @Nullable OpenApiDocument read() {
            try {
                return OpenApiDocument.read(SharedData.require(DOCUMENT));
            } catch (TestAbortedException notBesideThisClone) {
                return null;
            }
        }
    }

    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> ownViolations = new CopyOnWriteArrayList<>();

    /** Where requests strayed. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Where the stand-in's answers strayed. */
    List<String> ownViolations() {
        return List.copyOf(ownViolations);
    }

    void asked(Request request) {
        OpenApiDocument document = Shared.DOCUMENT_OR_NONE;
        if (document == null) {
            return;
        }
        String what = request.method() + " " + request.path();
        OpenApiDocument.Operation operation = document.operation(request.method(), request.path());
        if (operation == null) {
            violations.add(what + ": no such operation");
            return;
        }
        Schema body = operation.bodies().get("request");
        if (!request.body().isMissingNode()) {
            if (body == null) {
                violations.add(what + ": takes no body, got " + request.body());
            } else {
                look(violations, what, body, Tolerated.body(request));
            }
        }
        request.query().forEach((name, value) -> {
            Schema schema = operation.query().get(name);
            if (schema == null && Tolerated.query(request, name)) {
                return;
            }
            if (schema == null) {
                violations.add(what + ": takes no query parameter " + name);
            } else if (!fits(schema, value)) {
                violations.add(what + ": query parameter " + name + " is no " + value);
            }
        });
        request.files().stream()
                .filter(file -> !FILE_PART.matcher(file.url()).matches())
                .forEach(file -> violations.add(what + ": a file in a part named " + file.url()));
    }

    void answered(Request request, Answer answer) {
        OpenApiDocument document = Shared.DOCUMENT_OR_NONE;
        JsonNode body = answer.body();
        if (document == null || body == null || answer.status() >= 400) {
            return;
        }
        OpenApiDocument.Operation operation = document.operation(request.method(), request.path());
        Schema schema = operation == null ? null : operation.bodies().get(Integer.toString(answer.status()));
        if (schema != null) {
            look(ownViolations, request.method() + " " + request.path() + " -> " + answer.status(), schema, body);
        }
    }

    private static void look(List<String> into, String what, Schema schema, JsonNode body) {
        List<Error> errors = schema.validate(body);
        // where one field is wrong none counts as evaluated: that says nothing more
        List<Error> causes = errors.stream()
                .filter(error -> !"unevaluatedProperties".equals(error.getKeyword()))
                .toList();
        for (Error error : causes.isEmpty() ? errors : causes) {
            into.add(what + ": " + error + " in " + Objects.requireNonNullElse(error.getInstanceNode(), body));
        }
    }

    /** A query parameter is text on the wire, whatever it means. */
    private static boolean fits(Schema schema, String value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (schema.validate(json.textNode(value)).isEmpty()) {
            return true;
        }
        boolean number = value.matches("-?\\d{1,18}")
                && schema.validate(json.numberNode(Long.parseLong(value))).isEmpty();
        boolean truth = value.matches("true|false")
                && schema.validate(json.booleanNode(Boolean.parseBoolean(value)))
                        .isEmpty();
        return number || truth;
    }
}
