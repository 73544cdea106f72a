/** The engine under test: scenarios that read like chat, over the real core with a store, a platform and a model that tests hold. */
@NullMarked
package loci.engine;

import org.jspecify.annotations.NullMarked;
