/**
 * From memory to prompt: the token budget, the strategies, and the assembler that renders a
 * {@link loci.memory.MemoryView} into exactly what the model is sent. Everything here is pure: no clock, no I/O, no threads.
 */
@NullMarked
package loci.prompt;

import org.jspecify.annotations.NullMarked;
