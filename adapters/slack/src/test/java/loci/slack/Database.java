package loci.slack;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import loci.chat.ChatEvent;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import org.jspecify.annotations.Nullable;

/** What a test does to the bot's database: it is slow, waits or fails where it is asked something. Thread-safe. */
final class Database {

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<@Nullable Predicate<Asked>> breaks = new AtomicReference<>();
    private volatile Predicate<Asked> fails = asked -> false;
    private volatile Held held = new Held(asked -> false, new CountDownLatch(0));

    /**
     * What it is asked.
     *
     * @param what the method's name
     * @param conversation of which; null where it is of none in particular
     */
    record Asked(String what, @Nullable ConversationId conversation) {

        static Asked of(String what, Object @Nullable [] arguments) {
            Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
            ConversationId named = first instanceof ChatEvent event ? event.conversation() : null;
            return new Asked(what, first instanceof ConversationId conversation ? conversation : named);
        }
    }

    private record Held(Predicate<Asked> such, CountDownLatch until) {}

    /** From now on it fails where it is asked such. */
    void fails(Predicate<Asked> such) {
        failures.set(0);
        fails = such;
    }

    /** From now on it fails no more. */
    void works() {
        fails = asked -> false;
    }

    /** The next time it is asked such it breaks, as a bug of our own would. */
    void breaksOnce(Predicate<Asked> such) {
        breaks.set(such);
    }

    /** Waits until it has failed. */
    void awaitsFailure() {
        Bot.until("a failure of the database", () -> failures.get() > 0);
    }

    /** From now on whoever asks it such waits, until this is opened. */
    CountDownLatch holds(Predicate<Asked> such) {
        CountDownLatch opened = new CountDownLatch(1);
        waiting.set(0);
        held = new Held(such, opened);
        return opened;
    }

    /** Waits until somebody waits for it. */
    void awaitsHeld() {
        Bot.until("somebody who waits for the database", () -> waiting.get() > 0);
    }

    /** The same store with what is done to it. */
    ConversationStore around(ConversationStore within) {
        return (ConversationStore) Proxy.newProxyInstance(
                Database.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    Asked asked = Asked.of(method.getName(), arguments);
                    Held now = held;
                    if (now.such().test(asked)) {
                        waiting.incrementAndGet();
                        now.until().await();
                    }
                    if (fails.test(asked)) {
                        failures.incrementAndGet();
                        throw new IllegalStateException("the database fails");
                    }
                    Predicate<Asked> breaking = breaks.get();
                    if (breaking != null && breaking.test(asked) && breaks.compareAndSet(breaking, null)) {
                        throw new AssertionError("asked to break");
                    }
                    try {
                        return method.invoke(within, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
