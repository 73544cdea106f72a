package loci.model;

import java.util.OptionalInt;

/** What can come of asking a model. Callers switch over all of it, without a default. */
public sealed interface ModelOutcome {

    /**
     * The model answered.
     *
     * @param text the content alone, never the reasoning; untrusted; may be blank
     * @param complete false where the output limit cut it off
     */
    record Answered(String text, Usage usage, boolean complete) implements ModelOutcome {}

    /** The model, or the provider's filter, refused. {@code words} is what the model said of it, possibly empty; untrusted. */
    record Declined(String words, Usage usage) implements ModelOutcome {}

    /**
     * The provider found the prompt too long for the context window.
     *
     * @param counted the provider's own count of the prompt where its error told it
     * @param limit the provider's own limit where its error told it
     */
    record PromptTooLong(OptionalInt counted, OptionalInt limit) implements ModelOutcome {}

    /**
     * No answer was to be had, after whatever retries the client makes.
     *
     * @param cause which kind of failure, for people and for the log
     * @param detail one line for the operator's log, free of secrets and of anybody's words
     * @param partialText what had arrived before the failure; empty where nothing had; untrusted
     * @param begun whether the server had begun to answer, with hidden reasoning perhaps: the call may then be billed
     */
    record Unavailable(Cause cause, String detail, String partialText, boolean begun) implements ModelOutcome {

        /** A failure before which the server had begun to answer exactly where some text had arrived. */
        public Unavailable(Cause cause, String detail, String partialText) {
            this(cause, detail, partialText, !partialText.isEmpty());
        }
    }

    /** Stopped on request. {@code partialText} is what had arrived; untrusted. */
    record Stopped(String partialText) implements ModelOutcome {}

    /** Kinds of failure that a person can act on differently. */
    enum Cause {
        /** The key is missing, wrong or not allowed to use the model. */
        UNAUTHORISED,
        /** The account's credit is used up. */
        OUT_OF_QUOTA,
        /** Too many requests for now. */
        RATE_LIMITED,
        /** Nothing, or nothing whole, arrived in time. */
        TIMED_OUT,
        /** The server could not be reached. */
        UNREACHABLE,
        /** The server failed, or the stream broke. */
        SERVER_FAILED,
        /** The server does not know the model or refuses the request as malformed. */
        REQUEST_REFUSED,
        /** What came back could not be understood. */
        NOT_UNDERSTOOD
    }
}
