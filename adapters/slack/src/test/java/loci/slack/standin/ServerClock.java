package loci.slack.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The stand-in's time: it stands still until a test moves it, but for the one millisecond that each message takes. */
public final class ServerClock extends Clock {
    private Instant now;

    ServerClock(Instant start) {
        this.now = start;
    }

    synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards: " + by);
        }
        now = now.plus(by);
    }

    synchronized Instant tick() {
        now = now.plusMillis(1);
        return now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
