package loci.console;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Ids that sort by the time they were made: UUIDs of version 7 (RFC 9562, section 5.7).
 *
 * <p>48 bits of milliseconds, 12 bits that count within one, 62 random bits. The time never runs backwards within one source, even
 * where the clock does. Thread-safe.
 */
public final class TimeOrderedIds implements Supplier<String> {

    private static final int IDS_PER_MILLISECOND = 1 << 12;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long millisecond = -1;
    private int count;

    public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized String get() {
        long now = clock.millis();
        if (now > millisecond) {
            millisecond = now;
            count = 0;
        } else if (++count == IDS_PER_MILLISECOND) {
            millisecond++;
            count = 0;
        }
        long high = (millisecond << 16) | 0x7000L | count;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
