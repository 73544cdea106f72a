package loci.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The stored form of a text: AES-256-GCM under its cell's key, bound to its conversation, kind and number.
 *
 * <pre>
 * 1 byte    version, 1
 * 12 bytes  nonce, random
 * n bytes   the text in UTF-8, enciphered
 * 16 bytes  tag
 * </pre>
 *
 * <p>{@value #OVERHEAD} bytes more than the text, whose length it does not hide. The nonce is random although a cell is
 * normally sealed once: when an old database is restored beside today's keys, a number may be given to a second text under
 * the same key, and then a nonce must not repeat (<a href="https://doi.org/10.6028/NIST.SP.800-38D">NIST SP 800-38D</a>,
 * section 8). Half a surrogate pair, which is no text, becomes {@code ?}.
 */
final class SealedText {

    /** Bytes that sealing adds. */
    static final int OVERHEAD = 1 + 12 + 16;

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private SealedText() {}

    static byte[] seal(byte[] key, long conversation, Cell cell, String text, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = new byte[OVERHEAD + plain.length];
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, conversation, cell, nonce);
            cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM can seal any text", e);
        }
    }

    /**
     * The text.
     *
     * @throws TamperedTextException when these bytes were not sealed for this cell of this conversation under this key
     */
    static String open(byte[] key, long conversation, Cell cell, byte[] sealed) {
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            throw new TamperedTextException(conversation, cell);
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 1, nonce, 0, NONCE);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, conversation, cell, nonce);
            byte[] plain = cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new TamperedTextException(conversation, cell);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM can open what it sealed", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, long conversation, Cell cell, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(1 + 2 * Long.BYTES)
                .put(VERSION)
                .putLong(conversation)
                .putLong(cell.leaf())
                .flip());
        return cipher;
    }
}
