package loci.prompt;

import loci.model.PromptMessage;

/** As whose words the running note is sent. */
public enum NoteRole {
    /** As a system message of its own: models heed it best. */
    SYSTEM,
    /** As a user message: for those who want nothing that people said to be privileged. */
    USER;

    PromptMessage message(String content) {
        return this == SYSTEM ? PromptMessage.system(content) : PromptMessage.user(content);
    }
}
