package loci.memory;

import loci.chat.Author;
import loci.chat.MessageRef;

/**
 * An addressed turn that has no reply yet.
 *
 * @param exchange the exchange that the message opened
 * @param key the idempotency key of its reply, recorded with the question itself
 * @param message the platform's id of the question
 * @param author who asks
 */
public record OpenQuestion(long exchange, String key, MessageRef message, Author author) {}
