package loci.app.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import loci.app.cli.ServeRunner.Place;
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
            "Serve the platforms that are configured, until Ctrl-C or SIGTERM: Discord, where DISCORD_TOKEN is set, and"
                    + " Slack, where SLACK_BOT_TOKEN is.",
            "",
            "loci setup discord and loci setup slack explain how to get these tokens. At the start every platform must"
                    + " let the bot in; one that later ends for good is told of, and the others go on."
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  1    it could not start, or no platform is left to serve; standard error says why",
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
            case ServeRunner.Refused(List<String> sentences) -> sentences.forEach(streams::say);
            case Serving serving -> {
                // On a signal the JVM ends with 128 and its number, after this.
                Runtime.getRuntime().addShutdownHook(new Thread(serving.stop()::stop, "stop"));
                serving.places().stream()
                        .flatMap(place -> place.where().stream())
                        .forEach(streams::say);
                awaitEnds(serving.places());
                serving.stop().stop();
            }
        }
        return ExitCode.FAILED;
    }

    /** The end of one platform is no reason to take the bot from those who are on another. */
    private void awaitEnds(List<Place> places) throws InterruptedException {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        for (Place place : places) {
            Thread.ofVirtual().name("end of " + place.name()).start(() -> await(place, ended));
        }
        Set<String> left = places.stream().map(Place::name).collect(Collectors.toCollection(LinkedHashSet::new));
        while (!left.isEmpty()) {
            Ended one = ended.take();
            left.remove(one.place().name());
            streams.say(one.why());
            if (!left.isEmpty()) {
                streams.say(String.join(" and ", left) + " is served on; start Loci again to be on "
                        + one.place().name() + " too");
            }
        }
    }

    private static void await(Place place, Queue<Ended> ended) {
        try {
            ended.add(new Ended(place, place.end().await()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private record Ended(Place place, String why) {}
}
