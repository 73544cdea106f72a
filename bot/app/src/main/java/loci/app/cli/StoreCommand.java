package loci.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig;
import loci.app.config.Problem;
import loci.app.config.Surroundings;
import loci.chat.ConversationId;
import loci.memory.ConversationStatus;
import loci.memory.ConversationStore;
import picocli.CommandLine.Mixin;

/** A command that works on what the conversations are kept in, which it has to itself for as long as it runs. */
abstract class StoreCommand implements Callable<Integer> {

    final Surroundings surroundings;
    final Streams streams;
    private final StoreRunner runner;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    StoreCommand(Surroundings surroundings, Streams streams, StoreRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
    }

    /** Does what the command is for, with the configuration in effect. */
    abstract int run(LociConfig config) throws IOException;

    /** Does the part of it that needs the store. */
    interface Work {
        int on(StoreRunner.Open open) throws IOException;
    }

    /** Loads the configuration and runs. */
    final int configured() throws IOException {
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
            case Accepted(var config) -> {
                Logs.apply(config.logLevel(), true);
                yield run(config);
            }
        };
    }

    /**
     * Opens the store, works on it and closes it.
     *
     * @param make whether it is made where there is none
     * @param whereAbsent the exit code where there is none
     */
    final int opened(LociConfig config, boolean make, int whereAbsent, Work work) throws IOException {
        return switch (runner.open(config, make)) {
            case StoreRunner.Absent() -> {
                streams.say("nothing was said yet: there is no database in " + config.data());
                yield whereAbsent;
            }
            case StoreRunner.Refused(String sentence) -> {
                streams.say(sentence);
                yield ExitCode.FAILED;
            }
            case StoreRunner.Open open -> {
                try (open) {
                    yield work.on(open);
                }
            }
        };
    }

    final int misused(String sentence, String command) {
        streams.say(sentence + " (loci " + command + " --help says what there is)");
        return ExitCode.MISUSED;
    }

    final int unknown(ConversationId place) {
        streams.say("nothing was ever said in " + Printable.name(place.toString())
                + "; loci conversations lists the places there are");
        return ExitCode.FAILED;
    }

    final int print(List<String> lines) {
        return print(String.join("\n", lines) + "\n");
    }

    final int print(String text) {
        try {
            streams.out().write(text.getBytes(StandardCharsets.UTF_8));
            streams.out().flush();
            return ExitCode.OK;
        } catch (IOException closed) {
            streams.say("standard output cannot be written to (" + closed.getMessage() + ")");
            return ExitCode.FAILED;
        }
    }

    static List<ConversationId> places(ConversationStore store) {
        return store.conversations().stream()
                .map(ConversationStatus::conversation)
                .toList();
    }
}
