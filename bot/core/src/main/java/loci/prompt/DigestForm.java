package loci.prompt;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import loci.sanitize.PromptSanitizer;

/** What a summariser's answer must look like to become a digest: not blank, not fenced, not longer than agreed. */
public final class DigestForm {

    private DigestForm() {}

    /**
     * Brings an answer into form, cutting it after the last line or sentence that fits.
     *
     * @param mark the conversation's mark, which must not leak into what is stored
     * @param maxTokens the most tokens of a digest
     * @return the digest's text, or empty where nothing usable is left
     */
    public static Optional<String> of(String answer, String mark, int maxTokens, PromptCounter counter) {
        String text = PromptSanitizer.text(answer, mark, maxTokens * PromptCounter.CHARS_PER_TOKEN * 2)
                .strip();
        StringBuilder kept = new StringBuilder();
        int left = maxTokens;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank() || line.startsWith("```")) {
                continue;
            }
            int tokens = counter.count(line) + 1;
            String fitting = tokens <= left ? line : wholeSentences(line, left, counter);
            if (!fitting.isBlank()) {
                kept.append(kept.isEmpty() ? "" : "\n").append(fitting.strip());
            }
            if (tokens > left) {
                break;
            }
            left -= tokens;
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept.toString());
    }

    /** A summariser that writes one long paragraph is cut where a sentence ends. */
    private static String wholeSentences(String line, int tokens, PromptCounter counter) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(line);
        int end = 0;
        for (int next = sentences.next(); next != BreakIterator.DONE; next = sentences.next()) {
            if (counter.count(line.substring(0, next)) + 1 > tokens) {
                break;
            }
            end = next;
        }
        // Not one whole sentence: half of one still tells more than nothing.
        return end > 0 ? line.substring(0, end) : longestFitting(line, tokens, counter);
    }

    private static String longestFitting(String line, int tokens, PromptCounter counter) {
        int length = Math.min(line.length(), Math.max(0, tokens) * PromptCounter.CHARS_PER_TOKEN);
        while (length > 0 && counter.count(line.substring(0, length)) + 1 > tokens) {
            length = length * 9 / 10;
        }
        return line.substring(
                0, length > 0 && Character.isHighSurrogate(line.charAt(length - 1)) ? length - 1 : length);
    }
}
