/** The real program, started as a user starts it, from its distribution. */
@NullMarked
package loci.program;

import org.jspecify.annotations.NullMarked;
