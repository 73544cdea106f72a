/** Commands under test, with a clock that stands where a test puts it. */
@NullMarked
package loci.command;

import org.jspecify.annotations.NullMarked;
