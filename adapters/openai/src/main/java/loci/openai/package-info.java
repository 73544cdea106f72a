/**
 * Language models reached over the OpenAI Chat Completions protocol, at OpenAI or at any server that speaks it, and token counts by
 * jtokkit. Everything a provider can do wrong ends here as a {@link loci.model.ModelOutcome}; no key and nobody's words leave this
 * package in a log line, an exception or a {@code toString}.
 */
@NullMarked
package loci.openai;

import org.jspecify.annotations.NullMarked;
