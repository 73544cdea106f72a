package loci.discord.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a test lets go wrong with requests: each fault is for one kind of request, and wears off after so many. */
public final class Faults {
    /** What is done with one request. */
    record Fault(
            @Nullable Gate before,
            @Nullable Answer instead,
            boolean droppedBefore,
            @Nullable Gate after,
            boolean droppedAfter) {}

    private record Planned(String method, String pattern, AtomicInteger left, Fault fault) {}

    private static final String FILE = "a file";

    private final World world;
    private final List<Planned> planned = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();

    Faults(World world) {
        this.world = world;
    }

    /** What happens to the next file that is fetched. */
    public Next nextFile() {
        return new Next("GET", FILE, 1);
    }

    /** What happens to the next request of this kind; a star in the path stands for one segment. */
    public Next next(String method, String path) {
        return new Next(method, path, 1);
    }

    /** What happens to the next so many requests of this kind. */
    public Next next(int times, String method, String path) {
        return new Next(method, path, times);
    }

    /** All that was planned is off; what waits at a gate goes on. */
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
        private final String path;
        private final int times;

        private Next(String method, String path, int times) {
            this.method = method;
            this.path = path;
            this.times = times;
        }

        /** Answers with this status and does nothing. */
        public void fails(int status) {
            plan(new Fault(null, new Answer(status, null), false, null, false));
        }

        /** Answers with this status and Discord's JSON code, and does nothing. */
        public void fails(int status, int code, String message) {
            plan(new Fault(null, new ApiError(status, code, message).answer(), false, null, false));
        }

        /** Answers that this route was used too often. */
        public void isTooMany(Duration wait) {
            plan(new Fault(null, Answer.tooMany(wait, false), false, null, false));
        }

        /** Answers that the bot did too much of everything. */
        public void isTooManyGlobally(Duration wait) {
            plan(new Fault(null, Answer.tooMany(wait, true), false, null, false));
        }

        /** Cuts the connection before anything is done. */
        public void isCutBefore() {
            plan(new Fault(null, null, true, null, false));
        }

        /**
         * Does what is asked, and cuts the connection before the answer: the asker cannot know. Unless told not to, okhttp sends the
         * same again by itself, three times in all: plan three of these for JDA to see the failure.
         */
        public void isCutAfter() {
            plan(new Fault(null, null, false, null, true));
        }

        /** Holds the request up before anything is done. */
        public Gate waits() {
            return gate(true);
        }

        /** Does what is asked, and holds the answer up. */
        public Gate waitsWithTheAnswer() {
            return gate(false);
        }

        private Gate gate(boolean before) {
            Gate gate = new Gate();
            world.locked(() -> gates.add(gate));
            plan(new Fault(before ? gate : null, null, false, before ? null : gate, false));
            return gate;
        }

        private void plan(Fault fault) {
            world.locked(() -> planned.add(new Planned(method, path, new AtomicInteger(times), fault)));
        }
    }

    /** The fault planned for this request, which is thereby used up. */
    @Nullable
    Fault of(Request request) {
        return first(one -> request.is(one.method(), one.pattern()));
    }

    /** The fault planned for this fetching of a file, which is thereby used up. */
    @Nullable
    Fault ofFile() {
        return first(one -> one.pattern().equals(FILE));
    }

    private @Nullable Fault first(Predicate<Planned> which) {
        return world.locked(() -> {
            Planned found = planned.stream().filter(which).findFirst().orElse(null);
            if (found == null) {
                return null;
            }
            if (found.left().decrementAndGet() == 0) {
                planned.remove(found);
            }
            return found.fault();
        });
    }
}
