package loci.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.CommandAnswer;

/**
 * The questions that commands have asked and that nobody has answered yet. Kept in memory only: after a restart, or after ten minutes,
 * the person asks again. Thread-safe and bounded.
 */
final class Confirmations {

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final int MOST_PENDING = 1_000;

    private final InstantSource clock;
    private final Supplier<String> tokens;
    private final SequencedMap<String, Pending> pending = new LinkedHashMap<>();

    Confirmations(InstantSource clock, Supplier<String> tokens) {
        this.clock = clock;
        this.tokens = tokens;
    }

    private record Pending(Invocation asked, Instant until, Supplier<CommandAnswer> action) {}

    /** Asks the invoker; {@code action} runs at most once, and only for that person in that conversation. */
    CommandAnswer ask(Invocation invocation, String question, String label, Supplier<CommandAnswer> action) {
        String token = tokens.get();
        synchronized (pending) {
            Instant now = clock.instant();
            pending.values().removeIf(p -> p.until().isBefore(now));
            while (pending.size() >= MOST_PENDING) {
                pending.pollFirstEntry();
            }
            pending.put(token, new Pending(invocation, now.plus(GOOD_FOR), action));
        }
        return new CommandAnswer(question, new CommandAnswer.Confirmation(token, label));
    }

    /** @param may whether the person may still do what was asked about, which is asked anew: standing changes within minutes */
    CommandAnswer confirm(ConfirmationGiven given, Predicate<Invocation> may) {
        Pending found;
        synchronized (pending) {
            found = pending.get(given.token());
            if (found == null || found.until().isBefore(clock.instant())) {
                pending.remove(given.token());
                return CommandAnswer.of(Texts.in(given.caller().locale()).get("confirm.gone"));
            }
            boolean sameAsker =
                    found.asked().author().id().equals(given.author().id())
                            && found.asked().conversation().equals(given.conversation());
            if (!sameAsker) {
                return CommandAnswer.of(Texts.in(given.caller().locale()).get("confirm.other"));
            }
            pending.remove(given.token());
        }
        return may.test(found.asked())
                ? found.action().get()
                : CommandAnswer.of(Texts.in(given.caller().locale()).get("denied.admins"));
    }
}
