/** Line charts as SVG: what is to be shown in, a text out. Pure, and knows nothing of what it draws. */
@NullMarked
package loci.plot;

import org.jspecify.annotations.NullMarked;
