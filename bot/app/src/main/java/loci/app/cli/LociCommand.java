package loci.app.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loci.app.config.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's command line as a whole. Without a command it chats. */
@Command(
        name = "loci",
        mixinStandardHelpOptions = true,
        versionProvider = LociCommand.Version.class,
        sortOptions = false,
        description = "A self-hosted chat bot that remembers, channel by channel.",
        synopsisHeading = "",
        customSynopsis = {
            "Usage: loci [OPTIONS]           chat on this terminal",
            "       loci COMMAND [OPTIONS]   see below; each has its own --help"
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions (and those of chat):%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = {
            "To connect a language model, set OPENAI_API_KEY, or OPENAI_BASE_URL alone for a server",
            "that wants no key, such as Ollama (http://localhost:11434/v1) or vLLM; LOCI_MODEL_NAME",
            "names the model. Without any, a built-in stand-in answers, which is no language model.",
            "",
            "loci check tries what is configured. Completion in bash or zsh: source <(loci completion)"
        })
public final class LociCommand {

    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private LociCommand() {}

    /**
     * Runs the program and returns its exit code.
     *
     * @param args as given to {@code main}
     */
    public static int run(List<String> args, Surroundings surroundings, Streams streams, Runners runners) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), true);
        CommandLine line = new CommandLine(new LociCommand())
                .addSubcommand(new ChatCommand(surroundings, streams, runners.chat()))
                .addSubcommand(new RunCommand(surroundings, streams, runners.serving()))
                .addSubcommand(new SetupCommand(surroundings, streams, runners.setup()))
                .addSubcommand(new ConversationsCommand(surroundings, streams, runners.stores()))
                .addSubcommand(new ExportCommand(surroundings, streams, runners.stores(), runners.exporter()))
                .addSubcommand(new ImportCommand(surroundings, streams, runners.stores()))
                .addSubcommand(new ReplayCommand(surroundings, streams, runners.replays()))
                .addSubcommand(new ConfigCommand(surroundings, streams))
                .addSubcommand(new CheckCommand(surroundings, streams, runners.checks()))
                .addSubcommand(new CompletionCommand(streams))
                .setOut(out)
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                // Colours only where a person looks, and picocli itself minds NO_COLOR.
                .setColorScheme(CommandLine.Help.defaultColorScheme(streams.terminal() ? Ansi.AUTO : Ansi.OFF))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((mistake, given) -> misused(mistake, streams))
                .setExecutionExceptionHandler((bug, command, parsed) -> failed(bug, streams));
        int code = execute(line, chatByDefault(args), streams);
        out.flush(); // --help stands on standard output where it was asked for.
        return code;
    }

    /** picocli hands in what a command throws but for errors, and a program that lacks a class must end too. */
    private static int execute(CommandLine line, List<String> args, Streams streams) {
        try {
            return line.execute(args.toArray(new String[0]));
        } catch (Error bug) {
            return failed(bug, streams);
        }
    }

    /** Without a command, the options are those of chat. */
    private static List<String> chatByDefault(List<String> args) {
        boolean chat = args.isEmpty() || (args.getFirst().startsWith("-") && !OWN_OPTIONS.contains(args.getFirst()));
        return chat ? Stream.concat(Stream.of("chat"), args.stream()).toList() : args;
    }

    private static int misused(ParameterException mistake, Streams streams) {
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        String sentence = mistake instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : String.valueOf(mistake.getMessage()).lines().findFirst().orElse("the options are wrong");
        streams.say(sentence + " (" + command + " --help says what there is)");
        return ExitCode.MISUSED;
    }

    private static String unmatched(UnmatchedArgumentException mistake) {
        String given = mistake.getUnmatched().getFirst();
        String what = given.startsWith("-") ? "there is no option " : "there is no command ";
        boolean atTop = mistake.getCommandLine().getParent() == null;
        if (!given.startsWith("-") && !atTop) {
            what = "nothing was to be expected there: ";
        }
        String meant = mistake.getSuggestions().stream().limit(2).collect(Collectors.joining(" or "));
        return what + given + (meant.isEmpty() ? "" : "; did you mean " + meant + "?");
    }

    private static boolean isEnding() {
        Thread nothing = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(nothing);
            Runtime.getRuntime().removeShutdownHook(nothing);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** A bug: one sentence for whoever runs the program, the trace for whoever mends it. */
    private static int failed(Throwable bug, Streams streams) {
        if (isEnding()) {
            return ExitCode.FAILED; // A signal closes what was being worked with: that it then fails is no bug.
        }
        String message = bug.getMessage() == null ? "" : ": " + bug.getMessage();
        streams.say("something went wrong that should not have ("
                + bug.getClass().getSimpleName() + message + "); LOCI_LOG_LEVEL=debug shows where");
        if (Logs.isDebug()) {
            bug.printStackTrace(streams.err());
        }
        return ExitCode.FAILED;
    }

    /** The version the jar was built as. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = LociCommand.class.getPackage().getImplementationVersion();
            return new String[] {"loci " + (version == null ? "(development)" : version)};
        }
    }
}
