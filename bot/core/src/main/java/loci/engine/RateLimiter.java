package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import loci.chat.ConversationId;
import loci.command.Pace;

/**
 * Counts the questions of the last minute, exactly, per person and per channel. Kept in memory only: a restart forgives. Thread-safe and
 * bounded.
 */
final class RateLimiter implements Pace {

    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** Of whoever has not asked for longest nothing is remembered then; within a minute nobody gets so far. */
    private static final int MOST_KEYS = 10_000;

    private final Limits limits;
    private final InstantSource clock;
    private final SequencedMap<String, Deque<Instant>> asked = new LinkedHashMap<>();

    RateLimiter(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whose questions are counted. */
    private enum Whose {
        PERSON,
        CHANNEL
    }

    /** Whether nothing is limited. */
    boolean isOff() {
        return limits.personPerMinute() == 0 && limits.channelPerMinute() == 0;
    }

    @Override
    public synchronized Optional<TooMany> take(ConversationId place, String authorId) {
        String space = place.platform() + "/" + place.space();
        String person = space + "/" + authorId;
        String channel = space + "/" + place.channel();
        Instant now = clock.instant();
        Optional<TooMany> refused = check(Whose.PERSON, person, limits.personPerMinute(), now)
                .or(() -> check(Whose.CHANNEL, channel, limits.channelPerMinute(), now));
        if (refused.isEmpty()) {
            count(Whose.PERSON + person, limits.personPerMinute(), now);
            count(Whose.CHANNEL + channel, limits.channelPerMinute(), now);
        }
        return refused;
    }

    private Optional<TooMany> check(Whose whose, String key, int most, Instant now) {
        Deque<Instant> times = asked.get(whose + key);
        if (most == 0 || times == null) {
            return Optional.empty();
        }
        Instant from = now.minus(WITHIN);
        while (!times.isEmpty() && !times.getFirst().isAfter(from)) {
            times.removeFirst();
        }
        return times.size() < most
                ? Optional.empty()
                : Optional.of(new TooMany(whose == Whose.PERSON, most, Duration.between(from, times.getFirst())));
    }

    private void count(String key, int most, Instant now) {
        if (most == 0) {
            return;
        }
        Deque<Instant> times = asked.remove(key);
        if (times == null) {
            times = new ArrayDeque<>();
        }
        times.addLast(now);
        asked.putLast(key, times);
        while (asked.size() > MOST_KEYS) {
            asked.pollFirstEntry();
        }
    }
}
