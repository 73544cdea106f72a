/** Charts, read back as the XML that they are. */
@NullMarked
package loci.plot;

import org.jspecify.annotations.NullMarked;
