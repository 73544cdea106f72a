package loci.chat;

/**
 * A platform's own name for one of its messages, unique within a conversation.
 *
 * @param id 1 to 200 characters, without control characters
 */
public record MessageRef(String id) {

    public MessageRef {
        Identifiers.require("message id", id);
    }

    @Override
    public String toString() {
        return id;
    }
}
