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
     * @param question what is answered: Discord knows a nonce by the bot alone, and processes with shards of it may make the same keys
     * @param part the message's number within the reply, from 0
     */
    static String of(String key, MessageRef question, int part) {
        return hashed(key + "/" + question.id() + "/" + part);
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
