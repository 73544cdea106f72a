package loci.discord.standin;

/** A role of a guild; the one that carries the guild's own id is everyone's. */
public record Role(long id, String name, long permissions, int position, boolean managed, boolean mentionable) {
    /** How a message names this role so that it is mentioned. */
    public String mention() {
        return "<@&" + id + ">";
    }

    Role with(long newPermissions) {
        return new Role(id, name, newPermissions, position, managed, mentionable);
    }
}
