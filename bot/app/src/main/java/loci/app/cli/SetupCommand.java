package loci.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig;
import loci.app.config.Problem;
import loci.app.config.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Explains how to connect a platform, and tries it. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Explain step by step how to connect a platform, try what is configured so far, and print the link that"
                    + " invites the bot with just what it needs."
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
        discord
    }

    private final Surroundings surroundings;
    private final Streams streams;
    private final SetupRunner runner;

    @Parameters(paramLabel = "PLATFORM", description = "discord")
    private Platform platform = Platform.discord;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    SetupCommand(Surroundings surroundings, Streams streams, SetupRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
            case Accepted(var config) -> explain(config);
        };
    }

    private int explain(LociConfig config) throws IOException {
        Logs.apply(config.logLevel(), true);
        SetupRunner.Guide guide = switch (platform) {
            case discord -> runner.discord(config);
        };
        String text = String.join("\n", guide.lines()) + "\n";
        streams.out().write(text.getBytes(StandardCharsets.UTF_8));
        streams.out().flush();
        return guide.works() ? ExitCode.OK : ExitCode.FAILED;
    }
}
