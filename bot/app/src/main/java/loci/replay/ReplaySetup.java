package loci.replay;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import loci.engine.EngineSettings;
import loci.memory.ConversationStore;
import loci.model.LanguageModel;
import loci.model.ModelProfile;
import loci.model.TokenCounter;
import loci.sanitize.Redactor;

/**
 * What a replay is made with.
 *
 * @param settings the configuration of prompts and notes
 * @param model whose window, encoding and prices count
 * @param summariser writes the digests; closed with the setup
 * @param counters gives the counter of an encoding by its name
 * @param redactor takes secrets out of the transcript before it is stored
 * @param secrets makes the conversations' marks; empty for the same marks in every run, and so the same figures
 * @param stores opens a fresh store for each strategy
 */
public record ReplaySetup(
        EngineSettings settings,
        ModelProfile model,
        LanguageModel summariser,
        Function<String, TokenCounter> counters,
        Redactor redactor,
        Optional<Supplier<String>> secrets,
        StoreOpener stores)
        implements AutoCloseable {

    @Override
    public void close() {
        summariser.close();
    }

    /** Opens stores. */
    @FunctionalInterface
    public interface StoreOpener {

        /**
         * Opens a new store.
         *
         * @param directory an empty directory of its own, which is deleted afterwards
         */
        ConversationStore open(Path directory, Supplier<String> marks, InstantSource clock);
    }
}
