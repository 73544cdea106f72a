package loci.slack;

/** What came of an attempt to connect. A reason is one sentence for the operator, without secrets. */
public sealed interface SlackConnection {

    /** Slack knows both tokens; what happens comes in from {@link SlackPlatform#start} on. */
    record Connected(SlackPlatform platform) implements SlackConnection {}

    /** Slack does not let it in so; to try again without changing something is of no use. */
    record Refused(String reason) implements SlackConnection {}

    /** Slack could not be reached. */
    record Unreachable(String reason) implements SlackConnection {}
}
