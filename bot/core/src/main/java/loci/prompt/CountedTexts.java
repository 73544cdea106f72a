package loci.prompt;

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

    /** Made from the characters themselves and not from an encoding of them, in which two texts that are no Unicode may be one. */
    private static Key key(String text) {
        byte[] characters = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            characters[2 * i] = (byte) (text.charAt(i) >> Byte.SIZE);
            characters[2 * i + 1] = (byte) text.charAt(i);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(characters);
            return new Key(number(digest, 0), number(digest, Long.BYTES), text.length());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static long number(byte[] digest, int from) {
        long number = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            number = (number << Byte.SIZE) | (digest[i] & 0xff);
        }
        return number;
    }
}
