/**
 * What Loci asks of a language model and what can come back: prompts, outcomes, token counts, and what is known of each model.
 * The ports are {@link loci.model.LanguageModel} and {@link loci.model.TokenCounter}; no provider is named here.
 */
@NullMarked
package loci.model;

import org.jspecify.annotations.NullMarked;
