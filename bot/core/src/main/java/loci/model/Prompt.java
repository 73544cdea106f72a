package loci.model;

import java.util.List;

/**
 * Everything one model call is given. Never stored: it can be built again from the log.
 *
 * @param messages in order; not empty
 * @param tools the tools it may call, in the order in which they are described to the model
 * @param maxReplyTokens how many tokens the model may write, its hidden reasoning included; at least 1
 * @param purpose what the call is for; the log says it, and an offline model needs it
 */
public record Prompt(List<PromptMessage> messages, List<ToolSchema> tools, int maxReplyTokens, Purpose purpose) {

    public Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        if (messages.isEmpty() || maxReplyTokens < 1) {
            throw new IllegalArgumentException("a prompt needs a message and room for a reply");
        }
    }

    public Prompt(List<PromptMessage> messages, int maxReplyTokens, Purpose purpose) {
        this(messages, List.of(), maxReplyTokens, purpose);
    }

    /** The same prompt for another purpose. */
    public Prompt asked(Purpose instead) {
        return new Prompt(messages, tools, maxReplyTokens, instead);
    }

    /** Why a model is called. */
    public enum Purpose {
        /** To answer. */
        REPLY,
        /** To condense turns into the note. */
        SUMMARY,
        /** To tell people what was said, in the form of a note. */
        RECAP
    }
}
