/** What the offline model makes of a prompt. */
@NullMarked
package loci.offline;

import org.jspecify.annotations.NullMarked;
