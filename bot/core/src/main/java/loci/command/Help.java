package loci.command;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.CommandAnswer;

/** {@code /help}: what the bot does and every command it knows. */
final class Help implements Command {

    /** Longest part of an unknown name that is repeated to its author. */
    private static final int SHOWN_NAME = 40;

    private final String botName;
    private final Supplier<List<Command>> commands;

    Help(String botName, Supplier<List<Command>> commands) {
        this.botName = botName;
        this.commands = commands;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String usage() {
        return "`/help` — this text";
    }

    @Override
    public CommandAnswer run(CommandInvoked invocation) {
        return CommandAnswer.of(text());
    }

    String text() {
        return "I am " + botName
                + ". Talk to me and I answer, remembering what was said in this channel: the latest messages word"
                + " for word, older ones in a running note.\n"
                + commands.get().stream().map(Command::usage).collect(Collectors.joining("\n"));
    }

    CommandAnswer unknown(String name) {
        String shown = name.replaceAll("[^\\p{L}\\p{N}_-]", "");
        return CommandAnswer.of("There is no command `/" + shown.substring(0, Math.min(SHOWN_NAME, shown.length()))
                + "`.\n" + commands.get().stream().map(Command::usage).collect(Collectors.joining("\n")));
    }
}
