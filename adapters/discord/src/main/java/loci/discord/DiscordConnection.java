package loci.discord;

/** What came of an attempt to connect. A reason is one sentence for the operator, without secrets. */
public sealed interface DiscordConnection {

    /** The bot is logged in; what happens waits for {@link DiscordPlatform#start}. */
    record Connected(DiscordPlatform platform) implements DiscordConnection {}

    /** Discord does not let it in so; to try again without changing something is of no use. */
    record Refused(String reason) implements DiscordConnection {}

    /** Discord could not be reached. */
    record Unreachable(String reason) implements DiscordConnection {}
}
