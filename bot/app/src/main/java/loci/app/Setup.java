package loci.app;

import java.net.URI;
import java.util.Optional;
import loci.app.cli.SetupRunner;
import loci.app.config.LociConfig;

/** Each platform as its part of the program explains it. */
final class Setup implements SetupRunner {

    @Override
    public Guide discord(LociConfig config) {
        return Discord.guide(config);
    }

    @Override
    public Guide slack(LociConfig config) {
        return Slack.guide(config);
    }

    @Override
    public String slackManifest(LociConfig config, Optional<URI> address) {
        return SlackManifest.text(config.slack(), address);
    }
}
