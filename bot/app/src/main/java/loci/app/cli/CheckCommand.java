package loci.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import loci.app.cli.CheckRunner.Finding;
import loci.app.cli.CheckRunner.State;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig;
import loci.app.config.Problem;
import loci.app.config.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tries all that is configured, before anybody is waiting for it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Check the configuration, open the database, and ask each configured model for a word.",
            "",
            "This costs a few tokens where the model costs something. A running bot has the database to itself; that is"
                    + " said, and is no failure."
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    all is well",
            "  1    something is not; the table says what, or, where it is the configuration, standard error",
            "  2    the options were wrong"
        })
final class CheckCommand implements Callable<Integer> {

    /** Longer than any finding: what a server or a path can make of a sentence must still end somewhere. */
    private static final int LONGEST_FINDING = 600;

    private final Surroundings surroundings;
    private final Streams streams;
    private final CheckRunner runner;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    CheckCommand(Surroundings surroundings, Streams streams, CheckRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.FAILED; // Not misused: that the configuration is wrong is what was to be found out.
            }
            case Accepted(var config) -> check(config);
        };
    }

    private int check(LociConfig config) throws IOException {
        Logs.apply(config.logLevel(), true);
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("configuration", State.OK, "every value is one that it can have"));
        findings.addAll(runner.check(config));
        List<List<String>> rows = findings.stream()
                .map(found -> List.of(found.part(), word(found.state()), line(found.found())))
                .toList();
        String table = String.join("\n", Printable.table(rows)) + "\n";
        streams.out().write(table.getBytes(StandardCharsets.UTF_8));
        streams.out().flush();
        boolean failed = findings.stream().anyMatch(found -> found.state() == State.FAILED);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Not sanitised as what is sent to a platform is: an address of a model would be rewritten as a link. */
    private static String line(String found) {
        String line = Printable.name(found.replace('\n', ' '));
        return line.length() <= LONGEST_FINDING ? line : line.substring(0, LONGEST_FINDING) + "…";
    }

    private static String word(State state) {
        return switch (state) {
            case OK -> "ok";
            case NONE -> "none";
            case IN_USE -> "in use";
            case FAILED -> "FAILED";
        };
    }
}
