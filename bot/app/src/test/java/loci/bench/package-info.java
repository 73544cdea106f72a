/** Measurements: run by name, never by the build, and without opinions on what is fast enough. */
@NullMarked
package loci.bench;

import org.jspecify.annotations.NullMarked;
