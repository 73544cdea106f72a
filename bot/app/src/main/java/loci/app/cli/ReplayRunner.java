package loci.app.cli;

import loci.app.config.LociConfig;
import loci.replay.ReplaySetup;

/** Puts together what a replay is made with. */
@FunctionalInterface
public interface ReplayRunner {

    /**
     * Returns the parts.
     *
     * @param summaries who writes the digests
     */
    ReplaySetup prepare(LociConfig config, Summaries summaries);

    /** Who writes the digests of a replay. */
    enum Summaries {
        /** The built-in stand-in: free, the same each time, and it only picks sentences. */
        OFFLINE,
        /** The configured model, which costs what it costs. */
        CONFIGURED
    }
}
