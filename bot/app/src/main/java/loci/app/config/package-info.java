/**
 * How Loci is told what to do: the keys there are, where their values come from (packaged defaults, a file, the environment, the
 * command line), and what is wrong with them. Everything is read and checked before anything is started or created; all problems
 * are reported together, and the result is one immutable {@link loci.app.config.LociConfig}. Secrets take another road: only the
 * environment, never a file of keys, and never into a text that is printed.
 */
@NullMarked
package loci.app.config;

import org.jspecify.annotations.NullMarked;
