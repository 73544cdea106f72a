package loci.engine;

import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.model.LanguageModel;
import loci.model.TokenCounter;
import loci.sanitize.Redactor;

/**
 * Running notes without a chat: for conversations that are restored or replayed, the same condensing by the same marks as in the engine.
 * No budgets hold here, and nothing is noted of what digests cost.
 *
 * <p>Works on the thread that calls. Thread-safe.
 */
public final class Notes {

    private final Compactor compactor;

    /**
     * @param answering the model by whose budget the note is measured; it is never asked
     * @param summarising writes the digests; may be the same
     * @param counters gives the counter of an encoding by its name
     * @param secrets makes unguessable short words in lower-case letters and digits
     */
    public Notes(
            ConversationStore store,
            LanguageModel answering,
            LanguageModel summarising,
            Function<String, TokenCounter> counters,
            EngineSettings settings,
            Redactor redactor,
            InstantSource clock,
            Supplier<String> secrets) {
        Roster measured = new Roster(Engine.Models.of(answering, summarising), counters, clock, Operators.none(clock));
        CalibratedModel asked =
                summarising.equals(answering) ? measured.preferred() : CalibratedModel.of(summarising, counters);
        Accounts accounts = Accounts.none(clock);
        Summariser summariser = new Summariser(
                asked, settings.summaryInstructions(), redactor, clock, secrets, new CallLog(), accounts);
        // Nobody wakes it later: the caller comes back with the next message.
        this.compactor = new Compactor(
                store, settings, measured, summariser, clock, (conversation, delay) -> {}, Operators.none(clock));
    }

    /**
     * Brings a conversation's note up to date by the marks of its strategy.
     *
     * @return false where the summariser failed, or failed a short while ago; then nothing is lost, and a later call tries again
     */
    public boolean bringUpToDate(ConversationId conversation) {
        return compactor.compact(conversation);
    }
}
