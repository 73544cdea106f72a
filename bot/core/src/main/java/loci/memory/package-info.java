/**
 * What Loci remembers of a conversation: the log of turns, the tree of digests made of it, and the view of both that a prompt is
 * built from. {@link loci.memory.ConversationStore} is the port that keeps them.
 *
 * <p>Turns are numbered by {@code seq} in the order they were stored, from 1, without reuse. A turn that begins an exchange gives the
 * exchange its number; the bot's reply, the tool calls made for it and any later version of the opening message belong to the same
 * exchange. Digests cover ranges of exchanges, so nothing can come between a question and its answer.
 */
@NullMarked
package loci.memory;

import org.jspecify.annotations.NullMarked;
