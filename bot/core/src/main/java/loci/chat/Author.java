package loci.chat;

/**
 * Who wrote a message.
 *
 * @param id the platform's stable id of the person; 1 to 200 characters, without control characters
 * @param name the name shown to people; untrusted, may change, may equal another author's, and may hold anything
 */
public record Author(String id, String name) {

    /** Loci itself, as the author of the bot's turns on every platform. */
    public static final Author LOCI = new Author("loci", "Loci");

    public Author {
        Identifiers.require("author id", id);
    }
}
