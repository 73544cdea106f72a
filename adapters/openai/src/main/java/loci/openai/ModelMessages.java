package loci.openai;

import java.util.ArrayList;
import java.util.List;
import loci.model.ModelProfile;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;

/**
 * Turns the messages of a prompt into those that a given model is really sent. Pure.
 *
 * <p>Chat templates of open models differ: many take one system message and only as the first, and some raise an error unless user and
 * assistant alternate from a user message on (see
 * <a href="https://huggingface.co/docs/transformers/chat_templating">Hugging Face on chat templates</a>). Joining replaces a message's
 * framing, at least four tokens, by a blank line, so a prompt counted before joining is never larger after it; the one thing ever added
 * is {@link #OPENING}.
 */
public final class ModelMessages {

    /** What stands between the texts of joined messages. */
    public static final String BETWEEN = "\n\n";

    /** The user message put before a dialogue that would open with the assistant, for models that need a user to open it. */
    public static final String OPENING = "…";

    private ModelMessages() {}

    /**
     * The messages as sent.
     *
     * <p>Where the model takes one system message, all are joined, in order, into one at the front. Where roles must alternate,
     * neighbours of one role are joined; messages that carry or answer tool calls are left as they are.
     */
    public static List<PromptMessage> asSent(List<PromptMessage> messages, ModelProfile profile) {
        List<PromptMessage> sent = profile.severalSystemMessages() ? messages : withOneSystemMessage(messages);
        return List.copyOf(profile.alternatingRoles() ? alternating(sent) : sent);
    }

    /** The messages for a model that turns out stricter than its profile says. */
    static List<PromptMessage> strictlyAlternating(List<PromptMessage> messages) {
        return alternating(withOneSystemMessage(messages));
    }

    /**
     * The messages for a model whose template has no system role (Gemma before its fourth generation): the system text becomes the
     * beginning of the first user message.
     */
    static List<PromptMessage> withoutSystemRole(List<PromptMessage> messages) {
        List<PromptMessage> asUser = new ArrayList<>();
        for (PromptMessage message : withOneSystemMessage(messages)) {
            asUser.add(message.role() == Role.SYSTEM ? PromptMessage.user(message.content()) : message);
        }
        return alternating(asUser);
    }

    private static List<PromptMessage> withOneSystemMessage(List<PromptMessage> messages) {
        List<String> system = new ArrayList<>();
        List<PromptMessage> others = new ArrayList<>();
        for (PromptMessage message : messages) {
            if (message.role() == Role.SYSTEM) {
                system.add(message.content());
            } else {
                others.add(message);
            }
        }
        if (!system.isEmpty()) {
            others.addFirst(PromptMessage.system(String.join(BETWEEN, system)));
        }
        return others;
    }

    private static List<PromptMessage> alternating(List<PromptMessage> messages) {
        List<PromptMessage> joined = new ArrayList<>();
        boolean dialogueOpen = false;
        for (PromptMessage message : messages) {
            if (message.role() == Role.ASSISTANT && !dialogueOpen) {
                joined.add(PromptMessage.user(OPENING));
            }
            dialogueOpen |= message.role() != Role.SYSTEM;
            PromptMessage before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && canJoin(before, message)) {
                joined.removeLast();
                joined.add(new PromptMessage(
                        message.role(), before.content() + BETWEEN + message.content(), List.of(), null));
            } else {
                joined.add(message);
            }
        }
        return joined;
    }

    private static boolean canJoin(PromptMessage before, PromptMessage message) {
        return before.role() == message.role()
                && message.role() != Role.TOOL
                && before.toolCalls().isEmpty()
                && message.toolCalls().isEmpty();
    }
}
