package loci.discord;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import loci.chat.MessageRef;

/**
 * The nonces of a reply's messages. Discord posts a nonce once within minutes, and answers its repetition with the message it has; so each
 * message of a reply needs its own, and always the same. Pure.
 */
final class Nonces {

    /** The longest that Discord takes. */
    private static final int LONGEST = 25;

    private Nonces() {}

    /**
     * The first message of a reply, whatever it says: it grows, and is edited where the reply is replaced.
     *
     * @param question what is answered: Discord knows a nonce by the bot alone, and processes with shards of it may make the same keys
     */
    static String first(String key, MessageRef question) {
        return hashed(key + "/" + question.id() + "/0");
    }

    /**
     * A further message of a reply. An earlier answer under the same key may have had another message in this place, which is gone again.
     *
     * @param part the message's number within the reply, from 1
     * @param text what it says
     */
    static String further(String key, MessageRef question, int part, String text) {
        return hashed(key + "/" + question.id() + "/" + part + "/" + text);
    }

    /** For a message that is posted anew because somebody deleted it: under its old nonce Discord would not find it, nor post it. */
    static String instead(String key, String deleted) {
        return hashed(key + "/instead of " + deleted);
    }

    private static String hashed(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            String digits = new BigInteger(1, hash).toString(36);
            return digits.substring(0, Math.min(LONGEST, digits.length()));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every JDK has SHA-256", never);
        }
    }
}
