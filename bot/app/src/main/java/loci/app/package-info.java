/**
 * The program: {@link loci.app.Main} reads the command line, and the wiring puts core and adapters together by hand.
 */
@NullMarked
package loci.app;

import org.jspecify.annotations.NullMarked;
