package loci.discord.standin;

/** A user of Discord as its API shows one: a person or a bot. */
public record Account(long id, String name, boolean bot) {
    /** How a message names this account so that it is mentioned. */
    public String mention() {
        return "<@" + id + ">";
    }
}
