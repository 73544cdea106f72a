package loci.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.model.ToolSchema;
import loci.prompt.Json.Fields;
import loci.prompt.Json.Items;
import loci.prompt.Json.Literal;
import loci.prompt.Json.Text;

/**
 * The text by which a model is told of its tools: TypeScript, into which the provider turns their schemas. Pure.
 *
 * <p>The form is the one that
 * <a href="https://community.openai.com/t/how-to-calculate-the-tokens-when-using-function-call/266573">was observed</a>, that
 * <a href="https://www.npmjs.com/package/openai-chat-tokens">openai-chat-tokens</a> and
 * <a href="https://www.npmjs.com/package/gpt-tokenizer">gpt-tokenizer</a> count by, and that gives the very totals (101 and 105) of the
 * worked example in <a href="https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken">OpenAI's cookbook</a>. What only
 * <a href="https://github.com/openai/harmony">OpenAI's open renderer</a> adds is written too, so that a count is never below either:
 * descriptions below the second level, titles, examples and defaults.
 */
final class ToolDeclarations {

    private static final Json NOTHING = new Literal("null");

    private ToolDeclarations() {}

    /** @throws IllegalArgumentException where the parameters of a tool are no JSON */
    static String of(List<ToolSchema> tools) {
        List<String> lines = new ArrayList<>(List.of("namespace functions {", ""));
        for (ToolSchema tool : tools) {
            Json parameters = Json.read(tool.parameters());
            if (!tool.description().isEmpty()) {
                lines.add("// " + tool.description());
            }
            if (properties(parameters).isEmpty()) {
                lines.add("type " + tool.name() + " = () => any;");
            } else {
                lines.add("type " + tool.name() + " = (_: {");
                lines.add(members(parameters, ""));
                lines.add("}) => any;");
            }
            lines.add("");
        }
        lines.add("} // namespace functions");
        return String.join("\n", lines);
    }

    private static String members(Json schema, String indent) {
        Set<String> required = items(schema, "required").stream()
                .map(ToolDeclarations::written)
                .collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        properties(schema).forEach((name, property) -> {
            comments(property).forEach(comment -> lines.add(indent + "// " + comment));
            String optional = required.contains(name) ? "" : "?";
            lines.add(indent + name + optional + ": " + type(property, indent) + ",");
        });
        return String.join("\n", lines);
    }

    private static List<String> comments(Json schema) {
        List<String> comments = new ArrayList<>();
        field(schema, "title").ifPresent(title -> comments.add(written(title)));
        field(schema, "description").ifPresent(description -> comments.add(written(description)));
        items(schema, "examples").forEach(example -> comments.add("- " + quoted(example)));
        field(schema, "default").ifPresent(value -> comments.add("default: " + quoted(value)));
        return comments;
    }

    private static String type(Json schema, String indent) {
        for (String union : List.of("anyOf", "oneOf")) {
            if (field(schema, union).isPresent()) {
                return union(items(schema, union).stream().map(item -> type(item, indent)));
            }
        }
        if (!items(schema, "enum").isEmpty()) {
            return union(items(schema, "enum").stream().map(ToolDeclarations::quoted));
        }
        if (!items(schema, "type").isEmpty()) {
            return union(items(schema, "type").stream().map(ToolDeclarations::written));
        }
        return switch (field(schema, "type").map(ToolDeclarations::written).orElse("")) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" ->
                field(schema, "items").map(item -> type(item, indent)).orElse("any") + "[]";
            case "object" -> "{\n" + members(schema, indent + "  ") + "\n" + indent + "}";
            default -> "any";
        };
    }

    private static String union(Stream<String> types) {
        return types.collect(Collectors.joining(" | "));
    }

    private static Map<String, Json> properties(Json schema) {
        return field(schema, "properties").orElse(NOTHING) instanceof Fields fields ? fields.byName() : Map.of();
    }

    private static Optional<Json> field(Json schema, String name) {
        return schema instanceof Fields fields
                ? Optional.ofNullable(fields.byName().get(name))
                : Optional.empty();
    }

    private static List<Json> items(Json schema, String name) {
        return field(schema, name).orElse(NOTHING) instanceof Items items ? items.inOrder() : List.of();
    }

    private static String written(Json value) {
        return switch (value) {
            case Text text -> text.value();
            case Literal literal -> literal.written();
            case Items items ->
                items.inOrder().stream().map(ToolDeclarations::quoted).toList().toString();
            case Fields fields ->
                fields.byName().entrySet().stream()
                        .map(field -> '"' + field.getKey() + "\": " + quoted(field.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String quoted(Json value) {
        return value instanceof Text text ? '"' + text.value() + '"' : written(value);
    }
}
