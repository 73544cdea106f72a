package loci.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.prompt.PromptCounter;

/**
 * What a provider's prompt cache would serve of each prompt, by OpenAI's published rule: the longest beginning that equals the
 * prompt before it, from 1,024 tokens on and in steps of 128 (<a
 * href="https://developers.openai.com/api/docs/guides/prompt-caching">Prompt caching</a>). A cache is kept for five to ten minutes without use;
 * five are taken. Not thread-safe.
 */
final class PromptCache {

    static final int SHORTEST = 1_024;
    static final int STEP = 128;
    static final Duration KEPT = Duration.ofMinutes(5);

    private final PromptCounter counter;
    private List<PromptMessage> before = List.of();
    private Instant at = Instant.MIN;

    PromptCache(PromptCounter counter) {
        this.counter = counter;
    }

    /** Returns how many tokens of a prompt the cache would serve, and keeps the prompt. */
    int serve(Prompt prompt, int counted, Instant now) {
        boolean warm = !before.isEmpty() && Duration.between(at, now).compareTo(KEPT) <= 0;
        int common = warm && counted >= SHORTEST ? common(prompt) : 0;
        before = prompt.messages();
        at = now;
        return common < SHORTEST ? 0 : common / STEP * STEP;
    }

    private int common(Prompt prompt) {
        List<PromptMessage> messages = prompt.messages();
        int tokens = counter.countTools(prompt.tools());
        int index = 0;
        while (index < Math.min(messages.size(), before.size())
                && messages.get(index).equals(before.get(index))) {
            tokens += counter.count(messages.get(index++));
        }
        if (index < Math.min(messages.size(), before.size())
                && messages.get(index).role() == before.get(index).role()) {
            String text = messages.get(index).content();
            // The token at the seam may be another one in each prompt.
            tokens += Math.max(
                    0,
                    counter.count(text.substring(
                                    0, commonChars(text, before.get(index).content())))
                            - 1);
        }
        return tokens;
    }

    private static int commonChars(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int same = 0;
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same > 0 && Character.isHighSurrogate(one.charAt(same - 1)) ? same - 1 : same;
    }
}
