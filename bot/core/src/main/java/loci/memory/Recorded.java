package loci.memory;

/**
 * What became of a message handed to the log.
 *
 * @param seq the turn's number
 * @param repeated true where the event, or the message, had been recorded before and nothing was changed
 */
public record Recorded(long seq, boolean repeated) {}
