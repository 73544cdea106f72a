/**
 * What a conversation would have cost and what its prompts would have shown, strategy by strategy: a transcript goes message by message
 * through a store, the assembler and the condensing of the engine itself; only the model that would answer is never asked. No adapter
 * is named here: the store, the counters and the summariser are handed in.
 */
@NullMarked
package loci.replay;

import org.jspecify.annotations.NullMarked;
