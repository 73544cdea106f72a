package loci.app.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import loci.app.config.LociConfig;

/** Helps to set up a platform. */
public interface SetupRunner {

    /** What is to be done on the platform's side, as far as that can be seen from here, and whether what is configured works. */
    Guide discord(LociConfig config);

    /** The same of Slack. */
    Guide slack(LociConfig config);

    /**
     * What to paste where Slack makes an app from a manifest.
     *
     * @param address where Slack is to send requests, or empty where Loci opens a socket
     */
    String slackManifest(LociConfig config, Optional<URI> address);

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
