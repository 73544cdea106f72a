package loci.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.ConfigReport;
import loci.app.config.KeyList;
import loci.app.config.Problem;
import loci.app.config.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the configuration in effect. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Check the configuration and print what is in effect, and where each value comes from.",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class ConfigCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Streams streams;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--keys",
            description = "Print every key there is, what it means and its default, and nothing else.")
    private boolean keys;

    ConfigCommand(Surroundings surroundings, Streams streams) {
        this.surroundings = surroundings;
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        if (keys) {
            return print(KeyList.text());
        }
        return switch (options.load(surroundings)) {
            case Accepted(var config) -> print(ConfigReport.of(config));
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
        };
    }

    private int print(String text) throws IOException {
        streams.out().write(text.getBytes(StandardCharsets.UTF_8));
        streams.out().flush();
        return ExitCode.OK;
    }
}
