package loci.memory;

import java.time.Instant;

/**
 * A condensed stretch of a conversation, and exactly what it was made of: one node of the tree whose frontier is the running note.
 *
 * @param number its number in the conversation, from 1, given by the store; 0 before it is stored
 * @param level 0 when made of turns alone; one more than its children otherwise
 * @param covers the exchanges it stands for; the children of a node tile its range
 * @param turns how many turns it was made from
 * @param contentHash SHA-256, in hexadecimal, over the turns it was made from; kept sealed, since a hash of a short text betrays it
 * @param text the summary; untrusted
 * @param at when it was made
 */
public record Digest(long number, int level, Exchanges covers, int turns, String contentHash, String text, Instant at) {

    public Digest numbered(long given) {
        return new Digest(given, level, covers, turns, contentHash, text, at);
    }
}
