package loci.app.cli;

import java.util.List;
import loci.app.config.LociConfig;

/** Tries every connection that a configuration names. */
@FunctionalInterface
public interface CheckRunner {

    /** Tries them one after the other and returns what was found, in the order in which it is shown. */
    List<Finding> check(LociConfig config);

    /**
     * What was found of one connection.
     *
     * @param part what was tried, in a word or two
     * @param found what there is, or what is wrong and what to do
     */
    record Finding(String part, State state, String found) {}

    /** How a connection stands. */
    enum State {
        /** It does what it should. */
        OK,
        /** It is not there, and need not be. */
        NONE,
        /** A running bot has it, which is as it should be. */
        IN_USE,
        /** It does not work. */
        FAILED
    }
}
