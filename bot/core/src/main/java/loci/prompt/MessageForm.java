package loci.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import loci.model.ModelProfile;
import loci.model.PromptImage;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;

/**
 * Brings messages into the form a model takes: one system message where it understands only one, alternating roles where it insists.
 *
 * <p>Chat templates of open models differ: many take one system message and only as the first, and some raise an error unless user and
 * assistant alternate from a user message on (see
 * <a href="https://huggingface.co/docs/transformers/chat_templating">Hugging Face on chat templates</a>). Done before counting, so that
 * what is counted is exactly what is sent. Pure; a second application changes nothing.
 */
public final class MessageForm {

    /** The user message put before a dialogue that would open with the assistant, for models that need a user to open it. */
    static final String OPENING = "…";

    private static final String SEAM = "\n\n";

    private MessageForm() {}

    /**
     * The messages as a model is sent them. Where it takes one system message, all are joined, in order, into one at the front. Where
     * roles must alternate, neighbours of one role are joined; messages that carry or answer tool calls are left as they are.
     */
    public static List<PromptMessage> of(List<PromptMessage> messages, ModelProfile model) {
        List<PromptMessage> formed = model.severalSystemMessages() ? messages : withOneSystemMessage(messages);
        return List.copyOf(model.alternatingRoles() ? alternating(formed) : formed);
    }

    /**
     * The messages for a model whose template has no system role (Gemma before its fourth generation): the system text becomes the
     * beginning of the first user message. Never larger than the form for alternating roles.
     */
    public static List<PromptMessage> withoutSystemRole(List<PromptMessage> messages) {
        List<PromptMessage> asUser = withOneSystemMessage(messages).stream()
                .map(message -> message.role() == Role.SYSTEM ? PromptMessage.user(message.content()) : message)
                .toList();
        return List.copyOf(alternating(asUser));
    }

    private static List<PromptMessage> withOneSystemMessage(List<PromptMessage> messages) {
        List<PromptMessage> formed = messages.stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .collect(Collectors.toCollection(ArrayList::new));
        if (formed.size() < messages.size()) {
            formed.addFirst(PromptMessage.system(messages.stream()
                    .filter(message -> message.role() == Role.SYSTEM)
                    .map(PromptMessage::content)
                    .collect(Collectors.joining(SEAM))));
        }
        return formed;
    }

    private static List<PromptMessage> alternating(List<PromptMessage> messages) {
        List<PromptMessage> formed = new ArrayList<>();
        boolean open = false;
        for (PromptMessage message : messages) {
            if (message.role() == Role.ASSISTANT && !open) {
                formed.add(PromptMessage.user(OPENING));
            }
            open |= message.role() != Role.SYSTEM;
            PromptMessage before = formed.isEmpty() ? null : formed.getLast();
            if (before != null && joins(before, message)) {
                formed.removeLast();
                List<PromptImage> images = new ArrayList<>(before.images());
                images.addAll(message.images());
                formed.add(new PromptMessage(
                        message.role(), before.content() + SEAM + message.content(), images, List.of(), null));
            } else {
                formed.add(message);
            }
        }
        return formed;
    }

    private static boolean joins(PromptMessage before, PromptMessage message) {
        return before.role() == message.role()
                && message.role() != Role.TOOL
                && before.toolCalls().isEmpty()
                && message.toolCalls().isEmpty();
    }
}
