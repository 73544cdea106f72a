package loci.app.cli;

import java.util.concurrent.Callable;
import loci.app.cli.ServeRunner.Serving;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig;
import loci.app.config.Problem;
import loci.app.config.Provider;
import loci.app.config.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves the platforms that are configured until it is stopped. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serve the platforms that are configured, until Ctrl-C or SIGTERM: Discord, where DISCORD_TOKEN is set.",
            "",
            "loci setup discord explains how to get that token and how to invite the bot."
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  1    it could not start, or Discord ended it; standard error says why",
            "  2    the options or the configuration were wrong",
            "  130, 143    it was stopped by a signal; what was unfinished is taken up at the next start"
        })
final class RunCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Streams streams;
    private final ServeRunner runner;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    RunCommand(Surroundings surroundings, Streams streams, ServeRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
    }

    @Override
    public Integer call() throws InterruptedException {
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
            case Accepted(var config) -> serve(config);
        };
    }

    private int serve(LociConfig config) throws InterruptedException {
        Logs.apply(config.logLevel(), false);
        if (config.model().provider() == Provider.OFFLINE) {
            Banner.OFFLINE.forEach(streams::say);
        }
        switch (runner.start(config)) {
            case ServeRunner.Refused(String sentence) -> streams.say(sentence);
            case Serving serving -> {
                // On a signal the JVM ends with 128 and its number, after this.
                Runtime.getRuntime().addShutdownHook(new Thread(serving.stop()::stop, "stop"));
                serving.where().forEach(streams::say);
                String why = serving.end().await();
                streams.say(why);
                serving.stop().stop();
            }
        }
        return ExitCode.FAILED;
    }
}
