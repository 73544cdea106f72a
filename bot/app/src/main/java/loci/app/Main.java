package loci.app;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Optional;
import loci.app.cli.LociCommand;
import loci.app.cli.Runners;
import loci.app.cli.Streams;
import loci.app.config.Surroundings;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /** Runs the command line; ends the process with its exit code. */
    public static void main(String[] args) {
        // Not System.in and System.out: those swallow what goes wrong, and a closed pipe must be noticed.
        Streams streams = new Streams(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                System.err,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
        Runners runners = new Runners(
                Wiring::start,
                Wiring::serve,
                new Setup(),
                Replays::prepare,
                Stores::open,
                Exports::text,
                Connections::check);
        System.exit(LociCommand.run(List.of(args), Surroundings.ofThisProcess(), streams, runners));
    }
}
