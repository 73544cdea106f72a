/** Tests of replays. */
@NullMarked
package loci.replay;

import org.jspecify.annotations.NullMarked;
