package loci.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** An inbox that takes everything and keeps it. Thread-safe. */
final class HeardEvents implements Inbox {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final List<ChatEvent> events = new ArrayList<>();

    @Override
    public synchronized Acceptance accept(ChatEvent event) {
        events.add(event);
        return Acceptance.ACCEPTED;
    }

    synchronized List<ChatEvent> all() {
        return List.copyOf(events);
    }

    /** Waits for the first event of a kind that is so. */
    <E extends ChatEvent> E awaits(Class<E> kind, Predicate<E> such) {
        until(
                "an event " + kind.getSimpleName(),
                () -> all().stream().anyMatch(event -> kind.isInstance(event) && such.test(kind.cast(event))));
        return all().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(such)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until something is so. */
    static void until(String what, BooleanSupplier so) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
