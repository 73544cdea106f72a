package loci.memory;

/** Whose words a turn holds. */
public enum Role {
    /** A person in the channel. */
    PERSON,
    /** The bot. */
    BOT,
    /** A tool the bot called. */
    TOOL
}
