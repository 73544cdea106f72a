package loci.app.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import loci.app.config.LociConfig;
import loci.app.config.Surroundings;
import loci.chat.ConversationId;
import loci.console.ConsoleEvents;
import loci.memory.Role;
import loci.transcript.Reading;
import loci.transcript.Transcript;
import loci.transcript.TranscriptReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds what a transcript holds to a conversation. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Add what a transcript holds to a conversation, after what was said there already. What is there already"
                    + " is not added again, and what was forgotten there stays forgotten, so a file can be imported"
                    + " twice.",
            "",
            "No answer is owed to what is imported. Transcripts are what loci export writes, LoCoMo dialogues, IRC"
                    + " logs, and plain lines \"Name: words\" (bot/app/TRANSCRIPTS.md). The database is opened by one"
                    + " process at a time: stop the bot first."
        },
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    all that the transcript holds is there",
            "  1    something failed; standard error says what",
            "  2    the options, the configuration or the transcript were wrong, and nothing was changed"
        })
final class ImportCommand extends StoreCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "The transcript.")
    private String file = "";

    @Option(
            names = "--place",
            paramLabel = "PLACE",
            description = "Where to: platform/space/channel, and /thread where it has one (default: the terminal's"
                    + " channel that is called as the transcript is).")
    private @Nullable String place;

    ImportCommand(Surroundings surroundings, Streams streams, StoreRunner runner) {
        super(surroundings, streams, runner);
    }

    @Override
    public Integer call() throws IOException {
        return configured();
    }

    @Override
    int run(LociConfig config) throws IOException {
        return switch (read(config)) {
            case Reading.Unreadable(var problems) -> refused(problems);
            case Reading.Read(Transcript transcript, var _, List<String> remarks) -> {
                List<String> tooLong = Intake.tooLong(transcript, Printable.name(file));
                if (!tooLong.isEmpty()) {
                    yield refused(tooLong);
                }
                remarks.forEach(streams::say);
                if (transcript.entries().getFirst().role() != Role.PERSON) {
                    streams.say("what the bot said before anybody spoke is left out");
                }
                yield opened(config, true, ExitCode.FAILED, open -> take(open, transcript));
            }
        };
    }

    private int refused(List<String> problems) {
        problems.forEach(streams::say);
        return ExitCode.MISUSED;
    }

    private Reading read(LociConfig config) {
        try {
            Path path = surroundings.workingDirectory().resolve(file);
            return TranscriptReader.read(path, file, Optional.empty(), config.botName());
        } catch (InvalidPathException impossible) {
            return new Reading.Unreadable(List.of("no file can be called that"));
        }
    }

    private int take(StoreRunner.Open open, Transcript transcript) {
        Optional<ConversationId> into = place == null
                ? ConsoleEvents.name(transcript.name()).map(ConsoleEvents::conversation)
                : Place.of(place, places(open.store()));
        if (into.isEmpty()) {
            return misused(place == null ? "--place must say where to" : Place.EXPECTED, "import");
        }
        Intake intake = new Intake(open.store(), open.redactor(), into.get());
        Intake.Taken taken = intake.take(transcript, (done, all) -> {
            if (streams.terminal()) {
                streams.say("exchange " + done + " of " + all);
            }
        });
        String where = Printable.name(into.get().toString());
        streams.say(where + ": " + exchanges(taken.added()) + " added, " + taken.known() + " there already"
                + (taken.forgotten() == 0 ? "" : ", " + taken.forgotten() + " forgotten there since and left out"));
        if (taken.optedOut() > 0) {
            streams.say(exchanges(taken.optedOut()) + " left out: who said that wants nothing stored there");
        }
        if (taken.unpinned() > 0) {
            streams.say(exchanges(taken.unpinned()) + " could not be pinned: as many as can be are pinned there");
        }
        if (taken.added() > 0) {
            streams.say("its note is made when the bot next runs there");
        }
        return ExitCode.OK;
    }

    private static String exchanges(int count) {
        return count == 1 ? "1 exchange" : count + " exchanges";
    }
}
