/** Prompts under test: views made by hand, counted by a counter that can be checked by eye. */
@NullMarked
package loci.prompt;

import org.jspecify.annotations.NullMarked;
