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

    /** It serves. */
    record Serving(List<Place> places, Stop stop) implements Served {

        public Serving {
            places = List.copyOf(places);
        }
    }

    /**
     * A platform that is served.
     *
     * @param name the platform's own name, such as Discord
     * @param where what the operator is told of it, line by line
     * @param end tells when it is served no more without having been stopped
     */
    record Place(String name, List<String> where, End end) {

        public Place {
            where = List.copyOf(where);
        }
    }

    /**
     * It cannot serve here and now, for reasons the operator can mend.
     *
     * @param sentences what is wrong and what to do, as they are shown
     */
    record Refused(List<String> sentences) implements Served {

        public Refused {
            sentences = List.copyOf(sentences);
        }

        public Refused(String sentence) {
            this(List.of(sentence));
        }
    }

    /** The end of serving a platform that nobody here asked for. */
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
