package loci.prompt;

import java.util.ArrayList;
import java.util.List;
import loci.model.ModelProfile;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;

/**
 * Brings messages into the form a model takes: one system message where it understands only one, alternating roles where it insists.
 *
 * <p>Done here and not in the client, so that what is counted is exactly what is sent. Pure; a second application changes nothing.
 */
public final class MessageForm {

    private static final String SEAM = "\n\n";

    private MessageForm() {}

    public static List<PromptMessage> of(List<PromptMessage> messages, ModelProfile model) {
        List<PromptMessage> formed = new ArrayList<>();
        for (PromptMessage message : messages) {
            PromptMessage before = formed.isEmpty() ? null : formed.getLast();
            if (before != null && joins(before, message, model)) {
                formed.set(
                        formed.size() - 1,
                        new PromptMessage(
                                before.role(),
                                before.content() + SEAM + message.content(),
                                before.toolCalls(),
                                before.answersCall()));
            } else {
                formed.add(message);
            }
        }
        return List.copyOf(formed);
    }

    private static boolean joins(PromptMessage before, PromptMessage message, ModelProfile model) {
        if (before.role() != message.role() || before.role() == Role.TOOL) {
            return false;
        }
        if (!before.toolCalls().isEmpty() || !message.toolCalls().isEmpty()) {
            return false;
        }
        return message.role() == Role.SYSTEM ? !model.severalSystemMessages() : model.alternatingRoles();
    }
}
