package loci.discord.standin;

/** What someone filled into a command: a text, a whole number, a truth value, a person, a channel, a role or a file. */
public record Option(String name, Object value) {
    public static Option option(String name, Object value) {
        return new Option(name, value);
    }
}
