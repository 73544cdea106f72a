package loci.replay;

import java.time.Instant;
import java.time.InstantSource;

/** The time of a transcript: it goes on with each message and never back. Thread-safe. */
final class TranscriptClock implements InstantSource {

    private volatile Instant now;

    TranscriptClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    synchronized void reach(Instant time) {
        now = time.isAfter(now) ? time : now;
    }
}
