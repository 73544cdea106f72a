package loci.app.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import loci.app.cli.ChatRunner.Bot;
import loci.app.config.ConfigLoader.Accepted;
import loci.app.config.ConfigLoader.Refused;
import loci.app.config.LociConfig;
import loci.app.config.Problem;
import loci.app.config.Provider;
import loci.app.config.Surroundings;
import loci.console.ConsoleEvents;
import loci.console.ConsolePlatform;
import loci.console.ConsolePlatform.Ending;
import loci.console.ConsoleSetup;
import loci.console.TimeOrderedIds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Chats on this terminal, or with the program at the other end of the pipe. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Chat on this terminal; this is also what happens without a command.",
            "",
            "Where standard input is not a terminal, each line is a message (or a command, if it starts with /) and"
                + " each answer is written to standard output as one block, followed by an empty line. All else goes"
                + " to standard error."
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    all that was said is answered",
            "  1    something failed; standard error says what",
            "  2    the options, the configuration, or a line /as or /channel were wrong"
        })
final class ChatCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Streams streams;
    private final ChatRunner runner;

    @Option(names = "--as", paramLabel = "NAME", description = "Who speaks (default: your user name).")
    private @Nullable String speaker;

    @Option(names = "--channel", paramLabel = "NAME", description = "Where (default: lobby).")
    private String channel = "lobby";

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    ChatCommand(Surroundings surroundings, Streams streams, ChatRunner runner) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.runner = runner;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<String> who = ConsoleEvents.name(speaker == null ? userName() : speaker);
        Optional<String> where = ConsoleEvents.name(channel);
        if (who.isEmpty() || where.isEmpty()) {
            streams.say((who.isEmpty() ? "--as" : "--channel") + " needs a name of at most 200 characters on one line");
            return ExitCode.MISUSED;
        }
        return switch (options.load(surroundings)) {
            case Refused(var problems) -> {
                streams.err().print(Problem.describe(problems));
                yield ExitCode.MISUSED;
            }
            case Accepted(var config) -> chat(config, who.get(), where.get());
        };
    }

    private static String userName() {
        return ConsoleEvents.name(System.getProperty("user.name", "")).orElse("me");
    }

    private int chat(LociConfig config, String who, String where) throws InterruptedException {
        Logs.apply(config.logLevel(), streams.terminal());
        if (config.model().provider() == Provider.OFFLINE) {
            Banner.OFFLINE.forEach(streams::say);
        }
        ConsolePlatform console;
        try {
            console = console(config, who, where);
        } catch (IOException noTerminal) {
            streams.say("the terminal cannot be opened (" + noTerminal.getMessage() + ")");
            return ExitCode.FAILED;
        }
        if (streams.terminal()) {
            Logs.to(console::note);
        }
        return switch (runner.start(config, console)) {
            case ChatRunner.Refused(String sentence) -> {
                console.close();
                streams.say(sentence);
                yield ExitCode.FAILED;
            }
            case ChatRunner.Running(Bot bot) -> {
                console.offer(bot.commands());
                console.seedHistory(bot.lastSaid(ConsoleEvents.conversation(where), who));
                yield converse(console, bot);
            }
        };
    }

    private ConsolePlatform console(LociConfig config, String who, String where) throws IOException {
        InstantSource clock = InstantSource.system();
        ConsoleSetup setup =
                new ConsoleSetup(who, where, config.botName(), clock, new TimeOrderedIds(clock, new SecureRandom()));
        if (streams.terminal()) {
            Banner.WELCOME.forEach(streams::say);
            String noColour = surroundings.environment().getOrDefault("NO_COLOR", "");
            return ConsolePlatform.terminal(setup, noColour.isEmpty());
        }
        return ConsolePlatform.piped(
                setup, streams.in(), streams.out(), line -> streams.err().print(line + "\n"));
    }

    private int converse(ConsolePlatform console, Bot bot) throws InterruptedException {
        // On a signal the JVM ends with 128 and its number, after this; what is unfinished is taken up at the next
        // start.
        Thread onSignal = new Thread(() -> end(console, bot), "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            Ending ending = console.converse();
            if (ending == Ending.FINISHED && !streams.terminal()) {
                bot.finish();
            }
            return switch (ending) {
                case FINISHED, CLOSED -> ExitCode.OK;
                case OUTPUT_CLOSED, NOT_SAVED -> ExitCode.FAILED;
                case MISUSED -> ExitCode.MISUSED;
            };
        } finally {
            end(console, bot);
            forget(onSignal);
        }
    }

    private static void end(ConsolePlatform console, Bot bot) {
        console.close();
        Logs.to(null);
        bot.close();
    }

    private static void forget(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException stopping) {
            // A signal came: the hook runs, and does what was done here.
        }
    }
}
