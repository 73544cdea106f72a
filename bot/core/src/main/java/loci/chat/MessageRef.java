package loci.chat;

/**
 * A platform's own name for one of its messages, unique within a conversation. That of a message in a thread which may share its channel's
 * conversation is {@code THREAD/MESSAGE}: so it is known what goes with the thread.
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
