/** A chat on this terminal: the reference adapter. */
@NullMarked
package loci.console;

import org.jspecify.annotations.NullMarked;
