/** Tests of transcripts. */
@NullMarked
package loci.transcript;

import org.jspecify.annotations.NullMarked;
