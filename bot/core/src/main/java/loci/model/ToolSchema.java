package loci.model;

/**
 * A tool that a model may call, as it is described to the model.
 *
 * @param name letters, digits, underscores and dashes
 * @param description what it does, for the model
 * @param parameters a JSON Schema of its arguments, an object
 */
public record ToolSchema(String name, String description, String parameters) {}
