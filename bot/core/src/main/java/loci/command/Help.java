package loci.command;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import loci.chat.CommandAnswer;

/** {@code /help}: what the bot does and every command it knows. */
final class Help implements Command {

    /** Longest part of an unknown name that is repeated to its author. */
    private static final int SHOWN_NAME = 40;

    private final String botName;
    private final Earshot earshot;
    private final Supplier<List<Command>> commands;

    Help(String botName, Earshot earshot, Supplier<List<Command>> commands) {
        this.botName = botName;
        this.earshot = earshot;
        this.commands = commands;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.bare("show", "help.help"));
    }

    @Override
    public Action action(String arguments) {
        return Action.OWN;
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String limits = switch (earshot.in(invocation.conversation())) {
            case NONE -> "";
            case SETTING -> "\n" + invocation.text("help.limitsMentions");
            case PLATFORM -> "\n" + invocation.text("help.limitsShown");
        };
        return CommandAnswer.of(intro(invocation.texts()) + limits + "\n" + usages(invocation.texts()));
    }

    private String intro(Texts texts) {
        return texts.get("help.intro", botName);
    }

    String text(Texts texts) {
        return intro(texts) + "\n" + usages(texts);
    }

    CommandAnswer unknown(Invocation invocation) {
        String name = invocation.event().name().replaceAll("[^\\p{L}\\p{N}_-]", "");
        String shown = name.substring(
                0, name.offsetByCodePoints(0, Math.min(SHOWN_NAME, name.codePointCount(0, name.length()))));
        String unknown = invocation.text("unknown", shown);
        List<String> names = commands.get().stream().map(Command::name).toList();
        return CommandAnswer.of(Spelling.closest(name, names)
                .map(meant -> unknown + " " + invocation.text("unknown.meant", meant))
                .orElseGet(() -> unknown + "\n" + usages(invocation.texts())));
    }

    private String usages(Texts texts) {
        return commands.get().stream().map(command -> command.usage(texts)).collect(Collectors.joining("\n"));
    }
}
