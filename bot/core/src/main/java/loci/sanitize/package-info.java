/**
 * Makes text safe for where it goes next, and nothing else. {@link loci.sanitize.Redactor} takes secrets out before
 * anything is stored; {@link loci.sanitize.PromptSanitizer} and {@link loci.sanitize.Fence} stop stored text from posing
 * as structure when a model reads it; {@link loci.sanitize.OutboundSanitizer} stops a reply from pinging, fetching or
 * disguising a link; {@link loci.sanitize.ReplySplitter} cuts a reply into messages. Everything here is a pure function of
 * strings: no I/O, no clock, no logging, nothing of Loci's other packages, and work linear in the length of the text.
 * Every change is visible to the reader and idempotent: applying it twice is the same as once.
 */
@NullMarked
package loci.sanitize;

import org.jspecify.annotations.NullMarked;
