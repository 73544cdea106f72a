/**
 * The built-in stand-in for a language model: no network, no randomness, no knowledge. It quotes and extracts from the prompt it is given,
 * so that memory, summary and forgetting can be seen to work before a real model is connected.
 */
@NullMarked
package loci.offline;

import org.jspecify.annotations.NullMarked;
