package loci.discord.standin;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** Discord's ids: milliseconds since 2015 in the upper bits, so that they sort by time; the lower bits are seeded noise. */
final class Snowflakes {
    private static final long DISCORD_EPOCH = 1_420_070_400_000L;
    private static final int TIME_SHIFT = 22;

    private final ServerClock clock;
    private final RandomGenerator random;

    Snowflakes(ServerClock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    long next() {
        long millis = clock.tick().toEpochMilli() - DISCORD_EPOCH;
        return millis << TIME_SHIFT | random.nextInt(1 << TIME_SHIFT);
    }

    static Instant timeOf(long id) {
        return Instant.ofEpochMilli((id >>> TIME_SHIFT) + DISCORD_EPOCH);
    }
}
