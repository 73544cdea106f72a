package loci.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a prompt, exactly as the model will receive it.
 *
 * @param role whose words the model is told these are
 * @param content the text
 * @param images what a user message shows beside its text; empty for all others
 * @param toolCalls the calls that an assistant message makes; empty for all others
 * @param answersCall for a tool message, the id of the call it answers; otherwise null
 */
public record PromptMessage(
        Role role,
        String content,
        List<PromptImage> images,
        List<ToolCall> toolCalls,
        @Nullable String answersCall) {

    public PromptMessage {
        images = List.copyOf(images);
        toolCalls = List.copyOf(toolCalls);
    }

    public PromptMessage(Role role, String content, List<ToolCall> toolCalls, @Nullable String answersCall) {
        this(role, content, List.of(), toolCalls, answersCall);
    }

    public static PromptMessage system(String content) {
        return new PromptMessage(Role.SYSTEM, content, List.of(), null);
    }

    public static PromptMessage user(String content) {
        return new PromptMessage(Role.USER, content, List.of(), null);
    }

    public static PromptMessage assistant(String content) {
        return new PromptMessage(Role.ASSISTANT, content, List.of(), null);
    }

    /** The roles that chat models know. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }
}
