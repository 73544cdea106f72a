package loci.model;

import java.util.function.Consumer;

/** A language model: prompt in, outcome out. Thread-safe; calls block, and are made on virtual threads. */
public interface LanguageModel extends AutoCloseable {

    ModelProfile profile();

    /**
     * Asks the model.
     *
     * @param onText is given each piece of content as it arrives, on the calling thread; never reasoning
     * @param cancellation stops the call from another thread; the outcome is then {@link ModelOutcome.Stopped}
     * @return what came of it; never throws for anything a server or network can do
     */
    ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation);

    /** Returns how often one {@link #ask} may send its prompt, where the server fails; each time may be billed. */
    default int mostAttempts() {
        return 1;
    }

    /** Does now what would make the first call slow. Safe to call on a background thread; failures are not reported. */
    void warmUp();

    @Override
    void close();
}
