package loci.app;

import java.security.SecureRandom;
import java.util.function.Supplier;

/**
 * Makes unguessable short words of lower-case letters and digits, beginning with a letter: marks of conversations and tokens of
 * confirmations. Thread-safe.
 *
 * <p>Six signs are about 31 bits: a mark is changed at each compaction and cannot be tried out from a chat, and every turn of a prompt pays
 * for its length.
 */
final class SecretWords implements Supplier<String> {

    private static final int LENGTH = 6;
    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyz";
    private static final String SIGNS = LETTERS + "23456789";

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        StringBuilder word = new StringBuilder(LENGTH);
        word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        while (word.length() < LENGTH) {
            word.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return word.toString();
    }
}
