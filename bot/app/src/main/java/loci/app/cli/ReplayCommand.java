package loci.app.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
import loci.replay.Plot;
import loci.replay.Replay;
import loci.replay.ReplaySetup;
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
    private static final int MOST_FILES = 50;

    private final Surroundings surroundings;
    private final Streams streams;
    private final ReplayRunner runner;
    private final OutputFiles outputs;

    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "The transcript; several are replayed one after the other.")
    private List<String> files = new ArrayList<>();

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

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures there too, for programs; of one transcript.")
    private @Nullable String json;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg",
            description = "Draw the tokens of each prompt, strategy by strategy, as a picture.")
    private @Nullable String plot;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    ReplayCommand(Surroundings surroundings, Streams streams, ReplayRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
        this.outputs = new OutputFiles(surroundings, streams);
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
        Optional<String> wrong = wrongFiles();
        if (wrong.isPresent()) {
            return misused(wrong.get());
        }
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
            case Accepted(var config) -> replay(config, who.get(), form);
        };
    }

    private Optional<String> wrongFiles() {
        if (example != files.isEmpty()) {
            return Optional.of("replay needs a transcript: a FILE, or --example");
        }
        if (files.size() > MOST_FILES) {
            return Optional.of("at most " + MOST_FILES + " transcripts are replayed at once");
        }
        if (json != null && files.size() > 1) {
            return Optional.of("--json takes the figures of one transcript");
        }
        if (plot != null && !plot.toLowerCase(Locale.ROOT).endsWith(".svg")) {
            return Optional.of("--plot draws SVG, so its file must be called something.svg");
        }
        if (json != null && plot != null && outputs.same(json, plot)) {
            return Optional.of("--json and --plot would overwrite each other");
        }
        if (json != null && isTranscript(json)) {
            return Optional.of("--json would overwrite the transcript");
        }
        return plot != null && isTranscript(plot)
                ? Optional.of("--plot would overwrite the transcript")
                : Optional.empty();
    }

    private boolean isTranscript(String output) {
        return files.stream().anyMatch(file -> outputs.same(file, output));
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
        List<Transcript> transcripts = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String file : example ? List.of("") : files) {
            switch (read(config, form, file)) {
                case Reading.Unreadable(var wrong) -> problems.addAll(wrong);
                case Reading.Read(Transcript transcript, Format found, List<String> remarks) -> {
                    remarks.forEach(remark -> streams.say(files.size() > 1 ? file + ": " + remark : remark));
                    transcripts.add(transcript);
                }
            }
        }
        if (!problems.isEmpty()) {
            problems.forEach(streams::say);
            return ExitCode.MISUSED;
        }
        if (plot != null && !outputs.canBeMade("plot", plot)) {
            return ExitCode.FAILED; // Known at once: a replay may take long.
        }
        return replay(config, who, transcripts);
    }

    private Reading read(LociConfig config, Optional<Format> form, String file) {
        if (example) {
            byte[] packed = Packaged.example().getBytes(StandardCharsets.UTF_8);
            return TranscriptReader.read(packed, "the example", form, config.botName());
        }
        try {
            return TranscriptReader.read(path(file), file, form, config.botName());
        } catch (InvalidPathException impossible) {
            return new Reading.Unreadable(List.of("no file can be called that"));
        }
    }

    private Path path(String named) {
        return surroundings.workingDirectory().resolve(named);
    }

    private int replay(LociConfig config, Summaries who, List<Transcript> transcripts) throws IOException {
        try (ReplaySetup setup = runner.prepare(config, who)) {
            Strategies offered = setup.settings().strategies();
            List<Strategy> chosen = new ArrayList<>();
            for (String name : strategies.strip().equals(ALL) ? names(offered) : List.of(strategies.split(","))) {
                Optional<Strategy> strategy = offered.named(name.strip().toLowerCase(Locale.ROOT));
                if (strategy.isEmpty() && !name.isBlank()) {
                    return misused("there is no strategy " + name.strip() + "; there are "
                            + String.join(", ", names(offered)));
                }
                strategy.filter(one -> !chosen.contains(one)).ifPresent(chosen::add);
            }
            if (chosen.isEmpty()) {
                return misused("--strategies names none; there are " + String.join(", ", names(offered)));
            }
            PrintWriter out = new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), false);
            Plot drawn = new Plot();
            List<Boolean> whole = new ArrayList<>();
            for (Transcript transcript : transcripts) {
                if (transcripts.size() > 1) {
                    out.print(whole.isEmpty() ? "" : "\n");
                    print(out, "== " + Printable.name(transcript.name()) + " ==");
                }
                drawn.begins(transcript.name());
                ReplayWatcher watcher = new ReplayWatcher(transcript, out, quiet, verbose, streams, drawn);
                List<Figures> figures = Replay.run(transcript, chosen, setup, watcher);
                Comparison.of(figures, setup.model(), setup.settings().replyTokens())
                        .forEach(line -> print(out, line));
                whole.add(json == null
                        || outputs.written("figures", json, FiguresJson.of(transcript.name(), setup.model(), figures)));
            }
            out.flush();
            whole.add(plot == null || outputs.written("plot", plot, drawn.svg(setup.model())));
            return !whole.contains(false) && !out.checkError() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static List<String> names(Strategies offered) {
        return offered.all().stream().map(Strategy::name).collect(Collectors.toList());
    }

    private static void print(PrintWriter out, String line) {
        out.print(line + "\n");
    }
}
