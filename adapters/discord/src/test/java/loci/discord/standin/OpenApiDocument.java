package loci.discord.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Discord's own OpenAPI document: which operations there are, and what their bodies look like. */
final class OpenApiDocument {
    private static final String HERE = "https://stand-in.invalid/schemas";
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    /** An operation: its bodies by what they are for, {@code request} or {@code 200}, and its query parameters. */
    record Operation(String method, List<String> path, Map<String, Schema> bodies, Map<String, Schema> query) {
        private boolean fits(String wantedMethod, List<String> wanted) {
            if (!method.equals(wantedMethod) || wanted.size() != path.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!variable(path.get(i)) && !path.get(i).equals(wanted.get(i))) {
                    return false;
                }
            }
            return true;
        }

        /** Of two that fit, the one with fewer variables is meant: {@code @me} before an id. */
        private long variables() {
            return path.stream().filter(Operation::variable).count();
        }

        private static boolean variable(String segment) {
            return segment.startsWith("{");
        }
    }

    private final List<Operation> operations = new ArrayList<>();
    private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();
    private final SchemaRegistry registry;

    private OpenApiDocument(JsonNode document) {
        List<Runnable> later = new ArrayList<>();
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("$id", HERE);
        root.set("components", document.path("components"));
        root.set("$defs", schemas);
        document.path("paths")
                .properties()
                .forEach(path -> METHODS.forEach(method -> {
                    JsonNode operation = path.getValue().path(method);
                    if (!operation.isMissingNode()) {
                        collect(path.getKey(), method, operation, later);
                    }
                }));
        registry = SchemaRegistry.withDefaultDialect(
                Dialects.getDraft202012(), builder -> builder.schemas(Map.of(HERE, root.toString())));
        later.forEach(Runnable::run);
    }

    static OpenApiDocument read(Path file) {
        try {
            return new OpenApiDocument(new JsonMapper().readTree(file.toFile()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The operation meant by this method and path; null where Discord knows none. */
    @Nullable
    Operation operation(String method, String path) {
        List<String> wanted = segments(path);
        return operations.stream()
                .filter(one -> one.fits(method, wanted))
                .min((left, right) -> Long.compare(left.variables(), right.variables()))
                .orElse(null);
    }

    private void collect(String path, String method, JsonNode operation, List<Runnable> later) {
        Map<String, Schema> bodies = new HashMap<>();
        Map<String, Schema> query = new HashMap<>();
        JsonNode request = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        if (!request.isMissingNode()) {
            // a field that Discord does not name is a mistake of whoever sends it
            define(closed(request), schema -> bodies.put("request", schema), later);
        }
        operation.path("responses").properties().forEach(response -> {
            JsonNode schema =
                    response.getValue().path("content").path("application/json").path("schema");
            if (!schema.isMissingNode()) {
                define(schema, compiled -> bodies.put(response.getKey(), compiled), later);
            }
        });
        for (JsonNode parameter : operation.path("parameters")) {
            if ("query".equals(parameter.path("in").asText())) {
                String name = parameter.path("name").asText();
                define(parameter.path("schema"), schema -> query.put(name, schema), later);
            }
        }
        operations.add(new Operation(method.toUpperCase(java.util.Locale.ROOT), segments(path), bodies, query));
    }

    private static JsonNode closed(JsonNode schema) {
        ObjectNode closed = JsonNodeFactory.instance.objectNode().put("unevaluatedProperties", false);
        closed.putArray("allOf").add(schema);
        return closed;
    }

    private void define(JsonNode schema, java.util.function.Consumer<Schema> user, List<Runnable> later) {
        String name = "s" + schemas.size();
        schemas.set(name, schema);
        later.add(() -> user.accept(
                registry.getSchema(JsonNodeFactory.instance.objectNode().put("$ref", HERE + "#/$defs/" + name))));
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
