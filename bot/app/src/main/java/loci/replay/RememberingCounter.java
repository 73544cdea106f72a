package loci.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import loci.model.TokenCounter;

/**
 * A counter that remembers the texts themselves: a replay shows each message again in hundreds of prompts, most of them too short for the
 * engine's own memory of counts, and all is thrown away at its end. Not thread-safe.
 */
final class RememberingCounter implements TokenCounter {

    private static final int MOST = 20_000;

    /** Longer ones are few, and the engine's own memory of counts is for them. */
    private static final int LONGEST = 2_000;

    private final TokenCounter counter;
    private final Map<String, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST;
        }
    };

    RememberingCounter(TokenCounter counter) {
        this.counter = counter;
    }

    @Override
    public String encoding() {
        return counter.encoding();
    }

    @Override
    public int count(String text) {
        if (text.length() > LONGEST) {
            return counter.count(text);
        }
        Integer known = counts.get(text);
        if (known != null) {
            return known;
        }
        int tokens = counter.count(text);
        counts.put(text, tokens);
        return tokens;
    }
}
