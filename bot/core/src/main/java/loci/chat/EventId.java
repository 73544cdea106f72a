package loci.chat;

/**
 * A platform's own name for one delivery of an event; a repeated id is the same event delivered again.
 *
 * @param id 1 to 200 characters, without control characters; unique within a conversation
 */
public record EventId(String id) {

    public EventId {
        Identifiers.require("event id", id);
    }

    @Override
    public String toString() {
        return id;
    }
}
