package loci.prompt;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import loci.model.TokenCounter;
import org.jspecify.annotations.Nullable;

/**
 * A token counter that counts each text once while it is in use: it remembers the counts of the {@value #MOST} texts last asked for.
 * Thread-safe.
 *
 * <p>A text is known again by 128 bits of its SHA-256 and its length. The text itself is not kept, so that nobody's words stay in memory
 * after they are forgotten.
 */
final class CountedTexts implements TokenCounter {

    static final int MOST = 20_000;

    /** Up to so many characters a count costs no more than a digest. */
    static final int SHORT = 64;

    private record Key(long high, long low, int length) {}

    private final TokenCounter counter;
    private final int most;

    private final Map<Key, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > most;
        }
    };

    CountedTexts(TokenCounter counter) {
        this(counter, MOST);
    }

    CountedTexts(TokenCounter counter, int most) {
        this.counter = counter;
        this.most = most;
    }

    @Override
    public String encoding() {
        return counter.encoding();
    }

    @Override
    public int count(String text) {
        if (text.length() <= SHORT) {
            return counter.count(text);
        }
        Key key = key(text);
        Integer known = known(key);
        if (known != null) {
            return known;
        }
        // Outside the lock: two threads may count one text at the same time, but no thread waits for another's text.
        int tokens = counter.count(text);
        synchronized (counts) {
            counts.put(key, tokens);
        }
        return tokens;
    }

    int remembered() {
        synchronized (counts) {
            return counts.size();
        }
    }

    private @Nullable Integer known(Key key) {
        synchronized (counts) {
            return counts.get(key);
        }
    }

    private static Key key(String text) {
        // Not as UTF-8, in which all lone surrogates are the same question mark.
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        bytes.asCharBuffer().put(text);
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
            return new Key(digest.getLong(), digest.getLong(), text.length());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
