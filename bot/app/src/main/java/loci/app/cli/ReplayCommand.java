package loci.app.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.app.cli.ReplayRunner.Summaries;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig;
import loci.app.config.Packaged;
import loci.app.config.Problem;
import loci.app.config.Surroundings;
import loci.prompt.Strategies;
import loci.prompt.Strategy;
import loci.replay.Comparison;
import loci.replay.Figures;
import loci.replay.FiguresJson;
import loci.replay.Line;
import loci.replay.Replay;
import loci.replay.ReplaySetup;
import loci.replay.ReplayText;
import loci.transcript.Format;
import loci.transcript.Reading;
import loci.transcript.Transcript;
import loci.transcript.TranscriptReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a transcript through the strategies and tells what each would have cost and shown. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Send a transcript through the strategies: what each prompt would have held and cost, and which facts are"
                    + " in it at the end.",
            "",
            "No model is asked for replies and your conversations are not touched. Transcripts are Loci's own JSON,"
                + " LoCoMo dialogues, IRC logs, and plain lines \"Name: words\" (bot/app/TRANSCRIPTS.md). The memory.*"
                + " keys of the configuration hold; --model chooses window, encoding and prices."
        },
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    the transcript went through",
            "  1    something failed; standard error says what",
            "  2    the options, the configuration or the transcript were wrong"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final String ALL = "all";
    private static final int PROGRESS_EVERY = 100;

    private final Surroundings surroundings;
    private final Streams streams;
    private final ReplayRunner runner;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The transcript.")
    private @Nullable String file;

    @Option(names = "--example", description = "Replay the packaged example of 30 messages instead of a file.")
    private boolean example;

    @Option(
            names = "--strategies",
            paramLabel = "LIST",
            description =
                    "Which, with commas between them, of hybrid, summary, window, trim, full, none (default: all).")
    private String strategies = ALL;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "loci, locomo, irc or plain (default: what the file looks like).")
    private @Nullable String format;

    @Option(
            names = "--summaries",
            paramLabel = "WHO",
            description = "Who writes the digests: offline, which is free and picks sentences, or configured, your"
                    + " model, which costs money (default: offline).")
    private String summaries = "offline";

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the comparison only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the first words of each message that leaves a prompt.")
    private boolean verbose;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too, for programs.")
    private @Nullable String json;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    ReplayCommand(Surroundings surroundings, Streams streams, ReplayRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Summaries> who = named(Summaries.values(), summaries);
        Optional<Format> form = format == null ? Optional.empty() : named(Format.values(), format);
        if (who.isEmpty()) {
            return misused("--summaries is offline or configured");
        }
        if (format != null && form.isEmpty()) {
            return misused("--format is loci, locomo, irc or plain");
        }
        if (file != null && json != null && file.equals(json)) {
            return misused("--json would overwrite the transcript");
        }
        if (example == (file != null)) {
            return misused("replay needs a transcript: a FILE, or --example");
        }
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
            case Accepted(var config) -> replay(config, who.get(), form);
        };
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
        return Stream.of(values)
                .filter(value -> value.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private int misused(String sentence) {
        streams.say(sentence + " (loci replay --help says what there is)");
        return ExitCode.MISUSED;
    }

    private int replay(LociConfig config, Summaries who, Optional<Format> form) throws IOException {
        Logs.apply(config.logLevel(), true);
        return switch (read(config, form)) {
            case Reading.Unreadable(var problems) -> {
                problems.forEach(streams::say);
                yield ExitCode.MISUSED;
            }
            case Reading.Read(Transcript transcript, Format found, List<String> remarks) -> {
                remarks.forEach(streams::say);
                yield replay(config, who, transcript);
            }
        };
    }

    private Reading read(LociConfig config, Optional<Format> form) {
        String named = file;
        if (named == null) {
            byte[] packed = Packaged.example().getBytes(StandardCharsets.UTF_8);
            return TranscriptReader.read(packed, "the example", form, config.botName());
        }
        try {
            return TranscriptReader.read(path(named), named, form, config.botName());
        } catch (InvalidPathException impossible) {
            return new Reading.Unreadable(List.of("no file can be called that"));
        }
    }

    private Path path(String named) {
        return surroundings.workingDirectory().resolve(named);
    }

    private int replay(LociConfig config, Summaries who, Transcript transcript) throws IOException {
        try (ReplaySetup setup = runner.prepare(config, who)) {
            Strategies offered = setup.settings().strategies();
            List<Strategy> chosen = new ArrayList<>();
            for (String name : strategies.strip().equals(ALL) ? names(offered) : List.of(strategies.split(","))) {
                Optional<Strategy> strategy = offered.named(name.strip().toLowerCase(Locale.ROOT));
                if (strategy.isEmpty()) {
                    return misused("there is no strategy " + name.strip() + "; there are "
                            + String.join(", ", names(offered)));
                }
                strategy.filter(one -> !chosen.contains(one)).ifPresent(chosen::add);
            }
            PrintWriter out = new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), false);
            List<Figures> figures = Replay.run(transcript, chosen, setup, watcher(transcript, out));
            Comparison.of(figures, setup.model(), setup.settings().replyTokens())
                    .forEach(line -> print(out, line));
            out.flush();
            return written(transcript, setup, figures) && !out.checkError() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static List<String> names(Strategies offered) {
        return offered.all().stream().map(Strategy::name).collect(Collectors.toList());
    }

    private boolean written(Transcript transcript, ReplaySetup setup, List<Figures> figures) {
        if (json == null) {
            return true;
        }
        try {
            var _ = Files.writeString(path(json), FiguresJson.of(transcript.name(), setup.model(), figures));
            return true;
        } catch (IOException | InvalidPathException failed) {
            streams.say("the figures could not be written to " + json + " (" + failed.getMessage() + ")");
            return false;
        }
    }

    private static void print(PrintWriter out, String line) {
        out.print(line + "\n");
    }

    private Replay.Watcher watcher(Transcript transcript, PrintWriter out) {
        ReplayText text = new ReplayText(transcript, verbose);
        return new Replay.Watcher() {
            private String strategy = "";

            @Override
            public void begins(Strategy begun, int budget) {
                strategy = begun.name();
                if (!quiet) {
                    print(out, ReplayText.heading(begun, budget));
                }
            }

            @Override
            public void line(Line line) {
                if (!quiet) {
                    text.of(line).forEach(one -> print(out, one));
                } else if (streams.terminal()
                        && line instanceof Line.Asked asked
                        && asked.number() % PROGRESS_EVERY == 0) {
                    streams.say(strategy + ": message " + asked.number() + " of "
                            + transcript.entries().size());
                }
            }
        };
    }
}
