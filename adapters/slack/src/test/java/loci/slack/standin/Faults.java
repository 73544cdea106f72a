package loci.slack.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a test lets go wrong with calls: each fault is for one method, and wears off after so many. Thread-safe. */
public final class Faults {
    /** The response URLs, as if they were a method. */
    public static final String RESPONSE_URL = "response_url";

    /** The fetching of files, as if it were a method. */
    public static final String FILES = "files";

    /** What is done with one call. */
    record Fault(
            @Nullable Gate before,
            @Nullable Answer instead,
            boolean cutBefore,
            @Nullable Gate after,
            boolean cutAfter) {
        static Fault instead(Answer answer) {
            return new Fault(null, answer, false, null, false);
        }
    }

    /** @param channel in which; null where it does not matter */
    private record Planned(String method, @Nullable String channel, AtomicInteger left, Fault fault) {

        boolean is(String called, String in) {
            return method.equals(called) && (channel == null || channel.equals(in));
        }
    }

    private final World world;
    private final List<Planned> planned = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();

    Faults(World world) {
        this.world = world;
    }

    /** What happens to the next call of this method. */
    public Next next(String method) {
        return new Next(method, null, 1);
    }

    /** What happens to the next call of this method that is about this channel. */
    public Next next(String method, Channel in) {
        return new Next(method, in.id(), 1);
    }

    /** What happens to the next so many calls of this method. */
    public Next next(int times, String method) {
        return new Next(method, null, times);
    }

    /** All that was planned is off; what hangs goes on. */
    public void none() {
        world.locked(() -> {
            planned.clear();
            gates.forEach(Gate::open);
            gates.clear();
        });
    }

    /** The choice of faults. */
    public final class Next {
        private final String method;
        private final @Nullable String channel;
        private final int times;

        private Next(String method, @Nullable String channel, int times) {
            this.method = method;
            this.channel = channel;
            this.times = times;
        }

        /** Answers with this HTTP status and no JSON, and does nothing. */
        public void answers(int status) {
            plan(Fault.instead(Answer.text(status, "upstream failure")));
        }

        /** Answers that it is to be had elsewhere. */
        public void redirects(String address) {
            plan(Fault.instead(new Answer(302, "text/plain", new byte[0], Map.of("Location", address))));
        }

        /** Answers with this HTTP status, as 429, and says when to come back; nothing is done. */
        public void answers(int status, Duration retryAfter) {
            plan(Fault.instead(Answer.json(
                    status,
                    new Refusal("ratelimited").body(),
                    Map.of("Retry-After", Long.toString(Math.ceilDiv(retryAfter.toMillis(), 1000))))));
        }

        /** Answers 200 with this error, and does nothing. */
        public void fails(String error) {
            plan(Fault.instead(Answer.json(new Refusal(error).body())));
        }

        /** Cuts the connection before anything is done. */
        public void isCutBefore() {
            plan(new Fault(null, null, true, null, false));
        }

        /**
         * Does what is asked, and cuts the connection before the answer: the caller cannot know. Unless told not to, okhttp sends the same
         * again by itself, three times in all: plan three of these for bolt's client to see the failure.
         */
        public void isCutAfter() {
            plan(new Fault(null, null, false, null, true));
        }

        /** Holds the call up, until the gate is opened, before anything is done. */
        public Gate hangs() {
            return gate(true);
        }

        /** Does what is asked, and holds the answer up until the gate is opened. */
        public Gate hangsWithTheAnswer() {
            return gate(false);
        }

        private Gate gate(boolean before) {
            Gate gate = new Gate();
            world.locked(() -> gates.add(gate));
            plan(new Fault(before ? gate : null, null, false, before ? null : gate, false));
            return gate;
        }

        private void plan(Fault fault) {
            world.locked(() -> planned.add(new Planned(method, channel, new AtomicInteger(times), fault)));
        }
    }

    /**
     * The fault planned for this method, which is thereby used up.
     *
     * @param channel that the call names; empty where it names none
     */
    @Nullable
    Fault of(String method, String channel) {
        return world.locked(() -> {
            Planned found = planned.stream()
                    .filter(one -> one.is(method, channel))
                    .findFirst()
                    .orElse(null);
            if (found != null && found.left().decrementAndGet() == 0) {
                planned.remove(found);
            }
            return found == null ? null : found.fault();
        });
    }
}
