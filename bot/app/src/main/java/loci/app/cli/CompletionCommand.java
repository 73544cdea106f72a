package loci.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Print a script that lets bash and zsh complete commands and options.",
            "",
            "For this shell: source <(loci completion). For every one, put that line into ~/.bashrc or ~/.zshrc."
        },
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class CompletionCommand implements Callable<Integer> {

    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the command's own in its place

    CompletionCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec root = spec.root();
        String script = AutoComplete.bash(root.name(), root.commandLine());
        streams.out().write(script.getBytes(StandardCharsets.UTF_8));
        streams.out().flush();
        return ExitCode.OK;
    }
}
