package loci.slack;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request is Slack's: signed over its very bytes, not more than five minutes ago or ahead, and not seen before. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Verifying requests from Slack</a>
 */
final class Signatures {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;
    /** What was taken while its time was fresh, and when; older ones are refused by their time. */
    private final Map<String, Instant> taken = new LinkedHashMap<>();

    Signatures(String secret, InstantSource clock) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /** Says yes once for each signature. */
    boolean isSlacks(String timestamp, String signature, byte[] body) {
        Instant now = clock.instant();
        if (!timestamp.matches("\\d{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(FRESH)
                        > 0) {
            return false;
        }
        byte[] expected = ("v0=" + HexFormat.of().formatHex(signed(timestamp, body))).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8)) && isFirst(signature, now);
    }

    private synchronized boolean isFirst(String signature, Instant now) {
        // A time may lie five minutes ahead, and is fresh for five more after that.
        Instant forgotten = now.minus(FRESH.multipliedBy(2));
        taken.values().removeIf(forgotten::isAfter);
        return taken.putIfAbsent(signature, now) == null;
    }

    /** It was not dealt with, and may come again. */
    synchronized void failed(String signature) {
        taken.remove(signature);
    }

    private byte[] signed(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException never) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, never);
        }
    }
}
