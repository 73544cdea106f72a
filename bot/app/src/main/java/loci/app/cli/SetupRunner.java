package loci.app.cli;

import java.util.List;
import loci.app.config.LociConfig;

/** Helps to set up a platform. */
@FunctionalInterface
public interface SetupRunner {

    /** What is to be done on the platform's side, as far as that can be seen from here, and whether what is configured works. */
    Guide discord(LociConfig config);

    /**
     * How to go on.
     *
     * @param lines for the operator
     * @param works whether the bot can be let in as configured
     */
    record Guide(List<String> lines, boolean works) {

        public Guide {
            lines = List.copyOf(lines);
        }
    }
}
