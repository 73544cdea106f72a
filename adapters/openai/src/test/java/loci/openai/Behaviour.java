package loci.openai;

import java.io.IOException;

/** What {@link OpenAiServer} does with one request. Ready-made ones are in {@link Behaviours}. */
@FunctionalInterface
public interface Behaviour {

    /**
     * Answers, or fails to.
     *
     * @throws IOException where the connection is gone, by whomever's doing
     */
    void act(Turn turn) throws IOException;

    /** A request and the means of answering it. */
    record Turn(ChatRequest request, HttpWire wire, OpenAiServer server) {}
}
