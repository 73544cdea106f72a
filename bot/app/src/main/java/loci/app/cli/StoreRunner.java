package loci.app.cli;

import loci.app.config.LociConfig;
import loci.memory.ConversationStore;
import loci.sanitize.Redactor;

/** Opens what the conversations are kept in, for a command that works on it while no bot runs. */
@FunctionalInterface
public interface StoreRunner {

    /**
     * Opens it.
     *
     * @param make whether it is made where there is none; a command that only looks must not leave an empty one behind
     */
    Opened open(LociConfig config, boolean make);

    /** What became of opening. */
    sealed interface Opened {}

    /**
     * It is open.
     *
     * @param store what the conversations are kept in
     * @param redactor what every text goes through before it is stored
     */
    record Open(ConversationStore store, Redactor redactor) implements Opened, AutoCloseable {

        @Override
        public void close() {
            store.close();
        }
    }

    /** Nothing was ever kept in the data directory, and nothing was made. */
    record Absent() implements Opened {}

    /**
     * It cannot be opened here and now.
     *
     * @param sentence what is wrong and what to do, as it is shown
     */
    record Refused(String sentence) implements Opened {}
}
