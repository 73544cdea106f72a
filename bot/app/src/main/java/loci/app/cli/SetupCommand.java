package loci.app.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig;
import loci.app.config.Problem;
import loci.app.config.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains how to connect a platform, and tries it. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Explain step by step how to connect a platform, try what is configured so far, and say what is left to"
                    + " do.",
            "",
            "For Discord it prints the link that invites the bot with just what it needs; for Slack, with --manifest,"
                    + " the manifest that the app is made from."
        },
        descriptionHeading = "%n",
        parameterListHeading = "%nPlatforms:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    the platform lets the bot in",
            "  1    not yet; what is printed says what is left to do",
            "  2    the options or the configuration were wrong"
        })
final class SetupCommand implements Callable<Integer> {

    /** What can be set up. */
    enum Platform {
        discord,
        slack
    }

    private final Surroundings surroundings;
    private final Streams streams;
    private final SetupRunner runner;

    @Parameters(paramLabel = "PLATFORM", description = "discord or slack")
    private Platform platform = Platform.discord;

    @Option(names = "--manifest", description = "Of slack: print the app's manifest, and nothing else.")
    private boolean manifest;

    @Option(
            names = "--http",
            paramLabel = "URL",
            description = "Of slack: the manifest for request URLs at this address (https://…) instead of a socket.")
    private @Nullable URI http;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    SetupCommand(Surroundings surroundings, Streams streams, SetupRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        boolean wantsManifest = manifest || http != null;
        if (wantsManifest && platform != Platform.slack) {
            streams.say("--manifest and --http are of slack: loci setup slack --manifest");
            return ExitCode.MISUSED;
        }
        if (http != null
                && (!"https".equals(http.getScheme()) || http.getHost() == null || http.getRawQuery() != null)) {
            streams.say("--http needs an address that begins with https://, such as https://loci.example.org");
            return ExitCode.MISUSED;
        }
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
            case Accepted(var config) -> {
                if (wantsManifest) {
                    print(runner.slackManifest(config, Optional.ofNullable(http)));
                    yield ExitCode.OK;
                }
                yield explain(config);
            }
        };
    }

    private int explain(LociConfig config) throws IOException {
        Logs.apply(config.logLevel(), true);
        SetupRunner.Guide guide = switch (platform) {
            case discord -> runner.discord(config);
            case slack -> runner.slack(config);
        };
        print(String.join("\n", guide.lines()) + "\n");
        return guide.works() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(String text) throws IOException {
        streams.out().write(text.getBytes(StandardCharsets.UTF_8));
        streams.out().flush();
    }
}
