/**
 * Conversations as files: what was said, by whom, and what may be asked about it afterwards. Read from Loci's own JSON, from LoCoMo
 * dialogues, IRC logs and plain text; written as Loci's own JSON, which reads back as the same. The format is documented in
 * {@code bot/app/TRANSCRIPTS.md}.
 */
@NullMarked
package loci.transcript;

import org.jspecify.annotations.NullMarked;
