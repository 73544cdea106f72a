package loci.app.cli;

import java.util.List;
import loci.app.config.LociConfig;

/** Puts the bot together behind every platform that is configured, and starts it. */
@FunctionalInterface
public interface ServeRunner {

    /** Starts the bot; when this returns {@link Serving}, every platform listens and unfinished work was taken up. */
    Served start(LociConfig config);

    /** What became of starting. */
    sealed interface Served {}

    /**
     * It serves.
     *
     * @param where one line for each platform, for the operator
     * @param end tells when it serves no more without having been stopped
     */
    record Serving(List<String> where, End end, Stop stop) implements Served {

        public Serving {
            where = List.copyOf(where);
        }
    }

    /**
     * It cannot serve here and now, for a reason the operator can mend.
     *
     * @param sentence what is wrong and what to do, as it is shown
     */
    record Refused(String sentence) implements Served {}

    /** The end of serving that nobody here asked for. */
    @FunctionalInterface
    interface End {

        /** Waits for it, and says why in one sentence for the operator; for ever where serving is stopped. */
        String await() throws InterruptedException;
    }

    /** Ends serving. */
    @FunctionalInterface
    interface Stop {

        /** Returns when nothing is under way any more; what is not finished is taken up at the next start. A second call does nothing. */
        void stop();
    }
}
