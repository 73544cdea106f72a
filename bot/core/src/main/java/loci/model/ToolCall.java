package loci.model;

/**
 * A model's request that a tool be run.
 *
 * @param id the model's name for the call, repeated by its result
 * @param name the tool
 * @param arguments the arguments as the model wrote them, normally JSON; untrusted
 */
public record ToolCall(String id, String name, String arguments) {}
